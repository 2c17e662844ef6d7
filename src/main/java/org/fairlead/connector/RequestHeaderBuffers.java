package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Read buffers of requests on plain connections: arrays as long as what has come. By itself Tomcat gives each request
 * processor room for the longest head that is allowed, and a request that waits for a slow member holds it meanwhile.
 * The processor still enforces the limit of heads. Thread-safe; a processor is used by one thread at a time.
 */
final class RequestHeaderBuffers {
    /** Size of a body of 16 KiB and its head, so that they come in one system call. */
    private static final int READ_BYTES = 20 * 1024;

    private static final int MIN_FREE_BYTES = 8192;

    /** They are lent within a call that does not block, so hardly more are in use than there are processors. */
    private static final int MAX_POOLED_BUFFERS = 64;

    /** So big that Tomcat makes none itself; shared by all, since no thread ever writes into it. */
    private final ByteBuffer none;

    private final DirectBufferPool arrivals = new DirectBufferPool(READ_BYTES, MAX_POOLED_BUFFERS);

    /** @param longestHead bytes that the readers allow to a head */
    RequestHeaderBuffers(int longestHead) {
        none = ByteBuffer.allocate(longestHead + MIN_FREE_BYTES).limit(0);
    }

    /** Source of bytes, as {@link java.nio.channels.ReadableByteChannel#read}. */
    interface Source {
        int read(ByteBuffer target) throws IOException;
    }

    /**
     * Prepares the buffer of a reader that begins, or goes on with a partial head. Tomcat would drop a shorter buffer
     * than a longest head needs, with its content; so it is shown one that looks as long, and as full.
     *
     * @param kept what this has returned for the reader before
     * @return the part of a head that was put aside, to be given to {@link #read}
     */
    Optional<ByteBuffer> begin(ApplicationBufferHandler reader, Optional<ByteBuffer> kept) {
        ByteBuffer held = reader.getByteBuffer();
        if (held == null || held.limit() == 0) {
            reader.setByteBuffer(none.duplicate());
            return Optional.empty();
        }
        if (held.array() == none.array()) {
            return kept;
        }
        if (held.capacity() >= none.capacity()) {
            return Optional.empty();
        }
        if (held.hasRemaining()) {
            // Tomcat reads this to its end before it asks for more.
            ByteBuffer whole = grown(held, none.capacity());
            reader.setByteBuffer(whole.limit(held.limit()).position(held.position()));
            return Optional.empty();
        }
        reader.setByteBuffer(none.duplicate().limit(held.limit()).position(held.position()));
        return Optional.of(held);
    }

    /**
     * Reads without blocking what has come, and gives the reader a longer buffer where it has no room. Only where bytes
     * have come: until then a caller may wait with a reference to the old one.
     *
     * @param kept the part of a head that was put aside; the reader gets it back
     * @param shown the reader's buffer, to be filled from its position on, whatever its limit
     */
    int read(Source source, ApplicationBufferHandler reader, Optional<ByteBuffer> kept, ByteBuffer shown)
            throws IOException {
        kept.ifPresent(reader::setByteBuffer);
        ByteBuffer target = kept.orElse(shown);
        target.limit(target.capacity());
        boolean isNone = target.array() == none.array();
        if (!isNone && target.remaining() >= MIN_FREE_BYTES) {
            return source.read(target);
        }
        Optional<ByteBuffer> lent = arrivals.lend();
        ByteBuffer arrived = lent.orElseGet(() -> ByteBuffer.allocate(READ_BYTES));
        try {
            int n = source.read(arrived);
            if (n > 0) {
                arrived.flip();
                if (isNone) {
                    reader.setByteBuffer(ByteBuffer.allocate(n).put(arrived));
                } else {
                    append(arrived, reader, target);
                }
            }
            return n;
        } finally {
            lent.ifPresent(arrivals::giveBack);
        }
    }

    private void append(ByteBuffer arrived, ApplicationBufferHandler reader, ByteBuffer target) {
        int n = arrived.remaining();
        if (target.remaining() >= n) {
            target.put(arrived);
            return;
        }
        int end = target.position();
        // Not by what has come alone: a client that sends byte after byte would have all of them copied for each.
        int length = Math.max(end + n, Math.min(2 * end, none.capacity()));
        reader.setByteBuffer(grown(target, length).position(end).put(arrived));
    }

    /** Copies a buffer into a longer array; fields of a head that refer to the old array go on to do so. */
    private static ByteBuffer grown(ByteBuffer buffer, int length) {
        return ByteBuffer.wrap(Arrays.copyOf(buffer.array(), length));
    }
}
