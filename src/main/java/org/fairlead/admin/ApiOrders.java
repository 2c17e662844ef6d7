package org.fairlead.admin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.admin.ApiTargets.Target;
import org.fairlead.balancer.AdminState;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.http.Json;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.DrainOrder;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.Operations;
import org.fairlead.operations.OrderException;
import org.fairlead.operations.OrderImpact;

/**
 * Executes the API's orders, one at a time, or previews them. An order that would leave a balancer without a member for
 * new requests is refused unless it is forced. Each order writes one audit line for each member.
 */
final class ApiOrders {
    private final Operations operations;
    private final AuditLog audit;

    ApiOrders(Operations operations, AuditLog audit) {
        this.operations = operations;
        this.audit = audit;
    }

    /**
     * Changes members.
     *
     * @param targets chosen from a snapshot that is as old as the request
     * @param dryRun whether the effect is only previewed
     * @return the changes, made or previewed, for the response
     */
    Map<String, Object> members(HandlerRequest request, List<Target> targets, ApiOrder order, boolean dryRun)
            throws Problem {
        MemberChange change = ApiSet.of(order.set(), ApiSet.MEMBER_KEYS).member();
        String reason = order.reason();
        Optional<DrainOrder> drain = order.drain(Instant.now());
        check(targets, change, order.force());
        if (!dryRun) {
            OrderOrigin by = by(request, reason);
            for (Target target : targets) {
                carryOut(request, target, change, drain, order, by);
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dryrun", dryRun);
        json.put(
                "changes",
                targets.stream().map(target -> change(target, change)).toList());
        json.put("shares", shares(targets, change));
        return json;
    }

    private void carryOut(
            HandlerRequest request,
            Target target,
            MemberChange change,
            Optional<DrainOrder> drain,
            ApiOrder order,
            OrderOrigin by)
            throws Problem {
        String words = Json.of(order.set());
        try {
            operations.orders().member(target.balancer().name(), target.member().id(), change, by);
            if (drain.isPresent()) {
                operations
                        .orders()
                        .drain(target.balancer().name(), target.member().id(), drain.get(), by);
            }
            AdminState before = target.member().orders();
            audit.write(AuditLog.entry(
                            request,
                            target.object(),
                            words,
                            "done",
                            Json.of(words(before)),
                            Json.of(words(change.appliedTo(before))))
                    .because(by.reason()));
        } catch (OrderException e) {
            write(request, target.object(), words, by.reason(), e.getMessage());
            throw Problem.of(e);
        }
    }

    private static Map<String, Object> change(Target target, MemberChange change) {
        AdminState before = target.member().orders();
        AdminState after = change.appliedTo(before);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("balancer", target.balancer().name());
        json.put("member", target.member().id());
        json.put("before", words(before));
        json.put("after", words(after));
        return json;
    }

    private static Map<String, Object> words(AdminState orders) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", orders.flags().stream().map(ApiSet::word).sorted().toList());
        json.put("loadfactor", orders.loadFactorHundredths() / 100.0);
        json.put("lbset", orders.lbset());
        json.put("route", orders.route());
        json.put("redirect", orders.redirect());
        return json;
    }

    private static void check(List<Target> targets, MemberChange change, boolean force) throws Problem {
        for (Target target : targets) {
            try {
                change.appliedTo(target.member().orders());
            } catch (IllegalArgumentException e) {
                throw new Problem(400, e.getMessage());
            }
            boolean begins = change.health().interval().isPresent()
                    || change.health().uri().isPresent()
                    || change.health().passes().isPresent()
                    || change.health().fails().isPresent();
            if (begins
                    && target.member().config().health().isEmpty()
                    && change.health().method().isEmpty()) {
                throw new Problem(400, "hcmethod (expected: one, as " + target.object() + " has no health check)");
            }
        }
        for (BalancerSnapshot balancer : balancers(targets)) {
            if (!force && impact(targets, balancer, change).takesLast()) {
                throw new Problem(
                        409,
                        "no member of balancer " + balancer.name()
                                + " would be left for new requests (with \"force\": true it is done all the same)");
            }
        }
    }

    private static OrderImpact impact(List<Target> targets, BalancerSnapshot balancer, MemberChange change) {
        return new OrderImpact(balancer, member -> isTarget(targets, balancer, member), change);
    }

    private static List<BalancerSnapshot> balancers(List<Target> targets) {
        return targets.stream().map(Target::balancer).distinct().toList();
    }

    private static boolean isTarget(List<Target> targets, BalancerSnapshot balancer, MemberSnapshot member) {
        return targets.stream()
                .anyMatch(target ->
                        target.balancer() == balancer && target.member().id().equals(member.id()));
    }

    /** The share of new requests of each member by its load factor, in percent. */
    private static List<Map<String, Object>> shares(List<Target> targets, MemberChange change) {
        return balancers(targets).stream()
                .map(balancer -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("balancer", balancer.name());
                    json.put("percent", impact(targets, balancer, change).shares());
                    return json;
                })
                .toList();
    }

    /** Changes a balancer's own parameters. */
    Map<String, Object> balancer(HandlerRequest request, BalancerSnapshot target, ApiOrder order, boolean dryRun)
            throws Problem {
        BalancerChange change = ApiSet.of(order.set(), ApiSet.BALANCER_KEYS).balancer();
        String reason = order.reason();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dryrun", dryRun);
        json.put("balancer", target.name());
        json.put("before", MemberJson.orders(target));
        json.put("set", order.set());
        if (!dryRun) {
            carryOut(
                    request,
                    "balancer://" + target.name(),
                    Json.of(order.set()),
                    reason,
                    by -> operations.orders().balancer(target.name(), change, by));
        }
        return json;
    }

    /** Adds a member. */
    Map<String, Object> add(HandlerRequest request, BalancerSnapshot balancer, ApiOrder order, boolean dryRun)
            throws Problem {
        String url = order.text("url").orElseThrow(() -> new Problem(400, "url (expected: a member's URL)"));
        String reason = order.reason();
        if (!dryRun) {
            carryOut(
                    request,
                    "balancer://" + balancer.name(),
                    "add " + url,
                    reason,
                    by -> operations.orders().add(balancer.name(), url, by));
        }
        return Map.of("dryrun", dryRun, "balancer", balancer.name(), "member", url);
    }

    /** Removes a member that was added. */
    Map<String, Object> remove(HandlerRequest request, Target target, ApiOrder order, boolean dryRun) throws Problem {
        String reason = order.reason();
        if (OrderImpact.takesNew(target.member()) && !order.force()) {
            throw new Problem(409, "the member takes requests: drain it first, or send \"force\": true");
        }
        if (!dryRun) {
            carryOut(
                    request,
                    target.object(),
                    "remove",
                    reason,
                    by -> operations
                            .orders()
                            .remove(target.balancer().name(), target.member().id(), by));
        }
        return Map.of(
                "dryrun",
                dryRun,
                "balancer",
                target.balancer().name(),
                "member",
                target.member().id());
    }

    private interface Act {
        void run(OrderOrigin by) throws OrderException;
    }

    private void carryOut(HandlerRequest request, String object, String words, String reason, Act act) throws Problem {
        try {
            act.run(by(request, reason));
            write(request, object, words, reason, "done");
        } catch (OrderException e) {
            write(request, object, words, reason, e.getMessage());
            throw Problem.of(e);
        }
    }

    private static OrderOrigin by(HandlerRequest request, String reason) {
        return new OrderOrigin(request.user().orElse("api"), reason, Instant.now());
    }

    private void write(HandlerRequest request, String object, String order, String reason, String outcome) {
        audit.write(AuditLog.entry(request, object, order, outcome, "", "").because(reason));
    }
}
