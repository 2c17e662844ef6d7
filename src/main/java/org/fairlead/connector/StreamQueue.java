package org.fairlead.connector;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Queue of one HTTP/2 connection's streams that wait for a thread, and the limit of those that have one. The limit
 * begins low, as in mod_http2, and rises with each stream that ends, and while most streams do not wait for their
 * client. A client that reads none of its responses therefore holds few threads, and a client that reads them may use
 * all of its streams. Thread-safe.
 */
final class StreamQueue {
    private static final System.Logger LOG = System.getLogger(StreamQueue.class.getName());

    /**
     * Streams of a new connection that run at once: as many as browsers open HTTP/1.1 connections to a server, plus
     * two.
     */
    static final int INITIAL_LIMIT = 8;

    private static final long FIRST_CHECK_MILLIS = 50;
    private static final long MAX_CHECK_MILLIS = 1000;

    private final Surroundings surroundings;
    private final int maxStreams;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int limit = INITIAL_LIMIT;
    private int running;
    private boolean closed;
    private boolean checking;
    private long checkMillis = FIRST_CHECK_MILLIS;

    /**
     * Environment of a queue: what it uses of its connection.
     *
     * @param threads run a stream
     * @param stalled how many threads wait for the client at present
     * @param crowded whether so many threads are in use that no connection may have more than few
     * @param timer runs a check later
     */
    record Surroundings(Threads threads, IntSupplier stalled, BooleanSupplier crowded, Timer timer) {}

    /** Threads that run streams. */
    interface Threads {
        void execute(Runnable stream);
    }

    /** Runs a task once after a delay. */
    interface Timer {
        void after(long millis, Runnable task);
    }

    /** @param maxStreams streams that may have a thread at once, however well the client takes them */
    StreamQueue(Surroundings surroundings, int maxStreams) {
        this.surroundings = surroundings;
        this.maxStreams = maxStreams;
    }

    /** Runs a stream, or keeps it until another one has ended. */
    void add(Runnable stream) {
        synchronized (this) {
            waiting.add(stream);
        }
        startNext();
    }

    /**
     * Runs the waiting streams on one thread, one after the other: the connection is closed, so that each ends at once.
     */
    void close() {
        List<Runnable> rest;
        synchronized (this) {
            closed = true;
            rest = List.copyOf(waiting);
            waiting.clear();
        }
        if (!rest.isEmpty()) {
            surroundings.threads().execute(() -> rest.forEach(StreamQueue::end));
        }
    }

    private static void end(Runnable stream) {
        try {
            stream.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a stream of a closed connection", e);
        }
    }

    private void startNext() {
        while (true) {
            Runnable next;
            synchronized (this) {
                if (waiting.isEmpty()) {
                    checkMillis = FIRST_CHECK_MILLIS;
                    return;
                }
                if (running >= allowed()) {
                    checkLater();
                    return;
                }
                running++;
                next = waiting.remove();
            }
            start(next);
        }
    }

    private int allowed() {
        if (closed) {
            return Integer.MAX_VALUE;
        }
        return Math.min(maxStreams, surroundings.crowded().getAsBoolean() ? INITIAL_LIMIT : limit);
    }

    private void start(Runnable stream) {
        boolean handedOver = false;
        try {
            surroundings.threads().execute(() -> {
                try {
                    stream.run();
                } finally {
                    ended(true);
                }
            });
            handedOver = true;
        } finally {
            if (!handedOver) {
                ended(false);
            }
        }
    }

    private void ended(boolean served) {
        synchronized (this) {
            running--;
            if (served) {
                limit = Math.min(maxStreams, limit + 1);
            }
        }
        startNext();
    }

    private void checkLater() {
        if (!checking) {
            checking = true;
            surroundings.timer().after(checkMillis, this::check);
        }
    }

    /** Streams that wait for their member, and not for their client, do not delay other streams of the connection. */
    private void check() {
        synchronized (this) {
            checking = false;
            if (closed) {
                return;
            }
            if (2 * surroundings.stalled().getAsInt() <= running) {
                limit = Math.min(maxStreams, Math.max(limit, 2 * running));
                checkMillis = FIRST_CHECK_MILLIS;
            } else {
                checkMillis = Math.min(MAX_CHECK_MILLIS, 2 * checkMillis);
            }
        }
        startNext();
    }
}
