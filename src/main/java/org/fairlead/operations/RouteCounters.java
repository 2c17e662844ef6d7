package org.fairlead.operations;

import java.time.Duration;
import org.fairlead.counters.TrafficCounters;

/** Counters of requests of one host on one route, by scheme. Thread-safe. */
public final class RouteCounters {
    /** How long a route that a reload has removed is still shown, so that the last scrape sees its last requests. */
    static final Duration GRACE = Duration.ofMinutes(5);

    /** The counters of requests whose host is not known yet; they are never read. */
    public static final RouteCounters NOWHERE = new HostCounters().unrouted();

    private final HostCounters host;
    private final TrafficCounters plain = new TrafficCounters();
    private final TrafficCounters secure = new TrafficCounters();
    /** When a reader first missed it in the configuration, by {@link System#nanoTime()}; 0 = it is configured. */
    private volatile long missedAt;

    RouteCounters(HostCounters host) {
        this.host = host;
    }

    /** The host that the route belongs to. */
    public HostCounters host() {
        return host;
    }

    /** Counters of the scheme. @param overTls whether the client's connection uses TLS */
    public TrafficCounters of(boolean overTls) {
        return overTls ? secure : plain;
    }

    /** Says that it is configured. */
    void seen() {
        missedAt = 0;
    }

    /** Says that it is not configured any more; returns whether its grace is over. */
    boolean isOver(long now) {
        if (missedAt == 0) {
            missedAt = now == 0 ? 1 : now;
        }
        return now - missedAt > GRACE.toNanos();
    }
}
