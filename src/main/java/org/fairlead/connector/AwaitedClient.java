package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Client of one connection while its request waits for a member and no thread reads from it. Bytes that arrive
 * meanwhile are kept for the next reader; a disconnect is reported.
 *
 * <p>A connection that breaks (RST) counts as left at once. After a FIN the client may still read, which HTTP/1.1
 * allows (RFC 9112 9.6); nginx takes that for a disconnect, httpd does not poll for it. Here such a client has
 * {@link #GRACE_MILLIS} for its response. Thread-safe.
 */
final class AwaitedClient {
    /** Time for the response after the client has ended its side. */
    static final long GRACE_MILLIS = 500;

    /** Limit of bytes read ahead of their request; more stays in the socket, and a FIN behind them is not seen. */
    private static final int AHEAD_BYTES = 2048;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Runnable> left = Optional.empty();
    private volatile ByteBuffer ahead = NOTHING;

    /** Non-blocking read of what is there, as {@link java.nio.channels.ReadableByteChannel#read}. */
    interface Source {
        int read(ByteBuffer target) throws IOException;
    }

    /** @param left is run, once, when the client has left before {@link #end} */
    void begin(Runnable left) {
        lock.lock();
        try {
            this.left = Optional.of(left);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch; when this returns, no disconnect is reported any more. */
    void end() {
        lock.lock();
        try {
            left = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether bytes have arrived that no reader has taken. */
    boolean isAhead() {
        return ahead.hasRemaining();
    }

    /** Moves bytes that have arrived to a reader; returns how many. */
    int take(ByteBuffer target) {
        if (!ahead.hasRemaining()) {
            return 0;
        }
        lock.lock();
        try {
            ByteBuffer kept = ahead;
            int n = Math.min(kept.remaining(), target.remaining());
            target.put(kept.slice().limit(n));
            kept.position(kept.position() + n);
            if (!kept.hasRemaining()) {
                ahead = NOTHING;
            }
            return n;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Polls for what has arrived, unless nothing is to be reported.
     *
     * @param timer ends the grace of a client that has ended its side
     * @return whether to poll again when more arrives
     */
    boolean look(Source source, ScheduledExecutorService timer) {
        lock.lock();
        try {
            if (left.isEmpty() || ahead.hasRemaining()) {
                return false;
            }
            ByteBuffer come = ByteBuffer.allocate(AHEAD_BYTES);
            int n = source.read(come);
            if (n > 0) {
                ahead = come.flip();
            } else if (n < 0) {
                Runnable told = left.get();
                timer.schedule(() -> tell(told), GRACE_MILLIS, TimeUnit.MILLISECONDS);
            }
            return n == 0;
        } catch (IOException e) {
            tell(left.get());
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether bytes have arrived; they are kept for the next reader, which the caller has to notify. */
    boolean isHeard(Source source) {
        lock.lock();
        try {
            if (!ahead.hasRemaining()) {
                ByteBuffer come = ByteBuffer.allocate(AHEAD_BYTES);
                if (source.read(come) > 0) {
                    ahead = come.flip();
                }
            }
            return ahead.hasRemaining();
        } catch (IOException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Runs under the lock, so that {@link #end} returns after it. */
    private void tell(Runnable told) {
        lock.lock();
        try {
            if (left.filter(now -> now == told).isPresent()) {
                left = Optional.empty();
                told.run();
            }
        } finally {
            lock.unlock();
        }
    }
}
