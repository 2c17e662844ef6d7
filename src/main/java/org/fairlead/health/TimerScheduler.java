package org.fairlead.health;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.fairlead.concurrent.DaemonThreads;

/** A scheduler with one daemon thread of its own. */
final class TimerScheduler implements Scheduler {
    private final ScheduledThreadPoolExecutor timer;

    TimerScheduler(String threadName) {
        timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.numbered(threadName));
        // A member that left must not be referenced until its probe would have been due.
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        Future<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
