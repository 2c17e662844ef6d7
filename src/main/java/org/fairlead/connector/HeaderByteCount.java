package org.fairlead.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the bytes of a head say, before anybody has parsed them or when nobody could. */
final class HeaderByteCount {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private HeaderByteCount() {}

    /** Whether a request line is there to its end. */
    static boolean hasWholeLine(ByteBuffer head) {
        boolean begun = false;
        for (int i = 0; i < head.limit(); i++) {
            byte b = head.get(i);
            if (b == '\n' && begun) {
                return true;
            }
            begun |= b != '\n' && b != '\r';
        }
        return false;
    }

    /** Whether the last chunk of a body without trailers is what comes last. */
    static boolean endWithLastChunk(ByteBuffer buffer) {
        int from = buffer.limit() - LAST_CHUNK.length;
        return from >= 0 && buffer.duplicate().position(from).equals(ByteBuffer.wrap(LAST_CHUNK));
    }

    /** The first line as it came, one char for each byte. */
    static String firstLine(ByteBuffer buffer) {
        ByteBuffer head = buffer.duplicate();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < head.limit(); i++) {
            char c = (char) (head.get(i) & 0xff);
            if (c == '\n' && !line.isEmpty()) {
                break;
            }
            // Empty lines in front of a request are passed over (RFC 9112 2.2).
            if (c != '\n' && (c != '\r' || i + 1 < head.limit() && head.get(i + 1) != '\n')) {
                line.append(c);
            }
        }
        return line.toString();
    }
}
