package org.fairlead.balancer;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Random numbers that a dry run may peek at before they are drawn, so that it predicts a random method's choice.
 * Guarded by the balancer's lock.
 */
final class ForeseeableRandom implements RandomGenerator {
    /** The count of numbers that can be peeked at; no method needs more than a few for a choice. */
    private static final int MAX_FORESEEN = 64;

    private final RandomGenerator source;
    private final Queue<Long> foreseen = new ArrayDeque<>(0);

    ForeseeableRandom(RandomGenerator source) {
        this.source = source;
    }

    @Override
    public long nextLong() {
        Long next = foreseen.poll();
        return next == null ? source.nextLong() : next;
    }

    /** The numbers that will be drawn next, without drawing them. */
    RandomGenerator preview() {
        while (foreseen.size() < MAX_FORESEEN) {
            foreseen.add(source.nextLong());
        }
        Iterator<Long> next = new ArrayDeque<>(foreseen).iterator();
        return () -> next.hasNext() ? next.next() : 0;
    }
}
