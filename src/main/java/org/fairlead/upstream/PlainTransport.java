package org.fairlead.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.fairlead.exchange.ReadinessNotifier;

/**
 * The plain transport of a member connection, TCP or Unix domain, over a channel.
 *
 * <p>Why a channel and not a socket: only a channel can be asked without waiting whether the member has sent something
 * or gone away. A socket's shortest wait is a millisecond, and that on every lease. An untimed read costs one system
 * call where a socket's timed read costs three. The time limit comes from {@link TimeoutMonitor}, which closes overdue
 * connections; so writes are limited too, for which a socket has no means at all.
 */
final class PlainTransport implements Transport, TimeoutMonitor.Monitored {
    private static final System.Logger LOG = System.getLogger(PlainTransport.class.getName());

    private final SocketChannel channel;
    private final TimeoutMonitor watch;
    private long limitNanos;
    private ByteBuffer lastRead = ByteBuffer.allocate(0);
    private boolean lastWords;
    private volatile long readDeadline;
    private volatile long writeDeadline;
    private volatile boolean expired;
    /** The callback that waits without a thread. */
    private final AtomicReference<Runnable> waiter = new AtomicReference<>();

    private final Runnable heard = this::heard;

    private boolean watched;
    /** The number of waits for the present response. */
    private int waits;

    /** Whether the previous response came in pieces that had to be waited for. */
    private boolean inPieces;

    /** Takes over a connected channel. */
    PlainTransport(SocketChannel channel, TimeoutMonitor watch) {
        this.channel = channel;
        this.watch = watch;
        watch.add(this);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return read(readBuffer(target, offset, length));
    }

    @Override
    public int readNow(byte[] target, int offset, int length) throws IOException {
        return readNow(readBuffer(target, offset, length));
    }

    /** As {@link #read(byte[], int, int)}, into a buffer that may lie outside the heap. */
    int read(ByteBuffer target) throws IOException {
        if (expired) {
            throw silence();
        }
        if (watched) {
            int n = readNow(target);
            if (n != 0) {
                return n;
            }
        }
        waits++;
        readDeadline = deadline();
        try {
            blocking(true);
            return channel.read(target);
        } catch (ClosedChannelException e) {
            throw closed(e);
        } finally {
            readDeadline = 0;
        }
    }

    /** As {@link #readNow(byte[], int, int)}, into a buffer that may lie outside the heap. */
    int readNow(ByteBuffer target) throws IOException {
        try {
            blocking(false);
            return channel.read(target);
        } catch (ClosedChannelException e) {
            throw closed(e);
        }
    }

    /** Changes the blocking mode when the next step needs the other one, and not back after each. */
    private void blocking(boolean wanted) throws IOException {
        if (channel.isBlocking() != wanted) {
            if (watched) {
                watched = false;
                watch.readiness().leave(channel);
            }
            channel.configureBlocking(wanted);
        }
    }

    @Override
    public void answerBegins() {
        inPieces = waits > 1;
        waits = 0;
    }

    /** False while responses come in pieces: each wait has to take the channel out of the readiness notifier. */
    @Override
    public boolean isWatchable() {
        return !inPieces && watch.readiness() != ReadinessNotifier.NONE;
    }

    @Override
    public boolean whenReadable(Runnable ready) {
        waiter.set(ready);
        readDeadline = deadline();
        waits = 1;
        try {
            blocking(false);
            watched = true;
            if (watch.readiness().watch(channel, heard)) {
                return true;
            }
            watched = false;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "not to be watched", e);
        }
        waiter.set(null);
        readDeadline = 0;
        return false;
    }

    private void heard() {
        Runnable waiting = waiter.getAndSet(null);
        if (waiting != null) {
            readDeadline = 0;
            waiting.run();
        }
    }

    @Override
    public boolean await(Duration longest) throws IOException {
        blocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.select(Math.max(1, longest.toMillis())) > 0;
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
        try {
            while (buffer.hasRemaining()) {
                writeDeadline = deadline();
                if (channel.write(buffer) == 0) {
                    if (lastWords) {
                        throw new IOException("no room for a last word");
                    }
                    blocking(true);
                }
            }
        } catch (ClosedChannelException e) {
            throw closed(e);
        } finally {
            writeDeadline = 0;
        }
    }

    @Override
    public Upload upload() throws IOException {
        blocking(false);
        return new ChannelUpload(this, limitNanos);
    }

    private ByteBuffer readBuffer(byte[] target, int offset, int length) {
        if (lastRead.array() != target) {
            lastRead = ByteBuffer.wrap(target);
        }
        return lastRead.limit(offset + length).position(offset);
    }

    private long deadline() {
        if (limitNanos == 0) {
            return 0;
        }
        long deadline = System.nanoTime() + limitNanos;
        return deadline == 0 ? 1 : deadline;
    }

    private IOException closed(ClosedChannelException e) {
        return expired ? silence() : e;
    }

    SocketTimeoutException silence() {
        return new SocketTimeoutException("nothing moved for " + limitNanos / 1_000_000 + " ms");
    }

    @Override
    public void expire(long now) {
        if (isPast(readDeadline, now) || isPast(writeDeadline, now)) {
            expired = true;
            if (waiter.get() == null) {
                close();
            } else {
                heard();
            }
        }
    }

    private static boolean isPast(long deadline, long now) {
        return deadline != 0 && deadline - now < 0;
    }

    @Override
    public boolean isDrainedByShortRead() {
        return true;
    }

    @Override
    public void closeNotify() {
        // TCP and Unix sockets signal the end by closing.
    }

    /** From now on a write that would block fails; for the last bytes of the layer above, as TLS's close_notify. */
    void writeNowOnly() {
        lastWords = true;
        try {
            blocking(false);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.TRACE, "already closed", e);
        }
    }

    @Override
    public void limit(Duration silence) {
        limitNanos = silence.toNanos();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        watch.remove(this);
        try {
            channel.close();
            watch.readiness().leave(channel);
        } catch (IOException e) {
            // The descriptor is released in any case, and no caller could do anything about the error.
            LOG.log(System.Logger.Level.DEBUG, "closing a member connection", e);
        }
    }
}
