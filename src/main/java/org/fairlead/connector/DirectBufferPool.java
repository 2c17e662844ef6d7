package org.fairlead.connector;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Pool of equal buffers outside the heap, lent to connections for as long as bytes move. The pool bounds all of them
 * together; a connection that finds none left goes on with a buffer of its own. Thread-safe.
 */
final class DirectBufferPool {
    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();
    private final int size;
    private final int most;
    private int made;

    /**
     * @param size bytes of each
     * @param most how many there may be
     */
    DirectBufferPool(int size, int most) {
        this.size = size;
        this.most = most;
    }

    /** Lends an empty buffer, to be given back or kept; empty if all are lent. */
    synchronized Optional<ByteBuffer> lend() {
        if (idle.isEmpty() && made < most) {
            made++;
            // Outside the heap, since the JDK would copy it there before each write.
            return Optional.of(ByteBuffer.allocateDirect(size));
        }
        return Optional.ofNullable(idle.pollFirst()).map(ByteBuffer::clear);
    }

    synchronized void giveBack(ByteBuffer buffer) {
        idle.addFirst(buffer);
    }

    /** Removes a lent buffer from the pool: it will not come back. */
    synchronized void keep() {
        made--;
    }
}
