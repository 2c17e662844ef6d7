package org.fairlead.balancer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock under which a balancer's selections run, and the wait queue of requests that could not be served yet. The
 * generations of a balancer share one, so a place freed in the new generation serves a request that waits in the old
 * one.
 *
 * <p>A thread that changes something that may help waiting requests calls {@link #look()}, which serves those that can
 * be served, in the order of arrival. So no request waits that could be served, and a newcomer that is served at once
 * has overtaken no other. Nothing blocks while the lock is held.
 */
final class WaitQueue {
    private static final int SPIN_TRIES = 100;

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private final Queue<Waiter> line = new ArrayDeque<>();
    /** The queue's length for threads that do not hold the lock. */
    private volatile int length;

    private final AtomicLong version = new AtomicLong();
    private volatile StatusListener listener = StatusListener.NONE;

    /** @param name the balancer's, for messages */
    WaitQueue(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** A selection takes less time than a thread needs to go to sleep and wake up, so a few tries come first. */
    void lock() {
        for (int i = 0; i < SPIN_TRIES; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** A number that grows with every change of a member's status; equal numbers mean that nothing changed between. */
    long version() {
        return version.get();
    }

    int length() {
        return length;
    }

    void listen(StatusListener to) {
        listener = to;
    }

    /** Members may have come, gone or changed. */
    void changed() {
        version.incrementAndGet();
        look();
    }

    /** A member's status changed. */
    void changed(Member member, String cause) {
        listener.changed(name, member, cause);
        changed();
    }

    /**
     * Serves the waiters that can be served now. Cheap if the queue is empty; within a selection its caller looks
     * again.
     */
    void look() {
        if (length == 0 || lock.isHeldByCurrentThread()) {
            return;
        }
        lock();
        try {
            serve();
        } finally {
            lock.unlock();
        }
    }

    /** The same for a caller that holds the lock. */
    void serve() {
        List<Waiter> stuck = new ArrayList<>();
        for (Iterator<Waiter> waiters = line.iterator(); waiters.hasNext(); ) {
            Waiter waiter = waiters.next();
            // A waiter that asks the same as one that could not be served cannot be served either.
            if (stuck.stream().anyMatch(waiter::asksTheSameAs)) {
                continue;
            }
            if (waiter.trySelect()) {
                waiters.remove();
                length = line.size();
                waiter.wake();
            } else if (waiter.takesAnyMember()) {
                stuck.add(waiter);
            }
        }
    }

    /** Adds a waiter at the end of the queue; with the lock held. The caller must look once more after that. */
    void enter(Waiter waiter) {
        line.add(waiter);
        length = line.size();
    }

    /** Removes a waiter that gives up, or was served by its own thread; with the lock held. */
    void leave(Waiter waiter) {
        line.remove(waiter);
        length = line.size();
    }

    /** The number of waiters for a place at any member or, if {@code pinned} is given, at this very one; lock held. */
    int waitingForPlace(Optional<Member> pinned) {
        int count = 0;
        for (Waiter waiter : line) {
            if (waiter.waitsForPlace(pinned)) {
                count++;
            }
        }
        return count;
    }

    /** Wakes every waiter to check whether there is still something to wait for; lock held. */
    void wakeAll() {
        line.forEach(Waiter::wake);
    }
}
