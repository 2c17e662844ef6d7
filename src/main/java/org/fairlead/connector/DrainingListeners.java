package org.fairlead.connector;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.fairlead.concurrent.DaemonThreads;

/**
 * Connectors that take no more connections, for as long as they have some: requests that run are finished, then the
 * connection ends; idle ones are closed; tunnels live until one of their ends has enough.
 *
 * <p>Owns the daemon thread {@code fairlead-leaving} while there are any. Thread-safe.
 */
final class DrainingListeners {
    private static final long POLL_MILLIS = 50;

    /** Within this time a client that has just had an answer or has just connected says what it wants. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private ScheduledExecutorService thread;
    private boolean looking;

    /** Closes its door; {@link Listener#end} follows with its last connection. Returns when no connection is taken. */
    void add(Listener listener) {
        listener.leave();
        listeners.add(listener);
        look();
        synchronized (this) {
            if (!looking && !listeners.isEmpty()) {
                looking = true;
                thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.called("fairlead-leaving"));
                thread.scheduleWithFixedDelay(this::look, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private synchronized void look() {
        for (Listener listener : listeners) {
            listener.closeIdle(SILENCE);
            if (!listener.hasConnections()) {
                listeners.remove(listener);
                listener.end();
            }
        }
        if (listeners.isEmpty()) {
            if (looking) {
                looking = false;
                thread.shutdown();
            }
            notifyAll();
        }
    }

    /** Returns when the last connection of all is gone, or after this time; the rest is cut by whoever ends Tomcat. */
    synchronized void await(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        try {
            while (!listeners.isEmpty() && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        listeners.clear();
    }
}
