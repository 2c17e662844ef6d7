package org.fairlead.servlet;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.concurrent.VirtualThreads;

/**
 * Threads that read request bodies while the serving thread waits for other events: virtual threads from Java 24 on,
 * else platform threads that come and go. Also the clock of {@code RequestReadTimeout}. Thread-safe.
 *
 * <p>Before Java 24 (JEP 491) Tomcat's wait for a client holds a virtual thread's carrier, of which there are 256.
 */
final class BodyThreads implements Executor, AutoCloseable {
    private static final String READER = "fairlead-body";

    private final ExecutorService readers;
    private final ScheduledThreadPoolExecutor clock;

    BodyThreads() {
        readers = readers();
        clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.called("fairlead-body-clock"));
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    private static ExecutorService readers() {
        Optional<ExecutorService> virtual =
                Runtime.version().feature() >= 24 ? VirtualThreads.forEachTask(READER) : Optional.empty();
        return virtual.orElseGet(() -> Executors.newCachedThreadPool(DaemonThreads.called(READER)));
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
