package org.fairlead.balancer;

import java.util.HashMap;
import java.util.Map;

/**
 * Sessions of one balancer's draining members. While no member is draining, a request pays one volatile read.
 * Generations of a balancer share it. Thread-safe.
 */
public final class DrainingSessions {
    private volatile Map<String, SessionCensus> byRoute = Map.of();

    DrainingSessions() {}

    /** Counts the sessions of a member from now on. */
    public synchronized void watch(Member member, SessionCensus census) {
        Map<String, SessionCensus> changed = new HashMap<>(byRoute);
        changed.put(member.orders().route(), census);
        changed.put(member.token(), census);
        changed.remove("");
        byRoute = Map.copyOf(changed);
    }

    /** Stops counting them. */
    public synchronized void forget(SessionCensus census) {
        Map<String, SessionCensus> changed = new HashMap<>(byRoute);
        changed.values().removeIf(one -> one == census);
        byRoute = Map.copyOf(changed);
    }

    boolean isIdle() {
        return byRoute.isEmpty();
    }

    void saw(String route, String session, long now) {
        SessionCensus census = byRoute.get(route);
        if (census != null) {
            census.saw(session, now);
        }
    }
}
