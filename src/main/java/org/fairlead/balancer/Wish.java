package org.fairlead.balancer;

import java.util.Optional;

/**
 * What a request says about whom it wants, read once and kept over all its attempts.
 *
 * @param route the route that its session names; empty = none
 * @param sticky the name of the cookie or parameter that said so (BALANCER_SESSION_STICKY); empty = none
 * @param hashKey what {@code lbmethod=hash} shall look at; empty string where the request has none
 */
public record Wish(Optional<String> route, Optional<String> sticky, String hashKey) {
    /** Wants nobody in particular. */
    public static final Wish NONE = new Wish(Optional.empty(), Optional.empty(), "");

    /** Returns the wish of a request that gave its session's member up. */
    Wish withoutRoute() {
        return new Wish(Optional.empty(), Optional.empty(), hashKey);
    }
}
