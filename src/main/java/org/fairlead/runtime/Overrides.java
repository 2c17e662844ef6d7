package org.fairlead.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.ServerSnapshot.MemberKey;

/**
 * Orders that change the configuration and not a member's state: parameters of balancers, health checks, and added
 * members. They override the configuration of the files. Immutable.
 *
 * @param balancers changed parameters by balancer
 * @param health health checks by member; an empty value ends one
 * @param added members by balancer
 */
record Overrides(
        Map<String, BalancerChange> balancers,
        Map<MemberKey, Optional<HealthCheckConfig>> health,
        Map<String, List<MemberConfig>> added) {
    /** Nothing was ordered. */
    static final Overrides NONE = new Overrides(Map.of(), Map.of(), Map.of());

    Overrides {
        balancers = Map.copyOf(balancers);
        health = Map.copyOf(health);
        added = Map.copyOf(added);
    }

    Overrides withBalancer(String name, BalancerChange change) {
        BalancerChange all = balancers.getOrDefault(name, BalancerChange.NONE).merge(change);
        return new Overrides(put(balancers, name, all), health, added);
    }

    Overrides withHealth(MemberKey member, Optional<HealthCheckConfig> check) {
        return new Overrides(balancers, put(health, member, check), added);
    }

    Overrides withAdded(String balancer, List<MemberConfig> members) {
        return new Overrides(balancers, health, put(added, balancer, List.copyOf(members)));
    }

    List<MemberConfig> addedTo(String balancer) {
        return added.getOrDefault(balancer, List.of());
    }

    private static <K, V> Map<K, V> put(Map<K, V> map, K key, V value) {
        Map<K, V> changed = new LinkedHashMap<>(map);
        changed.put(key, value);
        return changed;
    }

    /**
     * Returns the orders that survive a reload: an order is void if the files have another value than at the time of
     * the order.
     */
    Overrides after(ProxyConfig before, ProxyConfig next) {
        Map<String, BalancerChange> keptBalancers = new LinkedHashMap<>();
        balancers.forEach((name, change) -> {
            BalancerConfig was = before.balancers().get(name);
            BalancerConfig is = next.balancers().get(name);
            if (was != null && is != null) {
                keptBalancers.put(name, BalancerOverride.stillMeant(change, was, is));
            }
        });
        Map<MemberKey, Optional<HealthCheckConfig>> keptHealth = new LinkedHashMap<>();
        health.forEach((key, check) -> {
            Optional<MemberConfig> was = member(before, key);
            Optional<MemberConfig> is = member(next, key);
            boolean same = Objects.equals(was.map(MemberConfig::health), is.map(MemberConfig::health));
            boolean there = is.isPresent() || next.balancers().containsKey(key.balancer()) && isAdded(key);
            if (same && there) {
                keptHealth.put(key, check);
            }
        });
        Map<String, List<MemberConfig>> keptAdded = new LinkedHashMap<>();
        added.forEach((name, members) -> {
            BalancerConfig is = next.balancers().get(name);
            if (is != null) {
                keptAdded.put(
                        name,
                        members.stream()
                                .filter(one -> is.members().stream()
                                        .noneMatch(member -> member.name().equals(one.name())))
                                .limit(is.growth())
                                .toList());
            }
        });
        return new Overrides(keptBalancers, keptHealth, keptAdded);
    }

    private boolean isAdded(MemberKey key) {
        return addedTo(key.balancer()).stream().anyMatch(one -> one.name().equals(key.member()));
    }

    private static Optional<MemberConfig> member(ProxyConfig config, MemberKey key) {
        return Optional.ofNullable(config.balancers().get(key.balancer())).stream()
                .flatMap(balancer -> balancer.members().stream())
                .filter(member -> member.name().equals(key.member()))
                .findFirst();
    }

    /** Returns the configuration overridden by these. */
    ProxyConfig over(ProxyConfig config) {
        if (equals(NONE)) {
            return config;
        }
        Map<String, BalancerConfig> changed = new LinkedHashMap<>();
        config.balancers().forEach((name, balancer) -> changed.put(name, over(balancer)));
        return new ProxyConfig(
                config.server(),
                config.listeners(),
                config.mainHost(),
                config.virtualHosts(),
                changed,
                config.operations());
    }

    private BalancerConfig over(BalancerConfig balancer) {
        return BalancerOverride.apply(
                balancer,
                balancers.getOrDefault(balancer.name(), BalancerChange.NONE),
                addedTo(balancer.name()),
                member -> {
                    Optional<HealthCheckConfig> check = health.get(new MemberKey(balancer.name(), member.name()));
                    return check == null ? member : BalancerOverride.withHealth(member, check);
                });
    }
}
