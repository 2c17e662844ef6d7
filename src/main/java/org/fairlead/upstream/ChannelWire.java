package org.fairlead.upstream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A plain connection, TCP or Unix domain, over a blocking channel.
 *
 * <p>Why a channel and not a socket: only a channel can be asked without waiting whether the member has sent something
 * or gone away (a socket's shortest wait is a millisecond, and that on every lease), and an untimed read costs one
 * system call where a socket's timed read costs three. The time limit comes from {@link Watch}, which closes what is
 * overdue; so writes are limited too, for which a socket has no means at all.
 */
final class ChannelWire implements Wire, Watch.Watched {
    private static final System.Logger LOG = System.getLogger(ChannelWire.class.getName());

    private final SocketChannel channel;
    private final Watch watch;
    private long limitNanos;
    private ByteBuffer lastRead = ByteBuffer.allocate(0);
    private volatile long readDeadline;
    private volatile long writeDeadline;
    private volatile boolean expired;

    /** Takes over a connected channel in blocking mode. */
    ChannelWire(SocketChannel channel, Watch watch) {
        this.channel = channel;
        this.watch = watch;
        watch.add(this);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = readBuffer(target, offset, length);
        readDeadline = deadline();
        try {
            return channel.read(buffer);
        } catch (ClosedChannelException e) {
            throw closed(e);
        } finally {
            readDeadline = 0;
        }
    }

    @Override
    public int readNow(byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = readBuffer(target, offset, length);
        if (!channel.isBlocking()) {
            return channel.read(buffer);
        }
        channel.configureBlocking(false);
        try {
            return channel.read(buffer);
        } finally {
            channel.configureBlocking(true);
        }
    }

    @Override
    public boolean await(Duration longest) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.select(Math.max(1, longest.toMillis())) > 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
        try {
            while (buffer.hasRemaining()) {
                writeDeadline = deadline();
                if (channel.write(buffer) == 0) {
                    throw new IOException("no room for a last word");
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
        channel.configureBlocking(false);
        return new ChannelUpload();
    }

    /** Non-blocking as long as it is open; the selector is there only once the member's window was full. */
    private final class ChannelUpload implements Upload {
        private Selector selector;
        private SelectionKey key;

        @Override
        public boolean write(byte[] source, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
            while (true) {
                channel.write(buffer);
                if (!buffer.hasRemaining()) {
                    return true;
                }
                if (awaitRoomOrWord()) {
                    return false;
                }
            }
        }

        /** Returns whether the member has said something or gone. */
        private boolean awaitRoomOrWord() throws IOException {
            if (selector == null) {
                selector = Selector.open();
                key = channel.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
            selector.selectedKeys().clear();
            long millis = limitNanos / 1_000_000;
            if (selector.select(limitNanos == 0 ? 0 : Math.max(1, millis)) == 0) {
                ChannelWire.this.close();
                throw silence();
            }
            return key.isReadable();
        }

        @Override
        public void close() throws IOException {
            if (selector != null) {
                selector.close();
            }
            if (channel.isOpen()) {
                channel.configureBlocking(true);
            }
        }
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

    private SocketTimeoutException silence() {
        return new SocketTimeoutException("nothing moved for " + limitNanos / 1_000_000 + " ms");
    }

    @Override
    public void expire(long now) {
        if (isPast(readDeadline, now) || isPast(writeDeadline, now)) {
            expired = true;
            close();
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
    public void farewell() {
        // TCP and Unix sockets say it by closing.
    }

    /** From now on a write that would have to wait fails; for the last words of what sits on top. */
    void writeNowOnly() {
        try {
            channel.configureBlocking(false);
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
        } catch (IOException e) {
            // The descriptor is given up in any case, and nobody could do anything about it.
            LOG.log(System.Logger.Level.DEBUG, "closing a member connection", e);
        }
    }
}
