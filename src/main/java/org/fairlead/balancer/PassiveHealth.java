package org.fairlead.balancer;

import java.util.function.LongSupplier;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.BalancerConfig.EjectionConfig;

/**
 * What the end of a request means for its member: {@code failonstatus}, {@code failontimeout}, and the ejection of who
 * fails again and again. Thread-safe.
 *
 * <p>Where ejection is on, an answer in {@code failonstatus} is one failure in the row that ejects; where it is off, it
 * puts the member in error at once, as in httpd.
 */
final class PassiveHealth {
    private final BalancerConfig config;
    private final MemberSet roster;
    private final WaitQueue room;
    private final LongSupplier clock;

    PassiveHealth(BalancerConfig config, MemberSet roster, WaitQueue room, LongSupplier clock) {
        this.config = config;
        this.roster = roster;
        this.room = room;
        this.clock = clock;
    }

    void answered(Member member, int status, long latencyNanos) {
        long now = clock.getAsLong();
        member.load().answered();
        if (status >= 500) {
            member.load().latency().observeFailure(latencyNanos, now);
        } else {
            member.load().latency().observe(latencyNanos, now);
        }
        if (config.failOnStatus().isEmpty() || !config.failOnStatus().contains(status)) {
            member.state().countSuccess();
        } else if (config.ejection().isPresent()) {
            countFailure(member, now);
        } else {
            member.fail();
        }
    }

    void failed(Member member) {
        member.fail();
        countFailure(member, clock.getAsLong());
    }

    /**
     * A slow request is no reason to avoid its member, unless {@code failontimeout} says so; but a member that answered
     * nobody in all that time is frozen, and where there are others they are asked.
     *
     * @param silent whether no answer at all came from it while the request waited
     */
    void timedOut(Member member, boolean silent) {
        long now = clock.getAsLong();
        member.load().latency().observeFailure(member.config().pool().timeout().toNanos(), now);
        if (config.failOnTimeout() || silent && !config.standalone()) {
            member.fail();
        }
        countFailure(member, now);
    }

    /** It lives, so it is not in error; but it counts where failures in a row eject. */
    void badResponse(Member member) {
        member.load().answered();
        countFailure(member, clock.getAsLong());
    }

    private void countFailure(Member member, long now) {
        if (config.ejection().isEmpty() || member.status().ignoresErrors()) {
            return;
        }
        EjectionConfig ejection = config.ejection().get();
        if (member.state().countFailure() >= ejection.consecutiveFailures()) {
            eject(member, ejection, now);
        }
    }

    /** The count of the ejected and the ejection are one step, so that {@code maxejected} holds. */
    private void eject(Member member, EjectionConfig ejection, long now) {
        room.lock();
        try {
            long ejected = 0;
            for (Member other : roster.members()) {
                ejected += other.state().isEjected(now) ? 1 : 0;
            }
            boolean allowed = (ejected + 1) * 100
                    <= (long) ejection.maxEjectedPercent() * roster.members().size();
            if (allowed && !member.status().isEjected()) {
                member.eject(now, ejection.baseTime());
            }
        } finally {
            room.unlock();
        }
        room.look();
    }
}
