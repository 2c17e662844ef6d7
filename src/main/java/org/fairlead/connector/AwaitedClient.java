package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client of one connection while its request waits for a member and no thread reads from it. What it sends meanwhile is
 * kept for the next reader; that it has left is told.
 *
 * <p>A connection that breaks (RST) has left at once. One whose client has ended its side (FIN) may be of a client that
 * still reads, which HTTP/1.1 allows (RFC 9112 9.6); nginx takes it for one that has left, httpd does not look. Here it has
 * {@link #GRACE_MILLIS} for its response. Thread-safe.
 */
final class AwaitedClient {
    /** Time for the response after the client has ended its side. */
    static final long GRACE_MILLIS = 500;

    /** What a client may send ahead; more stays in the socket, and no end is seen behind it. */
    private static final int AHEAD_BYTES = 2048;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Runnable> left = Optional.empty();
    private volatile ByteBuffer ahead = NOTHING;

    /** Reads what is there without blocking, as {@link java.nio.channels.ReadableByteChannel#read}. */
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

    /** When this returns, nothing is told any more. */
    void end() {
        lock.lock();
        try {
            left = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether bytes have come that no reader has taken. */
    boolean isAhead() {
        return ahead.hasRemaining();
    }

    /** Moves bytes that have come to a reader; returns how many. */
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
     * Looks what has come, unless nothing is to be told.
     *
     * @param timer ends the grace of a client that has ended its side
     * @return whether to look again when more comes
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

    /** Whether bytes have come; they are kept for the next reader, whom the caller has to tell. */
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

    /** Under the lock, so that {@link #end} returns behind it. */
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
