package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * What requests on plain connections are read into: arrays as long as what has come. By itself Tomcat gives each reader of
 * requests room for the longest head that is allowed, and a request that waits for a slow member holds it meanwhile. The
 * limit of heads is the reader's business as before. Thread-safe; a reader is used by one thread at a time.
 */
final class RequestHeaderBuffers {
    /** A body of 16 KiB and its head come in one system call. */
    private static final int READ_BYTES = 20 * 1024;

    private static final int MIN_FREE_BYTES = 8192;

    /** They are lent within a call that does not block, so there are hardly more in use than processors. */
    private static final int MAX_POOLED_BUFFERS = 64;

    /** So big that Tomcat makes none itself; shared by all, since nothing is ever written into it. */
    private final ByteBuffer none;

    private final DirectBufferPool arrivals = new DirectBufferPool(READ_BYTES, MAX_POOLED_BUFFERS);

    /** @param longestHead bytes that the readers allow to a head */
    RequestHeaderBuffers(int longestHead) {
        none = ByteBuffer.allocate(longestHead + MIN_FREE_BYTES).limit(0);
    }

    /** Where bytes come from, as {@link java.nio.channels.ReadableByteChannel#read}. */
    interface Source {
        int read(ByteBuffer target) throws IOException;
    }

    /**
     * Sees to the buffer of a reader that begins, or goes on with a head that has come in part. Tomcat would drop a shorter
     * buffer than a longest head needs, with what is in it; so it is shown one that looks as long, and as full.
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
            // Of this Tomcat reads on before it asks for more.
            ByteBuffer whole = grown(held, none.capacity());
            reader.setByteBuffer(whole.limit(held.limit()).position(held.position()));
            return Optional.empty();
        }
        reader.setByteBuffer(none.duplicate().limit(held.limit()).position(held.position()));
        return Optional.of(held);
    }

    /**
     * Reads without blocking what has come, and gives the reader a longer buffer where it has no room. Only where something
     * has come: until then a caller may wait with the old one in its hands.
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

    /** What refers to the old array, as fields of a head do, goes on to do so. */
    private static ByteBuffer grown(ByteBuffer buffer, int length) {
        return ByteBuffer.wrap(Arrays.copyOf(buffer.array(), length));
    }
}
