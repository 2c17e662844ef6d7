package org.fairlead.admin;

import java.time.Instant;
import java.util.Map;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.http.JsonReader;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.Operations;
import org.fairlead.operations.OrderException;
import org.fairlead.operations.OrderImpact;

/** Orders that come over JMX: checked, carried out and audited like those of the API. Thread-safe. */
final class BeanOrders {
    private static final String AUTHOR = "jmx";

    private final Operations operations;
    private final AuditLog audit;
    private final Runnable forget;

    /** @param forget drops the snapshot that the beans share */
    BeanOrders(Operations operations, AuditLog audit, Runnable forget) {
        this.operations = operations;
        this.audit = audit;
        this.forget = forget;
    }

    /** Drops the beans' snapshot: an order is checked against what is now, and seen at once. */
    void forget() {
        forget.run();
    }

    /** What an order does. */
    private interface Act {
        void run(OrderOrigin by) throws OrderException;
    }

    private void carryOut(String object, String words, String reason, Act act) {
        String why = reason == null ? "" : reason;
        try {
            act.run(new OrderOrigin(AUTHOR, why, Instant.now()));
            forget();
            write(object, words, why, "done");
        } catch (OrderException e) {
            write(object, words, why, e.getMessage());
            throw new IllegalStateException(e.getMessage());
        }
    }

    private void write(String object, String words, String reason, String outcome) {
        audit.write(new AuditLog.Entry(Instant.now(), AUTHOR, "", "", object, words, reason, outcome, "", ""));
    }

    private static Map<String, Object> set(String json) {
        try {
            return JsonReader.object(json == null ? "" : json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("set (expected: an object of JSON, such as {\"draining\":true})");
        }
    }

    /** @throws IllegalStateException if no member is left for new requests, unless it is forced */
    void member(BalancerSnapshot balancer, MemberSnapshot member, String json, String reason, boolean force) {
        Map<String, Object> set = set(json);
        MemberChange change;
        try {
            change = ApiSet.of(set, ApiSet.MEMBER_KEYS).member();
            change.appliedTo(member.orders());
        } catch (Problem e) {
            throw new IllegalArgumentException(e.getMessage());
        }
        String object = new ApiTargets.Target(balancer, member).object();
        if (!force && new OrderImpact(balancer, one -> one.id().equals(member.id()), change).takesLast()) {
            String refusal = "no member would be left for new requests (order with force does it all the same)";
            write(object, json, reason, "refused: " + refusal);
            throw new IllegalStateException(refusal);
        }
        carryOut(object, json, reason, by -> operations.orders().member(balancer.name(), member.id(), change, by));
    }

    void balancer(BalancerSnapshot balancer, String json, String reason) {
        try {
            var change = ApiSet.of(set(json), ApiSet.BALANCER_KEYS).balancer();
            carryOut(object(balancer), json, reason, by -> operations.orders().balancer(balancer.name(), change, by));
        } catch (Problem e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    void add(BalancerSnapshot balancer, String url, String reason) {
        carryOut(
                object(balancer),
                "add " + url,
                reason,
                by -> operations.orders().add(balancer.name(), url, by));
    }

    void remove(BalancerSnapshot balancer, MemberSnapshot member, String reason) {
        if (OrderImpact.takesNew(member)) {
            throw new IllegalStateException("the member takes requests: drain or disable it first");
        }
        carryOut(
                new ApiTargets.Target(balancer, member).object(),
                "remove",
                reason,
                by -> operations.orders().remove(balancer.name(), member.id(), by));
    }

    private static String object(BalancerSnapshot balancer) {
        return "balancer://" + balancer.name();
    }
}
