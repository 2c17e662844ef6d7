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
 * The lock under which a balancer's elections happen, and the line of requests that could not be served yet. The
 * generations of a balancer share one, so that a place which the new one frees serves who waits in the old one.
 *
 * <p>Whoever changes something that may help those who wait calls {@link #look()}: then those who can be served are,
 * in the order in which they came. So at any time nobody waits who could be served, and a newcomer that is served at
 * once has overtaken nobody. Nothing blocks while the lock is held.
 */
final class WaitQueue {
    private static final int SPIN_TRIES = 100;

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private final Queue<Waiter> line = new ArrayDeque<>();
    /** The line's length for those who do not hold the lock. */
    private volatile int length;

    private final AtomicLong version = new AtomicLong();

    /** @param name the balancer's, for messages */
    WaitQueue(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** An election takes less time than a thread needs to go to sleep and wake up, so a few tries come first. */
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

    /** A member's status changed. */
    void changed() {
        version.incrementAndGet();
        look();
    }

    /** Serves those who can be served now. Quick where nobody waits; within an election its caller will look again. */
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

    /** The same for who holds the lock. */
    void serve() {
        List<Waiter> stuck = new ArrayList<>();
        for (Iterator<Waiter> waiters = line.iterator(); waiters.hasNext(); ) {
            Waiter waiter = waiters.next();
            // Who asks the same as one that could not be served cannot be served either.
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

    /** Puts one at the end of the line; with the lock held. The caller must look once more after that. */
    void enter(Waiter waiter) {
        line.add(waiter);
        length = line.size();
    }

    /** Takes one out who gives up, or was served by itself; with the lock held. */
    void leave(Waiter waiter) {
        line.remove(waiter);
        length = line.size();
    }

    /** How many wait for a place at a member of their choice or, where it is given, at this very one; lock held. */
    int waitingForPlace(Optional<Member> pinned) {
        int count = 0;
        for (Waiter waiter : line) {
            if (waiter.waitsForPlace(pinned)) {
                count++;
            }
        }
        return count;
    }

    /** Has everybody look for himself whether there is still something to wait for; lock held. */
    void wakeAll() {
        line.forEach(Waiter::wake);
    }
}
