package org.fairlead.operations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.model.HostConfig.HostAddress;
import org.fairlead.model.Source;

/**
 * The main server or a virtual host at one moment.
 *
 * @param name {@code ServerName}, or the main server's; empty = neither is set
 * @param aliases {@code ServerAlias}
 * @param addresses what stands in {@code <VirtualHost …>}; empty for the main server
 * @param active requests under way
 * @param refused requests that were refused, by the phase that did it
 * @param routes those of the configuration in its order, then those of requests that took none of them
 * @param source where it is configured
 */
public record HostSnapshot(
        String name,
        List<String> aliases,
        List<HostAddress> addresses,
        long active,
        Map<String, Long> refused,
        List<RouteSnapshot> routes,
        Source source) {
    public HostSnapshot {
        aliases = List.copyOf(aliases);
        addresses = List.copyOf(addresses);
        refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
        routes = List.copyOf(routes);
    }

    /** Returns what was counted on all its routes together. */
    public TrafficSnapshot traffic() {
        return routes.stream().map(RouteSnapshot::traffic).reduce(TrafficSnapshot.NONE, TrafficSnapshot::plus);
    }
}
