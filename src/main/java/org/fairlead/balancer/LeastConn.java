package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/**
 * {@code lbmethod=leastconn}: the member that would be the least loaded for its weight if it got this request too; idle
 * ones are equal, and equals take turns as in {@code byrequests} (HAProxy's rule).
 */
final class LeastConn implements LbMethod {
    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        return SmoothWeightedRoundRobin.elect(candidates, (member, index) -> load(member));
    }

    private static double load(Member member) {
        int busy = member.busy();
        return busy == 0 ? 0 : (busy + 1.0) / member.weight();
    }
}
