package org.fairlead.operations;

import java.time.Instant;
import java.util.Optional;
import org.fairlead.balancer.OrderOrigin;

/**
 * The draining of a member at one moment.
 *
 * @param member {@link org.fairlead.balancer.MemberSnapshot#id}
 * @param order what was ordered, and {@code origin} by whom, when and why
 * @param state how far it is
 * @param busy requests and tunnels at the member
 * @param sessions its sessions that were seen within the idle time
 * @param exact whether these are counted and not estimated
 * @param lastNew when one was seen for the first time; empty = none was seen, or they are estimated
 * @param perMinute how many sessions (without sessions: requests) more there are each minute; negative = it goes down
 * @param expectedEnd when nothing will be left if it goes on so; empty = not to be said
 */
public record DrainSnapshot(
        String balancer,
        String member,
        DrainOrder order,
        OrderOrigin origin,
        State state,
        int busy,
        long sessions,
        boolean exact,
        Optional<Instant> lastNew,
        double perMinute,
        Optional<Instant> expectedEnd) {
    /** How far a drain is. */
    public enum State {
        /** Something is left. */
        RUNNING,
        /** No request is at it, and no session of it was seen for the idle time. */
        DRAINED,
        /** Its time was over, with something left. */
        EXPIRED,
        /** Another order has ended it. */
        CANCELLED,
        /** The member is no longer configured; see the members that are leaving. */
        REMOVED
    }
}
