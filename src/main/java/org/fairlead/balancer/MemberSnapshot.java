package org.fairlead.balancer;

import java.time.Duration;
import java.util.Optional;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.model.MemberConfig;

/**
 * A member's state at one moment, for manager, console, API and metrics. Administrative state (what the operator wants)
 * and status (what follows from that and from what was observed) are separate.
 *
 * @param id name and, where {@code resolve=} made it, address; unique within its balancer
 * @param config its configuration in the file
 * @param orders its administrative state now
 * @param origin the author of that state
 * @param status what follows from the administrative state and from what was observed
 * @param change since when it has this status, and why
 * @param recovery when it failed and when it comes back
 * @param load its counters
 * @param traffic requests that were sent to it: responses, failures, time to the response's head
 * @param probes its health checks
 */
public record MemberSnapshot(
        String id,
        MemberConfig config,
        AdminState orders,
        OrderOrigin origin,
        MemberStatus status,
        StateChange change,
        Recovery recovery,
        LoadSnapshot load,
        TrafficSnapshot traffic,
        ProbeSnapshot probes) {

    /**
     * The recovery of a member in error.
     *
     * @param inErrorFor how long ago it failed; empty = it is not in error
     * @param dueIn when time alone will bring it back; empty = it need not or cannot
     * @param changes how often its status has changed
     */
    public record Recovery(Optional<Duration> inErrorFor, Optional<Duration> dueIn, long changes) {}

    static MemberSnapshot of(Member member, long now) {
        MemberState state = member.state();
        MemberStatus status = member.status();
        long due = state.dueAt(now);
        return new MemberSnapshot(
                member.id(),
                member.config(),
                member.orders(),
                member.history().origin(),
                status,
                member.history().change(),
                new Recovery(
                        status.isInError() ? Optional.of(Duration.ofNanos(now - state.errorSince())) : Optional.empty(),
                        due == Long.MAX_VALUE
                                ? Optional.empty()
                                : Optional.of(Duration.ofNanos(Math.max(0, due - now))),
                        member.history().changes()),
                LoadSnapshot.of(member, now),
                member.traffic().snapshot(),
                member.history().probes());
    }

    /** Returns its name in the configuration. */
    public String name() {
        return config.name();
    }
}
