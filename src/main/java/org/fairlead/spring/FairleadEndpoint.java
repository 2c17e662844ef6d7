package org.fairlead.spring;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.OrderException;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Actuator endpoint {@code fairlead}: the members of each balancer, and the order to drain one. Thread-safe. */
@Endpoint(id = "fairlead")
final class FairleadEndpoint {
    private final EmbeddedProxies proxies;

    FairleadEndpoint(EmbeddedProxies proxies) {
        this.proxies = proxies;
    }

    /** Proxies, their balancers and the members of these; a proxy that does not run has none. */
    @ReadOperation
    public Map<String, Map<String, List<Map<String, Object>>>> proxies() {
        Map<String, Map<String, List<Map<String, Object>>>> all = new LinkedHashMap<>();
        proxies.all().forEach(proxy -> {
            Map<String, List<Map<String, Object>>> balancers = new LinkedHashMap<>();
            proxy.fairlead().operations().ifPresent(running -> {
                for (BalancerSnapshot balancer : running.snapshot().balancers()) {
                    balancers.put(
                            balancer.name(),
                            balancer.members().stream()
                                    .map(FairleadEndpoint::member)
                                    .toList());
                }
            });
            all.put(proxy.name(), balancers);
        });
        return all;
    }

    private static Map<String, Object> member(MemberSnapshot member) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("member", member.id());
        values.put("route", member.orders().route());
        values.put("usable", member.status().isUsable());
        values.put("draining", member.orders().flags().contains(StatusFlag.DRAIN));
        values.put("selected", member.load().elected());
        values.put("busy", member.load().busy());
        return values;
    }

    /**
     * Drains a member, or takes it back.
     *
     * @param member its URL in the configuration
     * @throws InvalidEndpointRequestException if there is no such proxy, balancer or member
     */
    @WriteOperation
    public void drain(@Selector String proxy, @Selector String balancer, String member, boolean drain) {
        try {
            proxies.all().stream()
                    .filter(one -> one.name().equals(proxy))
                    .flatMap(one -> one.fairlead().operations().stream())
                    .findFirst()
                    .orElseThrow(() -> refused("proxy '" + proxy + "' (expected: one that runs)"))
                    .orders()
                    .member(
                            balancer,
                            member,
                            MemberChange.flag(StatusFlag.DRAIN, drain),
                            new OrderOrigin("actuator", "", Instant.now()));
        } catch (OrderException e) {
            throw refused(e.getMessage());
        }
    }

    private static InvalidEndpointRequestException refused(String message) {
        return new InvalidEndpointRequestException(message, message);
    }
}
