package org.fairlead.balancer;

import java.time.Instant;

/**
 * The origin of a member's administrative state: its author, reason and time.
 *
 * @param author a user's name, or {@code configuration}
 * @param reason in the author's words; empty = none was given
 * @param at when the state was set
 */
public record OrderOrigin(String author, String reason, Instant at) {
    /** The author of state that comes from the configuration. */
    public static final String CONFIGURATION = "configuration";

    /** The origin of state from the configuration that takes effect now. */
    public static OrderOrigin configuration() {
        return new OrderOrigin(CONFIGURATION, "", Instant.now());
    }
}
