package org.fairlead.servlet;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.fairlead.health.DaemonThreads;

/**
 * Where bodies are read while somebody else has to listen for other things: virtual threads from Java 24 on, else
 * platform threads that come and go; and the clock of {@code RequestReadTimeout}. Thread-safe.
 *
 * <p>Before Java 24 (JEP 491) Tomcat's wait for a client holds a virtual thread's carrier, of which there are 256.
 */
final class BodyThreads implements Executor, AutoCloseable {
    private final ExecutorService readers;
    private final ScheduledThreadPoolExecutor clock;

    BodyThreads() {
        readers = readers();
        clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.called("fairlead-body-clock"));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    /** By reflection, because the sources are for JDK 17. */
    private static ExecutorService readers() {
        if (Runtime.version().feature() >= 24) {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("JDK " + Runtime.version() + " has no virtual threads", e);
            }
        }
        return Executors.newCachedThreadPool(DaemonThreads.called("fairlead-body"));
    }

    @Override
    public void execute(Runnable task) {
        readers.execute(task);
    }

    Future<?> after(Duration delay, Runnable task) {
        return clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        readers.shutdown();
        clock.shutdownNow();
    }
}
