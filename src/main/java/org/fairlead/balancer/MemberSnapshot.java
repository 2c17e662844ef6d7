package org.fairlead.balancer;

import java.time.Duration;
import java.util.Optional;

/**
 * A member as it was at one moment, for console and metrics: httpd's columns in httpd's words, and what httpd lacks.
 *
 * @param id name and, where {@code resolve=} made it, address
 * @param orders what the operator wants of it
 * @param status what follows from that and from what was observed
 * @param elected how often it was chosen
 * @param busy requests at it now
 * @param load httpd's lbstatus: how urgently it has to work; the sum over a balancer's members stays about zero
 * @param weight the load factor in hundredths that counts now, less than ordered while a slow start lasts
 * @param to bytes of bodies sent to it
 * @param from bytes of bodies that came from it
 * @param inErrorFor how long ago it failed; empty = it is not in error
 * @param dueIn when time alone will bring it back; empty = it need not or cannot
 * @param retries how often it was tried again after an error
 * @param latency how long an answer takes of late; empty = never measured
 */
public record MemberSnapshot(
        String id,
        AdminState orders,
        MemberStatus status,
        long elected,
        int busy,
        long load,
        int weight,
        long to,
        long from,
        Optional<Duration> inErrorFor,
        Optional<Duration> dueIn,
        long retries,
        Optional<Duration> latency) {

    static MemberSnapshot of(Member member, long now) {
        MemberState state = member.state();
        MemberStatus status = member.status();
        long due = state.dueAt(now);
        double latency = member.latencyNanos(now);
        return new MemberSnapshot(
                member.id(),
                member.orders(),
                status,
                member.load().elected(),
                member.busy(),
                member.load().quota(),
                member.weight(),
                member.load().to(),
                member.load().from(),
                status.isInError() ? Optional.of(Duration.ofNanos(now - state.errorSince())) : Optional.empty(),
                due == Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(0, due - now))),
                state.retries(),
                latency < 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) latency)));
    }
}
