package org.fairlead.connector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Budget of the heap that partial request heads hold (RFC 9112 2.1), over all connections, and HTTP/2 connections with
 * them. Beyond it the connections are closed whose heads have been coming longest, so that clients that stop within a
 * head cannot fill the heap. HTTP/2 connections with a request under way stay. Thread-safe.
 */
final class PartialHeads {
    /** Heap of one request processor beside the head, measured; see the manual's page about the front door. */
    static final int READER_BYTES = 24 * 1024;

    /** Heap of an HTTP/2 connection beyond that: a frame's buffer of 16 KiB and its state, measured. */
    static final int HTTP2_BYTES = 24 * 1024;

    /** Fields of an open header block take a multiple of their length, measured with small ones. */
    private static final int BLOCK_FACTOR = 4;

    /** Connections that are examined for each that comes, at most. */
    private static final int MAX_LOOKS = 64;

    private static final System.Logger LOG = System.getLogger(PartialHeads.class.getName());
    private static final double HEAP_SHARE = 0.4;
    private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final long maxBytes;
    private final Map<Connection, Integer> held = new LinkedHashMap<>();
    private long bytes;
    private long nextLog = System.nanoTime();

    /** A connection that can be closed from any thread. */
    interface Connection {
        void close();

        /** Whether it stays whatever it holds; may change from call to call. */
        default boolean isInUse() {
            return false;
        }
    }

    /** @param maxBytes of heap that all of them may hold */
    PartialHeads(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A budget of two fifths of the greatest heap: responses and everything else have the rest. */
    static PartialHeads ofHeap() {
        return new PartialHeads((long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE));
    }

    long maxBytes() {
        return maxBytes;
    }

    /** Returns the bytes of an HTTP/2 connection that has an open header block of this length. */
    static int http2(int blockBytes) {
        return HTTP2_BYTES + BLOCK_FACTOR * blockBytes;
    }

    /** How many heads of this length fit. */
    long room(int headBytes) {
        return maxBytes / (READER_BYTES + headBytes);
    }

    /**
     * Counts the head of a connection until it is {@linkplain #release released}, and closes others if there is no room
     * left.
     *
     * @param headBytes that its buffer has
     */
    void hold(Connection connection, int headBytes) {
        List<Connection> oldest;
        synchronized (this) {
            forget(connection);
            held.put(connection, READER_BYTES + headBytes);
            bytes += READER_BYTES + headBytes;
            oldest = takeOldest(connection);
            if (oldest.isEmpty()) {
                return;
            }
            log();
        }
        oldest.forEach(Connection::close);
    }

    /** Stops counting a head: it has come whole, or its connection is over. */
    synchronized void release(Connection connection) {
        forget(connection);
    }

    private void forget(Connection connection) {
        Integer before = held.remove(connection);
        bytes -= before == null ? 0 : before;
    }

    private List<Connection> takeOldest(Connection newest) {
        List<Connection> oldest = new ArrayList<>();
        for (int looks = 0; bytes > maxBytes && looks < MAX_LOOKS; looks++) {
            Connection first = held.keySet().iterator().next();
            if (first == newest) {
                break;
            }
            if (first.isInUse()) {
                held.put(first, held.remove(first));
            } else {
                forget(first);
                oldest.add(first);
            }
        }
        return oldest;
    }

    private void log() {
        long now = System.nanoTime();
        if (now - nextLog >= 0) {
            nextLog = now + LOG_INTERVAL_NANOS;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} request heads that have come in part, and HTTP/2 connections, hold {1} KiB of heap, as much as"
                            + " they may: the oldest without a request are closed (more heap, or a smaller MaxConnections, avoids that)",
                    held.size(),
                    bytes / 1024);
        }
    }
}
