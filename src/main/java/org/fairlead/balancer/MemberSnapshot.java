package org.fairlead.balancer;

import java.time.Duration;
import java.util.Optional;
import org.fairlead.counters.TrafficSnapshot;
import org.fairlead.model.MemberConfig;

/**
 * A member as it was at one moment, for manager, console, API and metrics. Order (what the operator wants) and status
 * (what follows from that and from what was observed) are two things.
 *
 * @param id name and, where {@code resolve=} made it, address; unique within its balancer
 * @param config what the configuration says of it
 * @param orders what the operator wants of it now
 * @param origin who gave these orders
 * @param status what follows from the orders and from what was observed
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
     * How a member in error fares.
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

    /** Returns what people call it: its name in the configuration. */
    public String name() {
        return config.name();
    }
}
