package org.fairlead.connector;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Queue of ready tasks: first those that resume requests, then new ones, each in its order. So requests end before
 * others begin, and few are under way at once where members are quick: their data is still in the processors' caches
 * when their responses come. Where members are slow it holds nothing back, for no request can be resumed.
 *
 * <p>Thread-safe.
 */
final class RunQueue {
    private final ConcurrentLinkedQueue<Task> resumed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Task> fresh = new ConcurrentLinkedQueue<>();

    void add(Task turn) {
        fresh.add(turn);
    }

    /** Adds a task that resumes a request. */
    void resume(Task turn) {
        resumed.add(turn);
    }

    /** Takes the next task. */
    Optional<Task> take() {
        Task first = resumed.poll();
        return Optional.ofNullable(first == null ? fresh.poll() : first);
    }

    /** The task that has been ready for the longest time. */
    Optional<Task> oldest() {
        Task going = resumed.peek();
        Task coming = fresh.peek();
        boolean isGoing = coming == null || going != null && going.since() - coming.since() < 0;
        return Optional.ofNullable(isGoing ? going : coming);
    }

    boolean isEmpty() {
        return resumed.isEmpty() && fresh.isEmpty();
    }

    /** Whether a task is ready, and all of them are new. */
    boolean isFresh() {
        return resumed.isEmpty() && !fresh.isEmpty();
    }
}
