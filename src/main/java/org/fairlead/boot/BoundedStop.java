package org.fairlead.boot;

import java.time.Duration;
import org.fairlead.concurrent.DaemonThreads;

/**
 * Stop that ends in bounded time: a step that hangs (a log program that reads nothing, a file system that is gone) is
 * abandoned, because only the end of the process is left to do.
 */
final class BoundedStop {
    private static final System.Logger LOG = System.getLogger(BoundedStop.class.getName());

    /** Time limit of the steps after the last request: one log target that accepts nothing, and quick steps. */
    static final Duration LAST_STEPS = Duration.ofSeconds(10);

    private static final Duration LAST_MESSAGE = Duration.ofMillis(500);

    private BoundedStop() {}

    /**
     * Runs a stop on a daemon thread and returns when it is over, at the latest {@link #LAST_STEPS} after
     * {@code patience}.
     *
     * @param patience how long the stop waits for requests
     * @return whether the stop has come to its end
     */
    static boolean run(Runnable stop, Duration patience) {
        return run(stop, patience, LAST_STEPS);
    }

    /** @param lastSteps instead of {@link #LAST_STEPS} */
    static boolean run(Runnable stop, Duration patience, Duration lastSteps) {
        if (ends(stop, "fairlead-stop-in-order", patience.plus(lastSteps))) {
            return true;
        }
        // The log may be what hangs.
        ends(
                () -> LOG.log(System.Logger.Level.WARNING, "the stop hangs; the process ends without the rest of it"),
                "fairlead-stop-message",
                LAST_MESSAGE);
        return false;
    }

    private static boolean ends(Runnable work, String name, Duration limit) {
        Thread thread = DaemonThreads.called(name).newThread(work);
        thread.start();
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
