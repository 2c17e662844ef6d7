package org.fairlead.balancer;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code lbmethod=p2c}: power of two choices. Of two members drawn at random with the probability of their weights, the
 * less busy for its weight is selected; among equals the first drawn. Nearly as even as comparing all members, and
 * several Fairleads never rush to the same member.
 */
final class PowerOfTwoChoices implements LbMethod {
    private final RandomGenerator random;

    PowerOfTwoChoices(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public LbMethod copy(RandomGenerator other) {
        return new PowerOfTwoChoices(other);
    }

    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        if (candidates.size() < 2) {
            return candidates.stream().findFirst();
        }
        long total = 0;
        for (Member member : candidates) {
            total += member.weight();
        }
        Member first = draw(candidates, total, Optional.empty());
        Member second = draw(candidates, total - first.weight(), Optional.of(first));
        return Optional.of(load(second) < load(first) ? second : first);
    }

    private Member draw(List<Member> candidates, long total, Optional<Member> without) {
        long point = random.nextLong(total);
        Member drawn = candidates.get(0);
        for (Member member : candidates) {
            if (without.isPresent() && without.get() == member) {
                continue;
            }
            drawn = member;
            point -= member.weight();
            if (point < 0) {
                break;
            }
        }
        return drawn;
    }

    private static double load(Member member) {
        return (double) member.busy() / member.weight();
    }
}
