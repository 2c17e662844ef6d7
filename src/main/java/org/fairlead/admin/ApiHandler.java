package org.fairlead.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

    private static final List<String> ORDER_KEYS = List.of("set", "reason", "force", "until", "then", "idle");
    private static final List<String> GROUP_ORDER_KEYS =
            List.of("set", "where", "reason", "force", "until", "then", "idle");

    private final Operations operations;
    private final AuditLog audit;
    private final ApiOrders orders;
    private final ApiWaits waits;
    private final ApiReading reading;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    ApiHandler(Operations operations, AuditLog audit) {
        this.operations = operations;
        this.audit = audit;
        this.orders = new ApiOrders(operations, audit);
        this.waits = new ApiWaits(operations);
        this.reading = new ApiReading(operations, audit);
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
                HandlerResponse response = reading.read(request);
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
            return () -> ApiReading.response(json);
        }
        Duration time = ApiOrder.duration("wait", wait.get());
        return () -> ApiReading.response(waits.await(json, time));
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
}
