package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code lbmethod=bytraffic}: the member with the fewest bytes both ways for its weight (mod_lbmethod_bytraffic);
 * equals take turns as in {@code byrequests}.
 *
 * <p>Two rules differ from httpd's. A request in flight counts as an average one from the start, since else a slow
 * member would look idle and get every request. A member that was no candidate in the last selection starts at the
 * level of the least loaded one that was, so it need not catch up on what it missed.
 */
final class ByTraffic implements LbMethod {
    private long round;

    @Override
    public LbMethod copy(RandomGenerator random) {
        ByTraffic copy = new ByTraffic();
        copy.round = round;
        return copy;
    }

    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        raiseWhoWasAway(candidates);
        double typical = typicalBytes(candidates);
        return SmoothWeightedRoundRobin.elect(
                candidates,
                (member, index) -> member.load().trafficLevel() + member.busy() * typical / member.weight());
    }

    private void raiseWhoWasAway(List<Member> candidates) {
        long lastRound = round++;
        double levelOfThePresent = candidates.stream()
                .filter(member -> lastRound > 0 && member.load().round() == lastRound)
                .mapToDouble(member -> member.load().trafficLevel())
                .min()
                .orElse(0);
        for (Member member : candidates) {
            MemberLoad load = member.load();
            if (load.round() != lastRound) {
                load.raiseTrafficLevel(levelOfThePresent);
            }
            load.round(round);
        }
    }

    /** Bytes that a request has moved on average. */
    private static double typicalBytes(List<Member> candidates) {
        double bytes = 0;
        long requests = 0;
        for (Member member : candidates) {
            MemberLoad load = member.load();
            bytes += load.to() + load.from();
            requests += load.elected() - load.busy();
        }
        return requests <= 0 ? 0 : bytes / requests;
    }
}
