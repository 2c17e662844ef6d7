package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/**
 * httpd's accounting of shares (lbfactor, lbstatus), a smooth weighted round robin. Each selection adds to every
 * candidate its weight, and subtracts the sum from the selected one. So each member is selected as often as its weight
 * says, spread as evenly as possible, and the sum of all values stays zero.
 */
final class SmoothWeightedRoundRobin {
    /** The cost to minimize; the index is the member's position among the candidates. */
    interface Cost {
        double of(Member member, int index);
    }

    /** No cost: the shares alone decide. */
    static final Cost NONE = (member, index) -> 0;

    private SmoothWeightedRoundRobin() {}

    /** Selects the member with the least cost, among equals the one whose turn it is, among those the first. */
    static Optional<Member> elect(List<Member> candidates, Cost cost) {
        Optional<Member> best = Optional.empty();
        double bestCost = 0;
        long bestQuota = 0;
        long total = 0;
        int index = 0;
        for (Member member : candidates) {
            MemberLoad load = member.load();
            int weight = load.weight();
            long quota = load.quota() + weight;
            load.quota(quota);
            total += weight;
            double memberCost = cost.of(member, index++);
            if (best.isEmpty() || memberCost < bestCost || memberCost == bestCost && quota > bestQuota) {
                best = Optional.of(member);
                bestCost = memberCost;
                bestQuota = quota;
            }
        }
        charge(best, total);
        return best;
    }

    /** A session selected {@code member}: every usable member gets its weight, as in a regular selection. */
    static void electedBySession(List<Member> members, Member member) {
        long total = 0;
        for (Member one : members) {
            if (one.status().isUsable()) {
                MemberLoad load = one.load();
                load.quota(load.quota() + load.weight());
                total += load.weight();
            }
        }
        charge(Optional.of(member), total);
    }

    private static void charge(Optional<Member> member, long total) {
        member.ifPresent(m -> m.load().quota(m.load().quota() - total));
    }
}
