package org.fairlead.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.OperatorOrders;
import org.fairlead.operations.OrderException;
import org.fairlead.operations.OrderException.Reason;
import org.fairlead.operations.OrderImpact;

/**
 * One order of a form, parsed and checked before it is shown for confirmation, and again before it is executed. Keys of
 * values are those of httpd's manager.
 *
 * @param word {@code do} of the form
 * @param kept the form's values that the confirmation sends again
 * @param changes old and new values as text; empty where the effect describes all
 */
record ConsoleRequest(
        BalancerSnapshot balancer,
        Optional<MemberSnapshot> member,
        String word,
        Map<String, String> kept,
        List<String> changes) {
    /** {@code hcmethod}; httpd's form applies the other keys of a health check only together with it. */
    private static final String HEALTH_METHOD = "w_hm";

    private static final String NO_HEALTH_CHECK = "NONE";

    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("w_lf", "loadfactor: 1 to 100, with up to two digits behind the point"),
            Map.entry("w_ls", "lbset: 0 to 99"),
            Map.entry("w_wr", "route: at most 95 characters without blanks and separators"),
            Map.entry("w_rr", "redirect: at most 95 characters without blanks and separators"),
            Map.entry(HEALTH_METHOD, "hcmethod: one of the list"),
            Map.entry("w_hi", "hcinterval: 100 milliseconds or more"),
            Map.entry("w_hp", "hcpasses: 1 or more"),
            Map.entry("w_hf", "hcfails: 1 or more"),
            Map.entry("w_hu", "hcuri: a path, at most 95 characters, or nothing"),
            Map.entry("b_lbm", "lbmethod: one of the list"),
            Map.entry("b_tmo", "timeout: 0 to 7200 seconds"),
            Map.entry("b_max", "maxattempts: 0 to 99"),
            Map.entry("b_ss", "stickysession: COOKIE, COOKIE|PARAMETER, or - for none"));

    /**
     * Parses a form.
     *
     * @throws OrderException if it is no order, or one of its values is out of its range
     */
    static ConsoleRequest of(BalancerSnapshot balancer, Optional<MemberSnapshot> member, Parameters form)
            throws OrderException {
        String word = form.get("do").orElse("");
        Map<String, String> kept = new LinkedHashMap<>();
        List<String> changes = new ArrayList<>();
        if (member.isPresent() && ConsoleOrder.of(word).isPresent()) {
            return new ConsoleRequest(balancer, member, word, kept, changes);
        }
        Map<String, String> current;
        if (member.isPresent() && word.equals("set")) {
            current = values(member.get());
        } else if (member.isEmpty() && word.equals("set")) {
            current = values(balancer);
        } else if (member.isEmpty() && word.equals("add")) {
            String url = form.get("url").map(String::strip).orElse("");
            kept.put("url", url);
            changes.add("new member " + url);
            return new ConsoleRequest(balancer, member, word, kept, changes);
        } else {
            throw new OrderException(Reason.INVALID, "'" + word + "' is no order for this");
        }
        String method =
                form.get(HEALTH_METHOD).map(String::strip).orElse(current.getOrDefault(HEALTH_METHOD, NO_HEALTH_CHECK));
        for (var value : current.entrySet()) {
            Optional<String> asked = form.get(value.getKey()).map(String::strip);
            if (asked.isPresent() && !asked.get().equals(value.getValue())) {
                check(value.getKey(), asked.get(), method);
                kept.put(value.getKey(), asked.get());
                String name = EXPECTED.get(value.getKey()).split(":")[0];
                changes.add(name + ": " + shown(value.getValue()) + " → " + shown(asked.get()));
            }
        }
        if (kept.keySet().stream().anyMatch(key -> key.startsWith("w_h"))) {
            kept.put(HEALTH_METHOD, method);
        }
        if (kept.isEmpty()) {
            throw new OrderException(Reason.INVALID, "the form changes nothing");
        }
        return new ConsoleRequest(balancer, member, word, kept, changes);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(none)" : value;
    }

    private static void check(String key, String value, String method) throws OrderException {
        boolean health = key.startsWith("w_h") && !key.equals(HEALTH_METHOD);
        if (health && method.equals(NO_HEALTH_CHECK)) {
            throw new OrderException(Reason.INVALID, "a health check needs a method (expected: hcmethod of the list)");
        }
        ManagerForm one = new ManagerForm(new Parameters(Map.of(key, value)));
        ManagerForm together = new ManagerForm(new Parameters(Map.of(HEALTH_METHOD, method)));
        boolean understood = health
                ? !new ManagerForm(new Parameters(Map.of(HEALTH_METHOD, method, key, value)))
                        .member()
                        .equals(together.member())
                : key.startsWith("w_")
                        ? !one.member().equals(MemberChange.NONE)
                        : !one.balancer().equals(BalancerChange.NONE);
        if (!understood) {
            throw new OrderException(Reason.INVALID, "'" + value + "' (expected: " + EXPECTED.get(key) + ")");
        }
    }

    /** The values of a member's form, by key. */
    static Map<String, String> values(MemberSnapshot member) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "w_lf",
                ManagerPage.factor(member.orders().loadFactorHundredths()).replaceFirst("\\.00$", ""));
        values.put("w_ls", Integer.toString(member.orders().lbset()));
        values.put("w_wr", member.orders().route());
        values.put("w_rr", member.orders().redirect());
        Optional<HealthCheckConfig> health = member.config().health();
        values.put(HEALTH_METHOD, health.map(one -> one.method().name()).orElse(NO_HEALTH_CHECK));
        values.put(
                "w_hi",
                health.map(one -> Long.toString(one.interval().toMillis())).orElse("30000"));
        values.put("w_hp", health.map(one -> Integer.toString(one.passes())).orElse("1"));
        values.put("w_hf", health.map(one -> Integer.toString(one.fails())).orElse("1"));
        values.put("w_hu", health.map(HealthCheckConfig::uri).orElse(""));
        return values;
    }

    /** The values of a balancer's form, by key. */
    static Map<String, String> values(BalancerSnapshot balancer) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("b_lbm", ManagerPage.method(balancer));
        values.put("b_tmo", Long.toString(balancer.config().timeout().toSeconds()));
        values.put("b_max", Integer.toString(balancer.maxAttempts()));
        values.put("b_ss", balancer.config().sticky().map(ManagerPage::names).orElse("-"));
        return values;
    }

    String title() {
        String on = member.map(MemberSnapshot::id).orElse(ConsoleText.balancer(balancer.name()));
        return ConsoleOrder.of(word)
                .map(order -> order.title() + " " + on)
                .orElse(word.equals("add") ? "Add a member to " + on : "Change " + on);
    }

    /** The effect of the order, as text. */
    String effect() {
        return ConsoleOrder.of(word)
                .map(ConsoleOrder::effect)
                .orElse(
                        word.equals("add")
                                ? "The member is added disabled. Enable it once it is ready."
                                : "The new values hold at once, for new requests.");
    }

    /** The order's impact on new requests; that of a change of values is none. */
    OrderImpact impact() {
        Optional<ConsoleOrder> order = ConsoleOrder.of(word);
        boolean removes = order.filter(ConsoleOrder.REMOVE::equals).isPresent();
        return new OrderImpact(
                balancer,
                one -> member.filter(chosen -> chosen.id().equals(one.id())).isPresent(),
                removes ? OrderImpact.REMOVAL : order.map(ConsoleOrder::change).orElse(MemberChange.NONE));
    }

    /** How many other members take new requests. */
    long others() {
        return balancer.members().stream()
                .filter(OrderImpact::takesNew)
                .filter(one -> !one.id().equals(member.map(MemberSnapshot::id).orElse("")))
                .count();
    }

    /** Executes the order. */
    void carryOut(OperatorOrders orders, OrderOrigin by) throws OrderException {
        ManagerForm values = new ManagerForm(new Parameters(kept));
        String name = balancer.name();
        Optional<ConsoleOrder> order = ConsoleOrder.of(word);
        if (member.isEmpty() && word.equals("add")) {
            orders.add(name, kept.get("url"), by);
        } else if (member.isEmpty()) {
            orders.balancer(name, values.balancer(), by);
        } else if (order.filter(ConsoleOrder.REMOVE::equals).isPresent()) {
            orders.remove(name, member.get().id(), by);
        } else {
            orders.member(
                    name, member.get().id(), order.map(ConsoleOrder::change).orElseGet(values::member), by);
        }
    }

    /** The order as the audit log writes it. */
    String audited() {
        return changes.isEmpty() ? word : word + " " + String.join(", ", changes);
    }

    /** The target of the order, as the audit log writes it. */
    String object() {
        return ConsoleText.balancer(balancer.name())
                + member.map(one -> " " + one.id()).orElse("");
    }
}
