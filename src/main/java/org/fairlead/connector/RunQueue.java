package org.fairlead.connector;

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
final class RunQueue {
    private final ConcurrentLinkedQueue<Task> resumed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Task> fresh = new ConcurrentLinkedQueue<>();

    void add(Task turn) {
        fresh.add(turn);
    }

    /** Adds what goes on with a request that has begun. */
    void resume(Task turn) {
        resumed.add(turn);
    }

    /** Takes what is next. */
    Optional<Task> take() {
        Task first = resumed.poll();
        return Optional.ofNullable(first == null ? fresh.poll() : first);
    }

    /** What has been ready for the longest time. */
    Optional<Task> oldest() {
        Task going = resumed.peek();
        Task coming = fresh.peek();
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
