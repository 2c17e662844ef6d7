package org.fairlead.connector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.fairlead.concurrent.DaemonThreads;

/**
 * Connectors that accept no more connections, for as long as they have open ones. Running requests are finished, then
 * the connection ends; idle connections are closed; tunnels live until one of their peers ends them.
 *
 * <p>Owns the daemon thread {@code fairlead-leaving} while there are any. Thread-safe.
 */
final class DrainingListeners {
    private static final long POLL_MILLIS = 50;

    /** Time in which a client that has just had a response or has just connected may send its request. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    /** Longest time that an idle connection of a replaced listener is kept; httpd's KeepAliveTimeout. */
    private static final Duration MAX_SILENCE = Duration.ofSeconds(5);

    /** Draining listeners, each with how long an idle connection of it may be silent. */
    private final Map<Listener, Duration> listeners = new ConcurrentHashMap<>();

    private volatile boolean ending;
    private ScheduledExecutorService thread;
    private boolean looking;

    /**
     * Closes the listener's gate; {@link Listener#end} follows with its last connection. Returns when no connection is
     * accepted any more. Its idle connections end at once, or nearly.
     */
    void add(Listener listener) {
        add(listener, SILENCE);
    }

    /**
     * As {@link #add}, for a listener that another one has replaced. To its clients nothing has changed, so they may
     * use their connections for as long as they were told, up to {@link #MAX_SILENCE}. Otherwise a client that was
     * sending a request just when its connection closed would lose it.
     */
    void addReplaced(Listener listener, Duration keepAliveTimeout) {
        Duration longest = keepAliveTimeout.compareTo(MAX_SILENCE) < 0 ? keepAliveTimeout : MAX_SILENCE;
        add(listener, longest.compareTo(SILENCE) < 0 ? SILENCE : longest);
    }

    private void add(Listener listener, Duration silence) {
        listener.leave();
        listeners.put(listener, silence);
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
        for (Map.Entry<Listener, Duration> each : listeners.entrySet()) {
            Listener listener = each.getKey();
            listener.closeIdle(ending ? SILENCE : each.getValue());
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

    /** Returns when the last connection is gone, or after this time; the shutdown of Tomcat cuts the rest. */
    synchronized void await(Duration limit) {
        ending = true;
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
