package org.fairlead.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * An upload on a plain connection, which is non-blocking as long as this is open. The selector is created by the first
 * wait. Used by one thread, but for {@link #wake()}.
 */
final class ChannelUpload implements Transport.Upload {
    private final PlainTransport wire;
    private final SocketChannel channel;
    private final long limitNanos;
    /** Guards the wakeup: a selector must not be woken once it is closed. */
    private final Object waking = new Object();

    private Selector selector;
    private SelectionKey key;
    private boolean woken;

    /** @param limitNanos the longest silence of a member that accepts no bytes; 0 = no limit */
    ChannelUpload(PlainTransport wire, long limitNanos) {
        this.wire = wire;
        this.channel = wire.channel();
        this.limitNanos = limitNanos;
    }

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

    /** Returns whether the member has sent bytes or closed. */
    private boolean awaitRoomOrWord() throws IOException {
        select(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        long end = System.nanoTime() + limitNanos;
        while (selector.select(limitNanos == 0 ? 0 : Math.max(1, (end - System.nanoTime()) / 1_000_000)) == 0) {
            // A late wakeup from the other side of the exchange ends a wait too.
            if (limitNanos != 0 && System.nanoTime() - end >= 0) {
                wire.close();
                throw wire.silence();
            }
        }
        return key.isReadable();
    }

    @Override
    public void awaitWord() throws IOException {
        select(SelectionKey.OP_READ);
        synchronized (waking) {
            if (woken) {
                woken = false;
                return;
            }
        }
        selector.select();
        synchronized (waking) {
            woken = false;
        }
    }

    private void select(int operations) throws IOException {
        if (selector == null) {
            Selector opened = Selector.open();
            key = channel.register(opened, operations);
            synchronized (waking) {
                selector = opened;
            }
        }
        key.interestOps(operations);
        selector.selectedKeys().clear();
    }

    @Override
    public void wake() {
        synchronized (waking) {
            woken = true;
            if (selector != null) {
                selector.wakeup();
            }
        }
    }

    @Override
    public void close() throws IOException {
        Selector opened = selector;
        synchronized (waking) {
            selector = null;
        }
        if (opened != null) {
            opened.close();
        }
    }
}
