package org.fairlead.servlet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the threads of this web application to end. They have been told to, but a container looks for those that it
 * leaves behind as soon as it has undeployed it, and calls each one it finds a leak.
 */
final class OwnThreads {
    private static final System.Logger LOG = System.getLogger(OwnThreads.class.getName());

    private OwnThreads() {}

    /**
     * Returns when they have ended, or after this time, with a word in the log.
     *
     * @param application the web application's loader; where our classes are another's (the executable jar), the threads
     *     are nobody's leak, and nothing is waited for
     */
    static void awaitEnd(ClassLoader application, Duration limit) {
        if (OwnThreads.class.getClassLoader() != application) {
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
