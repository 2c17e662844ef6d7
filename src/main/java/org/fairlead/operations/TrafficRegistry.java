package org.fairlead.operations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.model.HostConfig;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.RouteConfig.RouteTarget;
import org.fairlead.model.Source;
import org.fairlead.route.Host;

/**
 * The counters of hosts, routes and listeners. They outlive generations: a host keeps them as long as its name and
 * addresses stand. Their number is bounded by the configuration. Thread-safe.
 */
public final class TrafficRegistry {
    /** The most local ports counted separately; a container behind a rewriting proxy could report any number. */
    private static final int MAX_PORTS = 64;

    private final Map<String, HostCounters> hosts = new ConcurrentHashMap<>();
    private final ActiveRequests active = new ActiveRequests();
    private final Object ports = new Object();
    private volatile ListenerCounters[] listeners = {};

    /** The requests under way. */
    public ActiveRequests active() {
        return active;
    }

    /** Counters of a host of a new generation. */
    public HostCounters of(Host host) {
        return hosts.computeIfAbsent(key(host), first -> new HostCounters());
    }

    private static String key(Host host) {
        return host.name() + host.config().addresses();
    }

    /** Counters of the listener on a local port. */
    public ListenerCounters listener(int port) {
        for (ListenerCounters listener : listeners) {
            if (listener.port() == port) {
                return listener;
            }
        }
        return addListener(port);
    }

    private ListenerCounters addListener(int port) {
        synchronized (ports) {
            ListenerCounters[] known = listeners;
            Optional<ListenerCounters> there =
                    Arrays.stream(known).filter(one -> one.port() == port).findFirst();
            if (there.isPresent() || known.length >= MAX_PORTS) {
                return there.orElse(known[known.length - 1]);
            }
            ListenerCounters added = new ListenerCounters(port);
            listeners = Stream.concat(Arrays.stream(known), Stream.of(added)).toArray(ListenerCounters[]::new);
            return added;
        }
    }

    /** Returns the listeners that have served a request, by port. */
    public List<ListenerCounters> listeners() {
        return List.of(listeners);
    }

    /** Returns what was counted for these hosts, those without a request included; forgets hosts that are gone. */
    public List<HostSnapshot> snapshot(List<Host> configured) {
        hosts.keySet().retainAll(configured.stream().map(TrafficRegistry::key).collect(Collectors.toSet()));
        return configured.stream().map(this::snapshot).toList();
    }

    private HostSnapshot snapshot(Host host) {
        HostCounters counters = of(host);
        HostConfig config = host.config();
        Map<String, RouteConfig> routes = routes(config);
        Map<String, RouteCounters> counted = counters.routes(routes.keySet(), System.nanoTime());
        List<RouteSnapshot> seen = new ArrayList<>();
        routes.forEach((path, route) ->
                seen.add(route(path, balancer(route), route.source(), Optional.ofNullable(counted.remove(path)))));
        counted.forEach((path, left) -> seen.add(route(path, Optional.empty(), Source.NONE, Optional.of(left))));
        return new HostSnapshot(
                host.name(),
                config.serverAliases(),
                config.addresses(),
                counters.active(),
                counters.refusals(),
                seen,
                config.source());
    }

    private static Map<String, RouteConfig> routes(HostConfig config) {
        Map<String, RouteConfig> routes = new LinkedHashMap<>();
        Stream.concat(
                        config.routes().stream(),
                        config.locations().stream().flatMap(location -> location.route().stream()))
                .filter(route -> route.target() instanceof RouteTarget.Forward)
                .forEach(route -> routes.putIfAbsent(route.match().toString(), route));
        return routes;
    }

    private static Optional<String> balancer(RouteConfig route) {
        return route.target() instanceof RouteTarget.Forward forward
                ? Optional.of(forward.balancer())
                : Optional.empty();
    }

    private static RouteSnapshot route(
            String path, Optional<String> balancer, Source source, Optional<RouteCounters> counters) {
        return new RouteSnapshot(
                path,
                balancer,
                counters.map(of -> of.of(false).snapshot()).orElse(TrafficSnapshot.NONE),
                counters.map(of -> of.of(true).snapshot()).orElse(TrafficSnapshot.NONE),
                source);
    }
}
