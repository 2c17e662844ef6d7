package org.fairlead.balancer;

import java.time.Duration;
import java.util.Optional;

/**
 * A member's load at one moment: httpd's columns, and what httpd lacks.
 *
 * @param elected how often it was selected
 * @param electedBySession how many of these selections came from a session of its own
 * @param busy requests and tunnels at it now
 * @param lbstatus how far the member is behind its share; the sum over a balancer's members stays about zero
 * @param weight the effective load factor in hundredths, less than configured while a slow start lasts
 * @param to bytes of bodies sent to it
 * @param from bytes of bodies received from it
 * @param retries how often it was tried again after an error
 * @param latency moving average of the time to a response's head; empty = never measured
 */
public record LoadSnapshot(
        long elected,
        long electedBySession,
        int busy,
        long lbstatus,
        int weight,
        long to,
        long from,
        long retries,
        Optional<Duration> latency) {

    static LoadSnapshot of(Member member, long now) {
        MemberLoad load = member.load();
        double latency = member.latencyNanos(now);
        return new LoadSnapshot(
                load.elected(),
                load.electedBySession(),
                load.busy(),
                load.quota(),
                load.weight(),
                load.to(),
                load.from(),
                member.state().retries(),
                latency < 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) latency)));
    }
}
