package org.fairlead.admin;

import java.util.Comparator;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.balancer.MemberSnapshot;

/**
 * Each member's share of a balancer's requests: the expected one by the current load factors, and the actual one by
 * selections in the last minute.
 *
 * @param set the {@code lbset} that is in use
 */
record ConsoleShares(BalancerSnapshot balancer, ConsoleRecorder recorder, int set, long weights, long chosen) {
    static ConsoleShares of(BalancerSnapshot balancer, ConsoleRecorder recorder) {
        int set = balancer.members().stream()
                .filter(ConsoleShares::takesNew)
                .map(member -> member.orders().lbset())
                .min(Comparator.naturalOrder())
                .orElse(0);
        ConsoleShares shares = new ConsoleShares(
                balancer,
                recorder,
                set,
                0,
                recorder.balancer(balancer.name()).minute().chosen());
        long weights = balancer.members().stream()
                .filter(shares::isWanted)
                .mapToLong(member -> member.load().weight())
                .sum();
        return new ConsoleShares(balancer, recorder, set, weights, shares.chosen());
    }

    private static boolean takesNew(MemberSnapshot member) {
        return member.status().isUsable()
                && !member.status().isDraining()
                && member.status().isNormal();
    }

    private boolean isWanted(MemberSnapshot member) {
        return takesNew(member) && member.orders().lbset() == set;
    }

    String wanted(MemberSnapshot member) {
        return isWanted(member) ? ConsoleText.percent(member.load().weight(), weights) : "0 %";
    }

    String got(MemberSnapshot member) {
        return ConsoleText.percent(
                recorder.member(balancer.name(), member.id()).minute().chosen(), chosen);
    }
}
