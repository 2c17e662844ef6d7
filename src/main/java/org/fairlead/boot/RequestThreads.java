package org.fairlead.boot;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.coyote.ProtocolException;

/**
 * The threads of requests where the JDK has virtual ones: a few platform threads, which stay warm and cost nothing to
 * start, and a virtual thread for each request that finds them all busy. Nothing ever waits behind a slow member but by
 * {@code MaxRequestWorkers}, beyond which requests wait in their order. Thread-safe.
 */
final class RequestThreads implements Executor {
    private static final int HOT_PER_PROCESSOR = 4;
    private static final System.Logger LOG = System.getLogger(RequestThreads.class.getName());

    private static final long REST_SECONDS = 60;

    private static final String CARRIERS = "jdk.virtualThreadScheduler.maxPoolSize";

    /** What a fork-join pool takes. */
    private static final int MOST_CARRIERS = 32_767;

    private final ThreadPoolExecutor hot;
    private final Semaphore room;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    private RequestThreads(ThreadFactory virtual, int limit) {
        int size = HOT_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        AtomicLong number = new AtomicLong();
        hot = new ThreadPoolExecutor(
                size,
                size,
                REST_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "fairlead-request-" + number.incrementAndGet()),
                (task, pool) -> virtual.newThread(task).start());
        hot.allowCoreThreadTimeOut(true);
        room = new Semaphore(limit);
    }

    /**
     * Returns the threads for at most so many requests at once; empty on a JDK without virtual threads, where Tomcat's
     * own pool is as good.
     */
    static Optional<RequestThreads> virtual(int limit) {
        carriers(Runtime.version().feature(), limit)
                .filter(carriers -> System.getProperty(CARRIERS) == null)
                .ifPresent(carriers -> System.setProperty(CARRIERS, carriers));
        return virtualFactory().map(factory -> new RequestThreads(factory, limit));
    }

    /**
     * How many platform threads the JDK may use to carry virtual ones, where its own answer would not do: before Java 24
     * (JEP 491) each wait for a slow client, an {@code Object.wait} of Tomcat's, holds one, and 256 such clients would
     * stop everybody else (JEP 444). Must be said before the first virtual thread.
     */
    static Optional<String> carriers(int feature, int limit) {
        return feature < 21 || feature >= 24
                ? Optional.empty()
                : Optional.of(Integer.toString(Math.max(256, Math.min(limit, MOST_CARRIERS))));
    }

    /** By reflection, because the sources are for JDK 17. */
    private static Optional<ThreadFactory> virtualFactory() {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            type.getMethod("name", String.class, long.class).invoke(builder, "fairlead-virtual-", 0L);
            return Optional.of((ThreadFactory) type.getMethod("factory").invoke(builder));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JDK " + Runtime.version() + " has no virtual threads", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        if (room.tryAcquire()) {
            start(task);
            return;
        }
        waiting.add(task);
        // Whoever left since then saw an empty queue.
        startWaiting();
    }

    private void startWaiting() {
        while (!waiting.isEmpty() && room.tryAcquire()) {
            Runnable next = waiting.poll();
            if (next == null) {
                room.release();
            } else {
                start(next);
            }
        }
    }

    private void start(Runnable task) {
        hot.execute(() -> {
            try {
                task.run();
            } catch (ProtocolException e) {
                // Tomcat lets it out where a client has gone just before an HTTP/2 ping; the thread is to live on.
                LOG.log(System.Logger.Level.DEBUG, "a client left within the protocol", e);
            } finally {
                room.release();
                startWaiting();
            }
        });
    }
}
