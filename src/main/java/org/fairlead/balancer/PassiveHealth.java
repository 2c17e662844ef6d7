package org.fairlead.balancer;

import java.util.function.LongSupplier;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.BalancerConfig.EjectionConfig;

/**
 * Passive health: the effect of a request's end on its member by {@code failonstatus} and {@code failontimeout}, and
 * the ejection of members that fail repeatedly. Thread-safe.
 *
 * <p>Where ejection is on, a response in {@code failonstatus} is one consecutive failure that counts for ejection.
 * Where it is off, such a response puts the member in error at once, as in httpd.
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
     * Records a timeout. A slow request is no reason to avoid its member, unless {@code failontimeout} says so. But a
     * member that sent no response at all in that time is frozen, and other members, if there are any, get its
     * requests.
     *
     * @param silent whether no response at all came from it while the request waited
     */
    void timedOut(Member member, boolean silent) {
        long now = clock.getAsLong();
        member.load().latency().observeFailure(member.config().pool().timeout().toNanos(), now);
        if (config.failOnTimeout() || silent && !config.standalone()) {
            member.fail();
        }
        countFailure(member, now);
    }

    /** Records a bad response: the member is alive, so not in error; but it counts where consecutive failures eject. */
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

    /** Counting the ejected members and ejecting one are one step, so that {@code maxejected} holds. */
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
