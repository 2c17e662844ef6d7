package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code lbmethod=heartbeat}: a random member, each with the probability of its share of the free workers
 * (mod_lbmethod_heartbeat). If no member has a fresh report, or no member has a free worker, all take turns as in
 * {@code byrequests}.
 */
final class ByHeartbeat implements LbMethod {
    private final RandomGenerator random;

    ByHeartbeat(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public LbMethod copy(RandomGenerator other) {
        return new ByHeartbeat(other);
    }

    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        double total = 0;
        for (Member member : candidates) {
            total += slots(member, pick.now());
        }
        if (total == 0) {
            return SmoothWeightedRoundRobin.elect(candidates, SmoothWeightedRoundRobin.NONE);
        }
        double point = random.nextDouble() * total;
        Optional<Member> last = Optional.empty();
        for (Member member : candidates) {
            double slots = slots(member, pick.now());
            if (slots > 0) {
                last = Optional.of(member);
                point -= slots;
                if (point < 0) {
                    break;
                }
            }
        }
        return last;
    }

    /** Free workers, fewer while a slow start lasts; the load factor has no effect here, as in httpd. */
    private static double slots(Member member, long now) {
        HeartbeatReport report = member.heartbeat();
        if (!report.isFresh(now)) {
            return 0;
        }
        return report.slots() * (double) member.weight() / member.orders().loadFactorHundredths();
    }
}
