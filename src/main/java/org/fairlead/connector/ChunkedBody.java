package org.fairlead.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How much of a request's body in chunks (RFC 9112 7.1) can be read without waiting, by the bytes that have come of it. */
final class ChunkedBody {
    /** More than a chunk's head and the end of the chunk before it, unless a client plays with extensions. */
    private static final int CHUNK_HEAD_BYTES = 64;

    private static final int CRLF_BYTES = 2;

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ChunkedBody() {}

    /**
     * Bytes that have come and that no read has taken.
     *
     * @param raw what the connection is read into; what remains of it is not yet in Tomcat's filter, which has all the rest
     * @param taken the chunk data of the last read, at its place in the array of {@code raw}; another array = there was none
     */
    static int unread(ByteBuffer raw, ByteBuffer taken) {
        if (raw.hasRemaining()) {
            return raw.remaining();
        }
        return taken.limit() > 0 && taken.array() == raw.array() ? Math.max(0, raw.limit() - taken.limit()) : 0;
    }

    /**
     * Whether a read of these bytes waits for no others: they are longer than a chunk's head, or the last chunk is what comes
     * last. Where they are neither a chunk nor the last one, they are an error, for which a read does not wait either.
     *
     * @param unread how many of the last bytes of {@code raw}
     */
    static boolean isReadable(ByteBuffer raw, int unread) {
        int from = raw.limit() - LAST_CHUNK.length;
        return unread > CHUNK_HEAD_BYTES
                || unread >= CRLF_BYTES
                        && from >= 0
                        && raw.duplicate().position(from).equals(ByteBuffer.wrap(LAST_CHUNK));
    }
}
