package org.fairlead.connector;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits like a selector: what comes ends the wait by itself, and so does a wake. */
final class FakePollable implements LeaderFollowerPool.Pollable {
    private final Executor executor;
    private final boolean resumes;
    private final ConcurrentLinkedQueue<Runnable> come = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Thread waiting;
    private volatile boolean woken;

    FakePollable(Executor executor) {
        this(executor, false);
    }

    private FakePollable(Executor executor, boolean resumes) {
        this.executor = executor;
        this.resumes = resumes;
    }

    static FakePollable ofMembers(Executor executor) {
        return new FakePollable(executor, true);
    }

    /** How many of the next looks fail. */
    AtomicInteger failures() {
        return failures;
    }

    void comes(Runnable task) {
        come.add(task);
        LockSupport.unpark(waiting);
    }

    @Override
    public void look(BooleanSupplier mayWait) {
        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException("as planned");
        }
        woken = false;
        waiting = Thread.currentThread();
        if (mayWait.getAsBoolean()) {
            while (come.isEmpty() && !woken) {
                LockSupport.park(this);
            }
        }
        waiting = null;
        for (Runnable task = come.poll(); task != null; task = come.poll()) {
            executor.execute(task);
        }
    }

    @Override
    public boolean resumes() {
        return resumes;
    }

    @Override
    public boolean wake() {
        Thread thread = waiting;
        if (thread == null) {
            return false;
        }
        woken = true;
        LockSupport.unpark(thread);
        return true;
    }
}
