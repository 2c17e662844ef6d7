package org.fairlead.servlet;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.fairlead.model.ReadTimeout;

/**
 * Client's body that can be awaited without a blocking read: where the next bytes are not at hand, a helper thread
 * reads them. So a member's early response gets through while the client stalls, and {@code RequestReadTimeout} ends a
 * body that comes too slowly; servlets have no other blocking way to either. Only the wait for the client counts, not
 * the time that a slow member takes.
 *
 * <p>One thread uses it; the helper thread reads while that one waits.
 */
final class ClientStream extends InputStream {
    private static final int SIZE = 8192;

    private final ServletInputStream in;
    private final ReadTimeout limit;
    private final Duration silence;
    private final BodyThreads threads;
    private final ContainerTraits.BodyControl control;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private byte[] ahead = new byte[0];
    private int position;
    private int end;
    private boolean ended;
    private boolean reading;
    private boolean overdue;
    private IOException failure;
    private Runnable wake;
    private long received;
    private long waitedNanos;

    /** @param silence {@code Timeout}: the longest wait for any next byte */
    ClientStream(
            ServletInputStream in,
            ReadTimeout limit,
            Duration silence,
            BodyThreads threads,
            ContainerTraits.BodyControl control) {
        this.in = in;
        this.limit = limit;
        this.silence = silence;
        this.threads = threads;
        this.control = control;
    }

    /** As {@link org.fairlead.exchange.RequestBody#isReady}. */
    boolean isReady(Runnable toWake) throws IOException {
        lock.lock();
        try {
            if (position < end || ended || overdue || failure != null) {
                return true;
            }
            wake = toWake;
            if (reading) {
                return false;
            }
            Duration left = left();
            if (left.isNegative() || left.isZero()) {
                overdue = true;
                return true;
            }
            if (control.available(in) > 0 || in.isFinished()) {
                return true;
            }
            reading = true;
            startReading(left);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Duration left() {
        if (!limit.isLimited()) {
            return silence;
        }
        Duration left = limit.allowed(received).minusNanos(waitedNanos);
        return left.compareTo(silence) < 0 ? left : silence;
    }

    private void startReading(Duration left) {
        if (ahead.length == 0) {
            ahead = new byte[SIZE];
        }
        control.readTimeout(left);
        Future<?> alarm = threads.after(left, this::expire);
        threads.execute(() -> readAhead(alarm));
    }

    private void readAhead(Future<?> alarm) {
        long start = System.nanoTime();
        int n = 0;
        IOException broken = null;
        try {
            n = in.read(ahead, 0, ahead.length);
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException e) {
            broken = new IOException("the container cannot read the body", e);
        }
        alarm.cancel(false);
        lock.lock();
        try {
            waitedNanos += System.nanoTime() - start;
            position = 0;
            end = Math.max(0, n);
            ended = n < 0;
            failure = broken;
            received += end;
            reading = false;
            settled.signalAll();
            wake.run();
        } finally {
            lock.unlock();
        }
    }

    private void expire() {
        lock.lock();
        try {
            if (reading) {
                overdue = true;
                wake.run();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (reading && !overdue) {
                settled.awaitUninterruptibly();
            }
            if (overdue) {
                throw new SocketTimeoutException("the body came more slowly than RequestReadTimeout or Timeout allows");
            }
            if (failure != null) {
                throw failure;
            }
            if (position < end) {
                int n = Math.min(length, end - position);
                System.arraycopy(ahead, position, target, offset, n);
                position += n;
                return n;
            }
            if (ended) {
                return -1;
            }
        } finally {
            lock.unlock();
        }
        return readHere(target, offset, length);
    }

    /**
     * Reads bytes that are at hand; they may turn out to be half a chunk's head, so the time limit applies here too.
     */
    private int readHere(byte[] target, int offset, int length) throws IOException {
        long start = System.nanoTime();
        int n = in.read(target, offset, length);
        waitedNanos += System.nanoTime() - start;
        received += Math.max(0, n);
        return n;
    }

    @Override
    public int available() throws IOException {
        lock.lock();
        try {
            if (position < end) {
                return end - position;
            }
            return reading || ended || failure != null ? 0 : control.available(in);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that have come so far. */
    long received() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a read is pending whose bytes are no longer needed: the connection cannot serve another request. */
    boolean isAbandoned() {
        lock.lock();
        try {
            return reading || overdue;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when no helper thread uses the container's objects any more: when the client has sent bytes,
     * disconnected, or been silent for as long as it may.
     */
    void settle() {
        lock.lock();
        try {
            if (overdue) {
                control.dropRest();
            }
            if (reading) {
                control.await(this::untilRead);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("waiting reads nothing", e);
        } finally {
            lock.unlock();
        }
    }

    private void untilRead() {
        while (reading) {
            settled.awaitUninterruptibly();
        }
    }
}
