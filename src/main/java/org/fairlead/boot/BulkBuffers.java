package org.fairlead.boot;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A stock of big write buffers, lent to connections for as long as bytes move in bulk. There is a bound to all of them
 * together; a connection that finds none left goes on with its small one. Thread-safe.
 */
final class BulkBuffers {
    /** An answer of 64 KiB and its head leave in one system call. */
    private static final int SIZE = 68 * 1024;

    private static final int MOST = 256;

    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();
    private int made;

    /** Lends an empty buffer, to be given back or kept; empty if all are lent. */
    synchronized Optional<ByteBuffer> lend() {
        if (idle.isEmpty() && made < MOST) {
            made++;
            // Outside the heap, since the JDK would copy it there before each write.
            return Optional.of(ByteBuffer.allocateDirect(SIZE));
        }
        return Optional.ofNullable(idle.pollFirst()).map(ByteBuffer::clear);
    }

    synchronized void giveBack(ByteBuffer buffer) {
        idle.addFirst(buffer);
    }

    /** One that was lent will not come back. */
    synchronized void keep() {
        made--;
    }
}
