package org.fairlead.connector;

import java.nio.ByteBuffer;

/** Reader of a raw request head, for use before it has been parsed or where it could not be parsed. */
final class HeaderByteCount {
    private HeaderByteCount() {}

    /** Whether the request line is complete. */
    static boolean hasWholeLine(ByteBuffer head) {
        return lineBytes(head) < Integer.MAX_VALUE;
    }

    /** Length of the request line in bytes; {@link Integer#MAX_VALUE} = it is not complete. */
    static int lineBytes(ByteBuffer head) {
        boolean begun = false;
        for (int i = 0; i < head.limit(); i++) {
            byte b = head.get(i);
            if (b == '\n' && begun) {
                return i + 1;
            }
            begun |= b != '\n' && b != '\r';
        }
        return Integer.MAX_VALUE;
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
