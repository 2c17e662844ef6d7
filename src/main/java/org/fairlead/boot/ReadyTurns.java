package org.fairlead.boot;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What is ready to be run: first what goes on with requests that have begun, then what is new, each in its order. So
 * requests end before others begin, and few are under way at once where members are quick: what they use is still in the
 * processors' caches when their answers come. Where members are slow nothing is held back by it, for there is nothing to go
 * on with.
 *
 * <p>Thread-safe.
 */
final class ReadyTurns {
    private final ConcurrentLinkedQueue<Turn> resumed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Turn> fresh = new ConcurrentLinkedQueue<>();

    void add(Turn turn) {
        fresh.add(turn);
    }

    /** Adds what goes on with a request that has begun. */
    void resume(Turn turn) {
        resumed.add(turn);
    }

    /** Takes what is next. */
    Optional<Turn> take() {
        Turn first = resumed.poll();
        return Optional.ofNullable(first == null ? fresh.poll() : first);
    }

    /** What has been ready for the longest time. */
    Optional<Turn> oldest() {
        Turn going = resumed.peek();
        Turn coming = fresh.peek();
        boolean isGoing = coming == null || going != null && going.since() - coming.since() < 0;
        return Optional.ofNullable(isGoing ? going : coming);
    }

    boolean isEmpty() {
        return resumed.isEmpty() && fresh.isEmpty();
    }

    /** Whether something is ready, and all of it is new. */
    boolean isFresh() {
        return resumed.isEmpty() && !fresh.isEmpty();
    }
}
