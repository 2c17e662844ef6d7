package org.fairlead.connector;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The threads of {@link LeaderFollowerPool}: who rests, and who may still be started.
 *
 * <p>One at a time is called to work. Whoever is on his way looks for work when he is there, and calls the next if there is
 * more. To wake as many as there is work at once costs more than small requests do: most of them would come when it is done.
 * The Go scheduler has the same rule for the threads that it wakes.
 *
 * <p>Thread-safe.
 */
final class IdleWorkers {
    private static final Runnable NOTHING = () -> {};

    private final ThreadFactory threads;
    private final Runnable life;
    private final BooleanSupplier quiet;
    private final AtomicInteger startable;
    private final ConcurrentLinkedDeque<Thread> resting = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean onTheWay = new AtomicBoolean();

    /**
     * @param size how many there are at most, at least 1; they are started when they are needed
     * @param work what each of them does for ever, {@linkplain #rest resting} where there is nothing to do
     * @param quiet whether there is nothing to do; must not park
     */
    IdleWorkers(int size, ThreadFactory threads, Runnable work, BooleanSupplier quiet) {
        startable = new AtomicInteger(size);
        this.threads = threads;
        this.quiet = quiet;
        life = () -> {
            onTheWay.set(false);
            work.run();
        };
    }

    /**
     * Has one more come to work, unless all were started before and one is on his way. What he shall find is to be there
     * before.
     *
     * @return whether one comes; false = all are at work
     */
    boolean wakeWorker() {
        do {
            if (onTheWay.get() || !onTheWay.compareAndSet(false, true)) {
                // One after the other they would take too long to be there for the first time.
                startOne();
                return true;
            }
            boolean comes = false;
            try {
                comes = wakeOne(NOTHING) || startOne();
            } finally {
                if (!comes) {
                    onTheWay.set(false);
                }
            }
            if (comes) {
                return true;
            }
            // Who has gone to rest meanwhile: others were told that somebody comes.
        } while (!resting.isEmpty());
        return false;
    }

    /** Wakes one that rests. @param before is run when there is one, before he is awake; returns whether there is */
    boolean wakeOne(Runnable before) {
        Thread idle = resting.pollFirst();
        if (idle == null) {
            return false;
        }
        before.run();
        LockSupport.unpark(idle);
        return true;
    }

    private boolean startOne() {
        if (startable.get() <= 0 || startable.getAndDecrement() <= 0) {
            return false;
        }
        threads.newThread(life).start();
        return true;
    }

    /** Rests until called, or for no reason. For these threads only. */
    void rest() {
        Thread me = Thread.currentThread();
        resting.addFirst(me);
        // Whoever makes something to do now sees that this thread rests, and calls it.
        if (quiet.getAsBoolean()) {
            LockSupport.park(this);
        }
        if (!resting.remove(me)) {
            onTheWay.set(false);
        }
    }
}
