package org.fairlead.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.http.Json;
import org.fairlead.http.RefusedException;
import org.fairlead.operations.Operations;
import org.fairlead.operations.ServerSnapshot;

/** The API's GET: finds the resource that a path names. Thread-safe. */
final class ApiReading {
    /** The most requests under way that are listed. */
    static final int MAX_REQUESTS = 200;

    /** Its own description (OpenAPI 3.1). */
    private static final byte[] DOCUMENT = document();

    private final Operations operations;
    private final AuditLog audit;
    private final ApiEvents events;

    ApiReading(Operations operations, AuditLog audit) {
        this.operations = operations;
        this.audit = audit;
        this.events = new ApiEvents(operations);
    }

    private static byte[] document() {
        try (InputStream in = ApiReading.class.getResourceAsStream("openapi.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("openapi.json is missing", e);
        }
    }

    /** Returns the resource that a request names. */
    HandlerResponse read(HandlerRequest request) throws Problem, RefusedException {
        ApiPath path = ApiPath.of(request.target().path());
        if (path.is("openapi")) {
            return HandlerResponse.bytes(200, "application/json", DOCUMENT);
        }
        if (path.is("requests", "*")) {
            return response(ApiRecords.request(operations.recorder(), path.at(1)));
        }
        if (path.is("events")) {
            return events.read(request);
        }
        ServerSnapshot seen = operations.snapshot();
        ApiReads reads = new ApiReads(seen);
        Optional<String> tag = Optional.empty();
        Object json;
        if (path.size() >= 2 && path.at(0).equals("balancers")) {
            BalancerSnapshot balancer = ApiTargets.balancer(seen, path.at(1));
            tag = Optional.of(MemberJson.tag(balancer));
            if (path.is("balancers", "*")) {
                json = reads.balancer(balancer);
            } else if (path.is("balancers", "*", "orders")) {
                json = MemberJson.orders(balancer);
            } else if (path.is("balancers", "*", "members")) {
                json = balancer.members().stream()
                        .map(member -> reads.member(balancer, member))
                        .toList();
            } else {
                MemberSnapshot member = ApiTargets.member(balancer, memberOf(path));
                tag = Optional.of(MemberJson.tag(member));
                json = path.size() == 4 ? reads.member(balancer, member) : MemberJson.orders(member);
            }
        } else {
            json = listing(path, reads);
        }
        Optional<String> fields = Parameters.ofQuery(request.target().query()).get("fields");
        HandlerResponse response = response(fields.isPresent() ? ApiFields.pick(json, fields.get()) : json);
        tag.ifPresent(value -> response.with("ETag", value));
        return response;
    }

    private static String memberOf(ApiPath path) throws Problem {
        if (path.is("balancers", "*", "members", "*") || path.is("balancers", "*", "members", "*", "orders")) {
            return path.at(3);
        }
        throw new Problem(404, "no such resource (GET v1/ lists them)");
    }

    private Object listing(ApiPath path, ApiReads reads) throws Problem {
        if (path.size() > 1) {
            throw new Problem(404, "no such resource (GET v1/ lists them)");
        }
        return switch (path.size() == 0 ? "" : path.at(0)) {
            case "" -> reads.index(ApiPath.RESOURCES);
            case "balancers" -> reads.balancers();
            case "members" -> reads.members();
            case "hosts" -> reads.hosts();
            case "routes" -> reads.routes();
            case "listeners" -> reads.listeners();
            case "certificates" -> reads.certificates();
            case "reload" -> reads.reload();
            case "drains" -> operations.drains().stream().map(ApiReads::drain).toList();
            case "recorder" -> ApiRecords.summary(operations.recorder().snapshot());
            case "requests" -> ApiEvents.requests(operations.requests(MAX_REQUESTS));
            case "config" -> ApiReads.config(operations.configuration());
            case "audit" -> audit.latest().stream().map(AuditLog.Entry::fields).toList();
            default -> throw new Problem(405, "this is posted").with("Allow", "POST");
        };
    }

    /** A response with a value; a list is wrapped, so that it can get further keys. */
    static HandlerResponse response(Object json) {
        Object whole = json;
        if (json instanceof List<?> items) {
            Map<String, Object> wrapped = new LinkedHashMap<>();
            wrapped.put("items", items);
            whole = wrapped;
        }
        return HandlerResponse.text(200, "application/json", Json.of(whole) + "\n", StandardCharsets.UTF_8);
    }
}
