package org.fairlead.connector;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Idle threads of {@link LeaderFollowerPool}, and the number of threads that may still be started.
 *
 * <p>One thread is woken at a time. A woken thread polls for work, and wakes the next if there is more. To wake as many
 * as there is work at once costs more than small requests do: most of them would come when it is done. The Go scheduler
 * has the same rule for the threads that it wakes.
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
     * @param size maximum number of threads, at least 1; they are started when they are needed
     * @param work endless task of each thread, which {@linkplain #rest rests} where there is nothing to do
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
     * Wakes or starts one more worker; while a woken one is on its way it only starts one, if any is left to be
     * started. The work must be queued before this call.
     *
     * @return whether a worker comes; false = all are at work
     */
    boolean wakeWorker() {
        do {
            if (onTheWay.get() || !onTheWay.compareAndSet(false, true)) {
                // Started one after the other, the threads would take too long to be there for the first time.
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
            // A thread has gone to rest meanwhile: other callers were told that a worker comes.
        } while (!resting.isEmpty());
        return false;
    }

    /**
     * Wakes one idle thread; returns whether there is one.
     *
     * @param before is run if there is an idle thread, before it is awake
     */
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

    /** Rests until woken; may return spuriously. Called by these threads only. */
    void rest() {
        Thread me = Thread.currentThread();
        resting.addFirst(me);
        // A thread that adds work from here on sees this one as idle, and wakes it.
        if (quiet.getAsBoolean()) {
            LockSupport.park(this);
        }
        if (!resting.remove(me)) {
            onTheWay.set(false);
        }
    }
}
