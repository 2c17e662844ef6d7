package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;

/**
 * {@code lbmethod=bytraffic}: the one with the least bytes both ways for its weight; the first among equals
 * (mod_lbmethod_bytraffic). A member that was no candidate in the last election starts at the level of the
 * least-loaded one that was, so it need not catch up on what it missed.
 */
final class ByTraffic implements LbMethod {
    private long round;

    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        long lastRound = round++;
        double levelOfThePresent = candidates.stream()
                .filter(member -> lastRound > 0 && member.load().round() == lastRound)
                .mapToDouble(member -> member.load().trafficLevel())
                .min()
                .orElse(0);
        Optional<Member> best = Optional.empty();
        double least = 0;
        for (Member member : candidates) {
            MemberLoad load = member.load();
            if (load.round() != lastRound) {
                load.raiseTrafficLevel(levelOfThePresent);
            }
            load.round(round);
            double level = load.trafficLevel();
            if (best.isEmpty() || level < least) {
                best = Optional.of(member);
                least = level;
            }
        }
        return best;
    }
}
