package org.fairlead.health;

import java.time.Duration;

/** Runs a task once, later. Tasks are short, or delay only the threads that wait for them. Thread-safe. */
interface Scheduler extends AutoCloseable {
    Alarm after(Duration delay, Runnable task);

    /** Drops tasks that have not run, and lets a running task's thread end. */
    @Override
    void close();

    /** A task that has not run yet. */
    interface Alarm {
        /** Cancels it; does nothing if it ran or runs. */
        void cancel();
    }
}
