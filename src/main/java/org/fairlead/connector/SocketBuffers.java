package org.fairlead.connector;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * Buffers of a plain connection, which has none while no bytes move. A response goes into a small buffer from a pool,
 * and into a big one from another pool once it has filled the small one. So a big response takes few system calls, and
 * a connection that waits holds no buffer. Bytes that a request reads go into its reader's own buffer
 * ({@link RequestHeaderBuffers}). A tunnel, which lives long, has its own. Used by one thread at a time.
 */
final class SocketBuffers extends SocketBufferHandler {
    static final int BUFFER_BYTES = 8192;

    /** Size of a response of 64 KiB and its head, so that they leave in one system call. */
    static final int BULK = 68 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final DirectBufferPool small;
    private final DirectBufferPool bulk;
    private Optional<DirectBufferPool> lender = Optional.empty();
    private Optional<SocketBufferHandler> input = Optional.empty();
    private ByteBuffer current = NOTHING;
    private boolean filling = true;
    private boolean answering;

    SocketBuffers(DirectBufferPool small, DirectBufferPool bulk) {
        super(0, 0, false);
        this.small = small;
        this.bulk = bulk;
    }

    DirectBufferPool bulk() {
        return bulk;
    }

    /** Begins a response: from here on it may take lent buffers, and reads are a request's. */
    void answering() {
        answering = true;
        input = input.filter(read -> !read.isReadBufferEmpty());
    }

    /** Ends a response: lent buffers are given back; one with unsent bytes stays with the connection. */
    void answered() {
        answering = false;
        if (isWriteBufferEmpty()) {
            leave();
            current = NOTHING;
            filling = true;
        } else {
            lender.ifPresent(DirectBufferPool::keep);
            lender = Optional.empty();
        }
    }

    private void leave() {
        lender.ifPresent(stock -> stock.giveBack(current));
        lender = Optional.empty();
    }

    @Override
    public void configureWriteBufferForWrite() {
        if (current == NOTHING) {
            filling = true;
            if (!answering || !borrow(small)) {
                current = ByteBuffer.allocate(BUFFER_BYTES);
            }
            return;
        }
        if (filling) {
            return;
        }
        filling = true;
        boolean wasFull = current.limit() == current.capacity();
        if (current.hasRemaining()) {
            current.compact();
            return;
        }
        if (!wasFull || !answering || current.capacity() >= BULK || !borrow(bulk)) {
            current.clear();
        }
    }

    private boolean borrow(DirectBufferPool stock) {
        Optional<ByteBuffer> lent = stock.lend();
        if (lent.isEmpty()) {
            return false;
        }
        leave();
        current = lent.get();
        lender = Optional.of(stock);
        return true;
    }

    @Override
    public void configureWriteBufferForRead() {
        if (filling) {
            filling = false;
            current.flip();
        }
    }

    @Override
    public boolean isWriteBufferWritable() {
        return current == NOTHING || filling == current.hasRemaining();
    }

    @Override
    public ByteBuffer getWriteBuffer() {
        return current;
    }

    @Override
    public boolean isWriteBufferEmpty() {
        return filling ? current.position() == 0 : !current.hasRemaining();
    }

    private SocketBufferHandler input() {
        if (input.isEmpty()) {
            input = Optional.of(new SocketBufferHandler(BUFFER_BYTES, 0, false));
        }
        return input.get();
    }

    /** Whether a request is read, past this buffer: Tomcat does so where its processor has room for a whole one. */
    private boolean readsPast() {
        return answering && input.isEmpty();
    }

    /**
     * Does nothing. Tomcat asks for room for a whole frame of HTTP/2, which it never needs here: frames are read into
     * their own buffers, and what is put back makes its own room.
     */
    @Override
    public void expand(int bytes) {
        // By itself it would take two buffers that nothing reads or writes.
    }

    @Override
    public void configureReadBufferForWrite() {
        input().configureReadBufferForWrite();
    }

    @Override
    public void configureReadBufferForRead() {
        if (!readsPast()) {
            input().configureReadBufferForRead();
        }
    }

    @Override
    public ByteBuffer getReadBuffer() {
        return readsPast() ? NOTHING : input().getReadBuffer();
    }

    @Override
    public boolean isReadBufferEmpty() {
        return input.map(SocketBufferHandler::isReadBufferEmpty).orElse(true);
    }

    @Override
    public void unReadReadBuffer(ByteBuffer returned) {
        SocketBufferHandler before = input();
        before.configureReadBufferForRead();
        ByteBuffer unread = before.getReadBuffer();
        int length = returned.remaining() + unread.remaining();
        if (length <= unread.capacity()) {
            before.unReadReadBuffer(returned);
            return;
        }
        // More than a buffer holds, where a head switches the protocol and a whole read is behind it.
        SocketBufferHandler longer = new SocketBufferHandler(length, 0, false);
        longer.configureReadBufferForWrite();
        longer.getReadBuffer().put(returned).put(unread);
        input = Optional.of(longer);
    }

    /** Discards unsent bytes once the connection is closed; {@link #answered} gives back what was lent. */
    @Override
    public void reset() {
        input.ifPresent(SocketBufferHandler::reset);
        current.clear();
        filling = true;
    }
}
