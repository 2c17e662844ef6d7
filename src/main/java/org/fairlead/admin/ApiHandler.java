package org.fairlead.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.fairlead.admin.ApiTargets.Target;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.engine.LocalHandler;
import org.fairlead.http.Json;
import org.fairlead.http.RefusedException;
import org.fairlead.operations.Operations;
import org.fairlead.operations.ServerSnapshot;

/**
 * {@code SetHandler fairlead-api}: the running proxy as JSON, and orders. Reads are GET; changes are POST with a JSON
 * body, from the same site or without a browser. Errors are problem documents (RFC 9457).
 */
final class ApiHandler implements LocalHandler {
    /** API requests processed at once: reads must not take the processors from the proxy. */
    private static final int MAX_AT_ONCE = 4;

    private static final long MAX_WAIT_SECONDS = 2;

    /** Its own description (OpenAPI 3.1). */
    private static final byte[] DOCUMENT = document();

    private static final List<String> ORDER_KEYS = List.of("set", "reason", "force", "until", "then", "idle");
    private static final List<String> GROUP_ORDER_KEYS =
            List.of("set", "where", "reason", "force", "until", "then", "idle");

    private final Operations operations;
    private final AuditLog audit;
    private final ApiOrders orders;
    private final ApiWaits waits;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    ApiHandler(Operations operations, AuditLog audit) {
        this.operations = operations;
        this.audit = audit;
        this.orders = new ApiOrders(operations, audit);
        this.waits = new ApiWaits(operations);
    }

    private static byte[] document() {
        try (InputStream in = ApiHandler.class.getResourceAsStream("openapi.json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("openapi.json is missing", e);
        }
    }

    @Override
    public HandlerResponse handle(HandlerRequest request) throws IOException {
        HandlerResponse response;
        try {
            response = admitted(request).get();
        } catch (Problem e) {
            response = e.response();
        }
        return response.with("Cache-Control", "no-store")
                .with("X-Content-Type-Options", "nosniff")
                .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Referrer-Policy", "no-referrer");
    }

    /** What is left to be done when a request has given its place back: to wait. */
    private interface Rest {
        HandlerResponse get() throws Problem;
    }

    private Rest admitted(HandlerRequest request) throws IOException, Problem {
        try {
            if (!places.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(503, "more than " + MAX_AT_ONCE + " requests for the API at once")
                        .with("Retry-After", "1");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "the server stops");
        }
        try {
            return checked(request);
        } finally {
            places.release();
        }
    }

    private Rest checked(HandlerRequest request) throws IOException, Problem {
        String method = request.exchange().request().method();
        try {
            Guard.checkHost(request);
            if (!request.isGuarded()) {
                throw new RefusedException(403, "the API needs a Require in force");
            }
            if (method.equals("GET") || method.equals("HEAD")) {
                HandlerResponse response = read(request);
                return () -> response;
            }
            if (method.equals("POST")) {
                Guard.checkOrigin(request, false);
                return write(request);
            }
        } catch (RefusedException e) {
            throw refused(request, method, e);
        }
        throw new Problem(405, "method " + method + " (expected: GET, HEAD or POST)").with("Allow", "GET, HEAD, POST");
    }

    private Problem refused(HandlerRequest request, String method, RefusedException e) {
        if (method.equals("POST")) {
            audit.write(AuditLog.entry(request, request.target().path(), method, "refused: " + e.getMessage(), "", ""));
        }
        return new Problem(e.status(), e.getMessage());
    }

    private HandlerResponse read(HandlerRequest request) throws Problem, RefusedException {
        ApiPath path = ApiPath.of(request.target().path());
        if (path.is("openapi")) {
            return HandlerResponse.bytes(200, "application/json", DOCUMENT);
        }
        if (path.is("requests", "*")) {
            return response(ApiRecords.request(operations.recorder(), path.at(1)));
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
            case "config" -> ApiReads.config(operations.configuration());
            case "recorder" -> ApiRecords.summary(operations.recorder().snapshot());
            case "requests" -> throw new Problem(404, "an id behind requests/ (GET v1/recorder lists them)");
            case "audit" -> audit.latest().stream().map(AuditLog.Entry::fields).toList();
            default -> throw new Problem(405, "this is posted").with("Allow", "POST");
        };
    }

    /** Orders come one after the other, so that what {@code If-Match} names is what is changed. */
    private synchronized Rest write(HandlerRequest request) throws IOException, Problem, RefusedException {
        ApiPath path = ApiPath.of(request.target().path());
        boolean dryRun =
                Parameters.ofQuery(request.target().query()).get("dryrun").isPresent();
        ServerSnapshot seen = operations.snapshot();
        Map<String, Object> json;
        if (path.is("explain")) {
            HandlerResponse response = ApiExplain.of(request.exchange(), operations);
            return () -> response;
        } else if (path.is("orders")) {
            ApiOrder order = ApiOrder.read(request.exchange(), GROUP_ORDER_KEYS);
            if (!order.hasWhere()) {
                throw new Problem(400, "where (expected: an object that says which members)");
            }
            json = orders.members(request, chosen(seen.balancers(), order), order, dryRun);
        } else if (path.is("balancers", "*", "orders")) {
            BalancerSnapshot balancer = ApiTargets.balancer(seen, path.at(1));
            ApiOrder order = ApiOrder.read(request.exchange(), GROUP_ORDER_KEYS);
            match(request, MemberJson.tag(balancer));
            json = ApiSet.isForBalancer(order.set())
                    ? orders.balancer(request, balancer, order, dryRun)
                    : orders.members(request, chosen(List.of(balancer), order), order, dryRun);
        } else if (path.is("balancers", "*", "members")) {
            BalancerSnapshot balancer = ApiTargets.balancer(seen, path.at(1));
            ApiOrder order = ApiOrder.read(request.exchange(), List.of("url", "reason"));
            match(request, MemberJson.tag(balancer));
            json = orders.add(request, balancer, order, dryRun);
        } else {
            json = toMember(request, seen, path, dryRun);
        }
        return rest(request, json, dryRun);
    }

    private Rest rest(HandlerRequest request, Map<String, Object> json, boolean dryRun)
            throws Problem, RefusedException {
        Optional<String> wait = Parameters.ofQuery(request.target().query()).get("wait");
        if (wait.isEmpty() || dryRun) {
            return () -> response(json);
        }
        Duration time = ApiOrder.duration("wait", wait.get());
        return () -> response(waits.await(json, time));
    }

    private Map<String, Object> toMember(HandlerRequest request, ServerSnapshot seen, ApiPath path, boolean dryRun)
            throws IOException, Problem {
        boolean removes = path.is("balancers", "*", "members", "*", "remove");
        if (!removes && !path.is("balancers", "*", "members", "*", "orders")) {
            throw new Problem(405, "nothing is posted here").with("Allow", "GET, HEAD");
        }
        BalancerSnapshot balancer = ApiTargets.balancer(seen, path.at(1));
        Target target = new Target(balancer, ApiTargets.member(balancer, path.at(3)));
        ApiOrder order = ApiOrder.read(request.exchange(), removes ? List.of("reason", "force") : ORDER_KEYS);
        match(request, MemberJson.tag(target.member()));
        return removes
                ? orders.remove(request, target, order, dryRun)
                : orders.members(request, List.of(target), order, dryRun);
    }

    private static List<Target> chosen(List<BalancerSnapshot> balancers, ApiOrder order) throws Problem {
        List<Target> chosen = new ArrayList<>();
        for (BalancerSnapshot balancer : balancers) {
            for (MemberSnapshot member : balancer.members()) {
                if (order.isFor(member)) {
                    chosen.add(new Target(balancer, member));
                }
            }
        }
        if (chosen.isEmpty()) {
            throw new Problem(404, "no member fits where");
        }
        return chosen;
    }

    /** Refuses an order that was made from an older state than this (RFC 9110 13.1.1). */
    private static void match(HandlerRequest request, String tag) throws Problem {
        List<String> wanted = request.exchange().request().headers().all("If-Match");
        boolean fits = wanted.stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag));
        if (!wanted.isEmpty() && !fits) {
            throw new Problem(412, "the orders have changed since: read them again").with("ETag", tag);
        }
    }

    private static HandlerResponse response(Object json) {
        Object whole = json;
        if (json instanceof List<?> items) {
            Map<String, Object> wrapped = new LinkedHashMap<>();
            wrapped.put("items", items);
            whole = wrapped;
        }
        return HandlerResponse.text(200, "application/json", Json.of(whole) + "\n", StandardCharsets.UTF_8);
    }
}
