package org.fairlead.health;

import java.time.Duration;

/** Runs a task once, later. Tasks are short, or belong to nobody but those who wait for them. Thread-safe. */
interface Scheduler extends AutoCloseable {
    Alarm after(Duration delay, Runnable task);

    /** Drops what has not run, and lets a running task's thread end. */
    @Override
    void close();

    /** A task that has not run yet. */
    interface Alarm {
        /** Takes it back; does nothing if it ran or runs. */
        void cancel();
    }
}
