package org.fairlead.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Chunked request body (RFC 9112 7.1): how much of it can be read without waiting, judged by the bytes that have
 * arrived.
 */
final class ChunkedBody {
    /**
     * Length that exceeds a chunk's head and the end of the chunk before it, unless a client sends long chunk
     * extensions.
     */
    private static final int CHUNK_HEAD_BYTES = 64;

    private static final int CRLF_BYTES = 2;

    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private ChunkedBody() {}

    /**
     * Number of bytes that have arrived and that no read has taken.
     *
     * @param raw the connection's read buffer; what remains of it is not yet in Tomcat's filter, which has all the rest
     * @param taken the chunk data of the last read, at its place in the array of {@code raw}; another array = there was
     *     none
     */
    static int unread(ByteBuffer raw, ByteBuffer taken) {
        if (raw.hasRemaining()) {
            return raw.remaining();
        }
        return taken.limit() > 0 && taken.array() == raw.array() ? Math.max(0, raw.limit() - taken.limit()) : 0;
    }

    /**
     * Whether a read of these bytes waits for no others: they exceed a chunk's head, or they end with the last chunk.
     * Where they are neither a chunk nor the last one, they are an error, for which a read does not wait either.
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
