package org.fairlead.servlet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Wait for the threads of this web application to end. They have been told to, but a container checks for those left
 * behind as soon as it has undeployed it, and reports each one it finds as a leak.
 */
final class OwnThreads {
    private static final System.Logger LOG = System.getLogger(OwnThreads.class.getName());

    /** Servlets of this application that have not ended. */
    private static final AtomicInteger SERVLETS = new AtomicInteger();

    private OwnThreads() {}

    /** To be called once by each servlet when it begins. */
    static void begin() {
        SERVLETS.incrementAndGet();
    }

    /**
     * To be called once by each servlet at its end. For the last one it returns when the threads have ended, or after
     * this time, with a warning in the log; until then, threads of the other servlets may go on.
     *
     * @param application the web application's loader; where our classes are another loader's (the executable jar), the
     *     threads are no leak, and the wait is skipped
     */
    static void awaitEnd(ClassLoader application, Duration limit) {
        if (SERVLETS.decrementAndGet() > 0 || OwnThreads.class.getClassLoader() != application) {
            return;
        }
        long end = System.nanoTime() + limit.toNanos();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("fairlead-") && thread.getContextClassLoader() == application) {
                join(thread, end);
            }
        }
    }

    private static void join(Thread thread, long end) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            if (thread.isAlive()) {
                LOG.log(System.Logger.Level.WARNING, "{0} goes on after the end", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
