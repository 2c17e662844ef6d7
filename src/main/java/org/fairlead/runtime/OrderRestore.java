package org.fairlead.runtime;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.balancer.AdminState;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.model.ProxyConfig;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.DrainOrder;
import org.fairlead.operations.HealthChange;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.OperatorOrders;
import org.fairlead.operations.OrderException;

/**
 * Restores the orders of a state file. An order is void if the configuration has another value by now, or if its
 * balancer or member is gone; void orders are logged.
 */
final class OrderRestore {
    private static final System.Logger LOG = System.getLogger("org.fairlead.admin");

    private final ProxyRuntime runtime;
    private final ProxyConfig configured;
    private final OperatorOrders orders;

    OrderRestore(ProxyRuntime runtime, ProxyConfig configured, OperatorOrders orders) {
        this.runtime = runtime;
        this.configured = configured;
        this.orders = orders;
    }

    private interface Step {
        void run() throws OrderException;
    }

    /** @param state the output of {@link KeptOrders}; parts in another form are skipped, and logged */
    void run(Map<String, Object> state) {
        if (!KeptOrders.VERSION.equals(state.get("version"))) {
            LOG.log(System.Logger.Level.WARNING, "StateFile: version {0} is not known", state.get("version"));
            return;
        }
        map(state.get("added"))
                .forEach((balancer, urls) -> list(urls)
                        .forEach(url -> attempt(
                                balancer + " " + url,
                                () -> orders.add(balancer.toString(), url.toString(), OrderOrigin.configuration()))));
        list(state.get("balancers")).forEach(one -> attempt(one, () -> balancer(map(one))));
        list(state.get("health")).forEach(one -> attempt(one, () -> health(map(one))));
        list(state.get("members")).forEach(one -> attempt(one, () -> member(map(one))));
    }

    private static void attempt(Object what, Step step) {
        try {
            step.run();
        } catch (OrderException | IllegalArgumentException | DateTimeException e) {
            LOG.log(System.Logger.Level.WARNING, "StateFile: {0} is not restored: {1}", what, e.getMessage());
        }
    }

    private static Map<?, ?> map(Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(Object json) {
        return json instanceof List<?> list ? list : List.of();
    }

    private static String text(Map<?, ?> json, String key) {
        if (json.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(key + " (expected: a text)");
    }

    /** The ordered value; empty if there is none, or the configuration has changed it since. */
    private static Optional<String> ordered(Map<?, ?> json, String key, String configuredNow) {
        List<?> both = list(json.get(key));
        if (both.size() != 2 || !(both.get(1) instanceof String order)) {
            return Optional.empty();
        }
        if (!configuredNow.equals(both.get(0))) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "StateFile: {0} ''{1}'' is void: the configuration says ''{2}'' now",
                    key,
                    order,
                    configuredNow);
            return Optional.empty();
        }
        return Optional.of(order);
    }

    private void balancer(Map<?, ?> json) throws OrderException {
        String name = text(json, "balancer");
        BalancerConfig config = Optional.ofNullable(configured.balancers().get(name))
                .orElseThrow(() -> new IllegalArgumentException("no such balancer"));
        Map<String, String> now = KeptOrders.values(config);
        Map<?, ?> values = map(json.get("orders"));
        BalancerChange change = new BalancerChange(
                ordered(values, "lbmethod", now.get("lbmethod")).map(BalancerConfig.Method::valueOf),
                ordered(values, "timeout", now.get("timeout"))
                        .map(Long::parseLong)
                        .map(Duration::ofMillis),
                number(ordered(values, "maxattempts", now.get("maxattempts"))),
                ordered(values, "failover", now.get("failover")).map(Boolean::parseBoolean),
                ordered(values, "stickysession", now.get("stickysession")));
        if (!change.equals(BalancerChange.NONE)) {
            orders.balancer(name, change, OrderOrigin.configuration());
        }
    }

    private static OptionalInt number(Optional<String> text) {
        return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
    }

    private void health(Map<?, ?> json) throws OrderException {
        String balancer = text(json, "balancer");
        String member = text(json, "member");
        Optional<String> order = ordered(json, "health", KeptOrders.health(configured, balancer, member));
        if (order.isEmpty()) {
            return;
        }
        HealthChange change = new HealthChange(
                Optional.empty(), true, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        if (!order.get().equals("off")) {
            String[] words = order.get().split(" ", 5);
            change = new HealthChange(
                    Optional.of(HealthCheckConfig.Method.valueOf(words[0])),
                    false,
                    Optional.of(Duration.ofMillis(Long.parseLong(words[1]))),
                    OptionalInt.of(Integer.parseInt(words[2])),
                    OptionalInt.of(Integer.parseInt(words[3])),
                    Optional.of(words[4]));
        }
        orders.member(balancer, member, health(change), OrderOrigin.configuration());
    }

    private static MemberChange health(HealthChange change) {
        return new MemberChange(
                Map.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), change);
    }

    private void member(Map<?, ?> json) throws OrderException {
        String balancer = text(json, "balancer");
        String id = text(json, "member");
        Member member = runtime.balancer(balancer).stream()
                .map(Balancer::members)
                .flatMap(List::stream)
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such member"));
        Map<String, String> now = KeptOrders.values(AdminState.of(member.config()));
        Map<?, ?> values = map(json.get("orders"));
        Map<StatusFlag, Boolean> flags = new EnumMap<>(StatusFlag.class);
        ordered(values, "status", now.get("status")).ifPresent(letters -> {
            for (StatusFlag flag : StatusFlag.values()) {
                boolean on = letters.indexOf(flag.letter()) >= 0;
                if (on != member.orders().flags().contains(flag)) {
                    flags.put(flag, on);
                }
            }
        });
        MemberChange change = new MemberChange(
                flags,
                number(ordered(values, "loadfactor", now.get("loadfactor"))),
                number(ordered(values, "lbset", now.get("lbset"))),
                ordered(values, "route", now.get("route")),
                ordered(values, "redirect", now.get("redirect")),
                HealthChange.NONE);
        if (change.equals(MemberChange.NONE)) {
            return;
        }
        OrderOrigin by = new OrderOrigin(text(json, "author"), text(json, "reason"), Instant.parse(text(json, "at")));
        orders.member(balancer, id, change, by);
        if (flags.getOrDefault(StatusFlag.DRAIN, false) && json.get("drain") instanceof Map<?, ?> drain) {
            Optional<Instant> until =
                    drain.get("until") instanceof String text ? Optional.of(Instant.parse(text)) : Optional.empty();
            orders.drain(
                    balancer,
                    id,
                    new DrainOrder(
                            until,
                            DrainOrder.Then.valueOf(text(drain, "then")),
                            Duration.ofSeconds(Long.parseLong(text(drain, "idle")))),
                    by);
        }
    }
}
