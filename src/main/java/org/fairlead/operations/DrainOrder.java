package org.fairlead.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a member is to be drained.
 *
 * @param until when it ends whatever is left; empty = when nothing is left
 * @param then what follows at its end
 * @param idle how long a session lives that sends no request; more than zero
 */
public record DrainOrder(Optional<Instant> until, Then then, Duration idle) {
    /** What an order says that says nothing: no deadline, nothing follows, sessions live for 30 minutes. */
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
