package org.fairlead.balancer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@code lbmethod=hash}: weighted rendezvous hashing. The same key selects the same member, on every Fairlead and after
 * every restart. Each member draws a number from key and name, and the best one wins. A member added or lost moves its
 * own share of the keys and no other. No member with more than a few requests in flight gets more than 1.25 times its
 * share of all requests: a key that is too hot flows over to the next in its own order. A request without a key takes
 * turns as in {@code byrequests}.
 */
final class ConsistentHash implements LbMethod {
    /** The bound of a member's load relative to its share (Mirrokni, Thorup, Zadimoghaddam 2016: 1 + ε). */
    private static final double BOUND = 1.25;
    /** Fewer requests in flight than this never count as too many, so under low load a key keeps its member. */
    private static final int MIN_BOUND_IN_FLIGHT = 8;

    @Override
    public Optional<Member> choose(List<Member> candidates, Pick pick) {
        if (pick.hashKey().isEmpty()) {
            return SmoothWeightedRoundRobin.elect(candidates, SmoothWeightedRoundRobin.NONE);
        }
        long busy = 1;
        long weights = 0;
        for (Member member : candidates) {
            busy += member.busy();
            weights += member.weight();
        }
        long key = hash(pick.hashKey());
        Optional<Member> best = Optional.empty();
        double bestScore = 0;
        double bestDrawn = 0;
        for (Member member : candidates) {
            double share = (double) member.weight() / weights;
            if (member.busy() >= Math.max(MIN_BOUND_IN_FLIGHT, Math.ceil(BOUND * busy * share))) {
                continue;
            }
            double drawn = draw(key, member);
            // The logarithm is the costly part, and a member with a lower draw and no more weight cannot win.
            if (best.isPresent()
                    && drawn <= bestDrawn
                    && member.weight() <= best.get().weight()) {
                continue;
            }
            double score = -member.weight() / Math.log(drawn);
            if (best.isEmpty() || score > bestScore) {
                best = Optional.of(member);
                bestScore = score;
                bestDrawn = drawn;
            }
        }
        return best;
    }

    /** A number even in (0, 1): then −weight ÷ ln(number) is greatest with a likelihood of the weight's share. */
    private static double draw(long key, Member member) {
        return ((mix(key ^ member.hash()) >>> 11) + 0.5) * 0x1.0p-53;
    }

    /** FNV-1a over UTF-8 with a final mix: the same on every machine. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** The finaliser of MurmurHash3. */
    private static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
