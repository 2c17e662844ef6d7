package org.fairlead.operations;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.fairlead.route.Match;

/** Requests of one host, by route. It outlives generations; a route keeps its counters as long as its path stands. */
public final class HostCounters {
    /** The route of requests without a {@code ProxyPass}: refused, redirected, served by a handler or own content. */
    public static final String NO_ROUTE = "";

    private final Map<String, RouteCounters> routes = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final LongAdder active = new LongAdder();
    private final RouteCounters unrouted = new RouteCounters(this);

    HostCounters() {
        routes.put(NO_ROUTE, unrouted);
    }

    /** Counts the arrival of a request; {@link #left} follows. */
    public void came() {
        active.increment();
    }

    /** A request is over. */
    public void left() {
        active.decrement();
    }

    /** Counts a refusal. @param phase one of a few fixed words, never a client's */
    public void refused(String phase) {
        refused.computeIfAbsent(phase, first -> new LongAdder()).increment();
    }

    /** Counters of requests that took no route. */
    public RouteCounters unrouted() {
        return unrouted;
    }

    /** Counters of a route. @param path as the configuration writes it, which bounds how many there are */
    public RouteCounters route(String path) {
        RouteCounters known = routes.get(path);
        return known != null ? known : routes.computeIfAbsent(path, first -> new RouteCounters(this));
    }

    long active() {
        return active.sum();
    }

    Map<String, Long> refusals() {
        Map<String, Long> counts = new TreeMap<>();
        refused.forEach((phase, count) -> counts.put(phase, count.sum()));
        return counts;
    }

    /** Returns the routes with counters by path, and forgets those that left the configuration long ago. */
    Map<String, RouteCounters> routes(Set<String> configured, long now) {
        routes.forEach((path, counters) -> {
            if (configured.contains(path) || path.equals(NO_ROUTE) || path.equals(Match.Forward.REWRITTEN)) {
                counters.seen();
            } else if (counters.isOver(now)) {
                routes.remove(path, counters);
            }
        });
        return new TreeMap<>(routes);
    }
}
