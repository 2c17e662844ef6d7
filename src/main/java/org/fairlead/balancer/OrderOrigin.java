package org.fairlead.balancer;

import java.time.Instant;

/**
 * Who gave the orders that a member has now, and why.
 *
 * @param author a user's name, or {@code configuration}
 * @param reason in the author's words; empty = none was given
 * @param at when they were given
 */
public record OrderOrigin(String author, String reason, Instant at) {
    /** The author of what stands in the configuration. */
    public static final String CONFIGURATION = "configuration";

    /** Orders of the configuration that is taken over now. */
    public static OrderOrigin configuration() {
        return new OrderOrigin(CONFIGURATION, "", Instant.now());
    }
}
