package org.fairlead.operations;

import java.time.Instant;
import java.util.Optional;
import org.fairlead.balancer.OrderOrigin;

/**
 * The drain of a member at one moment.
 *
 * @param member {@link org.fairlead.balancer.MemberSnapshot#id}
 * @param order what was ordered; its {@code origin} has author, time and reason
 * @param state the state of the drain
 * @param busy requests and tunnels at the member
 * @param sessions its sessions that were seen within the idle time
 * @param exact whether the sessions are counted and not estimated
 * @param lastNew when one was seen for the first time; empty = none was seen, or they are estimated
 * @param perMinute change of the number of sessions (without sessions: requests) each minute; negative = it falls
 * @param expectedEnd extrapolated time at which none is left; empty = unknown
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
