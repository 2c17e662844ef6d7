package org.fairlead.balancer;

import java.util.Optional;

/**
 * A request's affinity to a member, read once and kept over all its attempts.
 *
 * @param route the route that its session names; empty = none
 * @param sticky the name of the cookie or parameter that named the route (BALANCER_SESSION_STICKY); empty = none
 * @param hashKey the key that {@code lbmethod=hash} uses; empty string where the request has none
 */
public record Affinity(Optional<String> route, Optional<String> sticky, String hashKey) {
    /** No affinity to any member. */
    public static final Affinity NONE = new Affinity(Optional.empty(), Optional.empty(), "");

    /** Returns the affinity of a request that has given up its session's member. */
    Affinity withoutRoute() {
        return new Affinity(Optional.empty(), Optional.empty(), hashKey);
    }
}
