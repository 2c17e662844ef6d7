package org.fairlead.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The order to drain a member.
 *
 * @param until the time at which it ends, even with sessions left; empty = when none is left
 * @param then the action at its end
 * @param idle the lifetime of a session without requests; more than zero
 */
public record DrainOrder(Optional<Instant> until, Then then, Duration idle) {
    /** The default drain order: no deadline, no action at the end, sessions live for 30 minutes. */
    public static final DrainOrder DEFAULT = new DrainOrder(Optional.empty(), Then.NOTHING, Duration.ofMinutes(30));

    /** What follows when a member is drained. */
    public enum Then {
        /** It stays as it is: draining. */
        NOTHING,
        /** It is disabled (D). */
        DISABLE,
        /** It is stopped (S). */
        STOP
    }
}
