package org.fairlead.boot;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * The buffers of a plain connection: Tomcat's small ones, and in the place of the write buffer a big one from a stock
 * once an answer has filled the small one. So a big answer takes few system calls, and a connection that waits holds
 * little. Used by one thread at a time.
 */
final class FrontBuffers extends SocketBufferHandler {
    private final SocketBufferHandler own;
    private final BulkBuffers stock;
    private Optional<ByteBuffer> lent = Optional.empty();
    private ByteBuffer current;
    private boolean filling = true;
    private boolean answering;

    /** @param own whose buffers are used while nothing is lent */
    FrontBuffers(SocketBufferHandler own, BulkBuffers stock) {
        super(0, 0, false);
        this.own = own;
        this.stock = stock;
        this.current = own.getWriteBuffer();
    }

    /** From here on an answer may take a big buffer; a tunnel, which lives long, may not. */
    void answering() {
        answering = true;
    }

    /** Gives back what was lent; with something in it that is yet to be sent it stays with the connection. */
    void answered() {
        answering = false;
        if (lent.isEmpty()) {
            return;
        }
        if (isWriteBufferEmpty()) {
            stock.giveBack(lent.get());
            current = own.getWriteBuffer().clear();
            filling = true;
        } else {
            stock.keep();
        }
        lent = Optional.empty();
    }

    @Override
    public void configureWriteBufferForWrite() {
        if (filling) {
            return;
        }
        filling = true;
        boolean wasFull = current.limit() == current.capacity();
        if (current.hasRemaining()) {
            current.compact();
            return;
        }
        if (wasFull && answering && lent.isEmpty()) {
            lent = stock.lend();
            current = lent.orElse(current);
        }
        current.clear();
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
        return filling == current.hasRemaining();
    }

    @Override
    public ByteBuffer getWriteBuffer() {
        return current;
    }

    @Override
    public boolean isWriteBufferEmpty() {
        return filling ? current.position() == 0 : !current.hasRemaining();
    }

    @Override
    public void configureReadBufferForWrite() {
        own.configureReadBufferForWrite();
    }

    @Override
    public void configureReadBufferForRead() {
        own.configureReadBufferForRead();
    }

    @Override
    public ByteBuffer getReadBuffer() {
        return own.getReadBuffer();
    }

    @Override
    public boolean isReadBufferEmpty() {
        return own.isReadBufferEmpty();
    }

    @Override
    public void unReadReadBuffer(ByteBuffer returned) {
        own.unReadReadBuffer(returned);
    }

    @Override
    public void reset() {
        own.reset();
        current.clear();
        filling = true;
    }

    @Override
    public void free() {
        own.free();
    }
}
