package org.fairlead.balancer;

import java.util.Optional;

/**
 * What a request says about whom it wants, read once and kept over all its attempts.
 *
 * @param route the route that its session names; empty = none
 * @param sticky the name of the cookie or parameter that said so (BALANCER_SESSION_STICKY); empty = none
 * @param hashKey what {@code lbmethod=hash} shall look at; empty string where the request has none
 */
public record Affinity(Optional<String> route, Optional<String> sticky, String hashKey) {
    /** Wants nobody in particular. */
    public static final Affinity NONE = new Affinity(Optional.empty(), Optional.empty(), "");

    /** Returns the wish of a request that gave its session's member up. */
    Affinity withoutRoute() {
        return new Affinity(Optional.empty(), Optional.empty(), hashKey);
    }
}
