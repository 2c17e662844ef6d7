package org.fairlead.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fairlead.balancer.AdminState;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.StickyConfig;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.DrainSnapshot;

/**
 * Orders in the form of the state file: for each value the ordered one, and the configured one at that time. Both are
 * texts, so that comparison alone shows whether a value is configured otherwise by now.
 */
final class KeptOrders {
    static final String VERSION = "1";

    private KeptOrders() {}

    /**
     * Returns all orders in force.
     *
     * @param configured the configuration of the files
     * @param live the running balancers
     */
    static Map<String, Object> of(
            ProxyConfig configured, Overrides overrides, Collection<Balancer> live, List<DrainSnapshot> drains) {
        List<Object> members = new ArrayList<>();
        for (Balancer balancer : live) {
            balancer.members()
                    .forEach(member -> member(balancer, member, drains).ifPresent(members::add));
        }
        Map<String, Object> added = new LinkedHashMap<>();
        overrides
                .added()
                .forEach((name, all) ->
                        added.put(name, all.stream().map(MemberConfig::name).toList()));
        List<Object> balancers = new ArrayList<>();
        overrides
                .balancers()
                .forEach((name, change) -> Optional.ofNullable(
                                configured.balancers().get(name))
                        .ifPresent(config -> balancers.add(balancer(config, change))));
        List<Object> health = new ArrayList<>();
        overrides.health().forEach((key, check) -> {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("balancer", key.balancer());
            json.put("member", key.member());
            json.put("health", List.of(health(configured, key.balancer(), key.member()), health(check)));
            health.add(json);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("added", added);
        json.put("balancers", balancers);
        json.put("health", health);
        json.put("members", members);
        return json;
    }

    private static Optional<Object> member(Balancer balancer, Member member, List<DrainSnapshot> drains) {
        Map<String, String> configured = values(AdminState.of(member.config()));
        Map<String, String> ordered = values(member.orders());
        if (configured.equals(ordered)) {
            return Optional.empty();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("balancer", balancer.config().name());
        json.put("member", member.id());
        json.put("author", member.snapshot().origin().author());
        json.put("reason", member.snapshot().origin().reason());
        json.put("at", member.snapshot().origin().at().toString());
        json.put("orders", changed(configured, ordered));
        drains.stream()
                .filter(drain -> drain.state() == DrainSnapshot.State.RUNNING)
                .filter(drain -> drain.balancer().equals(balancer.config().name())
                        && drain.member().equals(member.id()))
                .findFirst()
                .ifPresent(drain -> json.put("drain", drain(drain)));
        return Optional.of(json);
    }

    private static Map<String, Object> drain(DrainSnapshot drain) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("until", drain.order().until().map(Instant::toString));
        json.put("then", drain.order().then().name());
        json.put("idle", Long.toString(drain.order().idle().toSeconds()));
        return json;
    }

    private static Map<String, Object> changed(Map<String, String> configured, Map<String, String> ordered) {
        Map<String, Object> both = new LinkedHashMap<>();
        ordered.forEach((key, value) -> {
            if (!value.equals(configured.get(key))) {
                both.put(key, List.of(configured.get(key), value));
            }
        });
        return both;
    }

    /** A member's orders as texts; its flags are one value, as {@code status=} is one parameter. */
    static Map<String, String> values(AdminState orders) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("loadfactor", Integer.toString(orders.loadFactorHundredths()));
        values.put("lbset", Integer.toString(orders.lbset()));
        values.put("route", orders.route());
        values.put("redirect", orders.redirect());
        values.put(
                "status",
                orders.flags().stream()
                        .map(flag -> Character.toString(flag.letter()))
                        .sorted()
                        .collect(Collectors.joining()));
        return values;
    }

    private static Map<String, Object> balancer(BalancerConfig config, BalancerChange change) {
        Map<String, String> configured = values(config);
        Map<String, Object> orders = new LinkedHashMap<>();
        change.method().ifPresent(value -> orders.put("lbmethod", value.name()));
        change.timeout().ifPresent(value -> orders.put("timeout", Long.toString(value.toMillis())));
        change.maxAttempts().ifPresent(value -> orders.put("maxattempts", Integer.toString(value)));
        change.failover().ifPresent(value -> orders.put("failover", value.toString()));
        change.sticky().ifPresent(value -> orders.put("stickysession", value));
        orders.replaceAll((key, value) -> List.of(configured.get(key), value));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("balancer", config.name());
        json.put("orders", orders);
        return json;
    }

    /** A balancer's configured values, for the keys that can be ordered. */
    static Map<String, String> values(BalancerConfig config) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("lbmethod", config.method().name());
        values.put("timeout", Long.toString(config.timeout().toMillis()));
        values.put(
                "maxattempts",
                config.maxAttempts().isPresent()
                        ? Integer.toString(config.maxAttempts().getAsInt())
                        : "");
        values.put("failover", Boolean.toString(config.failover()));
        values.put("stickysession", config.sticky().map(KeptOrders::words).orElse("-"));
        return values;
    }

    private static String words(StickyConfig sticky) {
        return sticky.cookie() + "|" + sticky.parameter();
    }

    /** A member's configured health check. */
    static String health(ProxyConfig config, String balancer, String member) {
        return health(Optional.ofNullable(config.balancers().get(balancer)).stream()
                .flatMap(of -> of.members().stream())
                .filter(one -> one.name().equals(member))
                .findFirst()
                .flatMap(MemberConfig::health));
    }

    /** Method, interval in milliseconds, passes, fails and path; {@code off} where there is none. */
    private static String health(Optional<HealthCheckConfig> check) {
        return check.map(of -> of.method() + " " + of.interval().toMillis() + " " + of.passes() + " " + of.fails() + " "
                        + of.uri())
                .orElse("off");
    }
}
