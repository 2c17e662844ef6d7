package org.fairlead.connector;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Status of an oversized head, as opposed to a malformed one; Tomcat has 400 for both (RFC 9110 15.5.15, RFC 6585 5).
 */
final class HeadLimits {
    private static final int URI_TOO_LONG = 414;
    private static final int REQUEST_HEADER_FIELDS_TOO_LARGE = 431;

    private HeadLimits() {}

    /**
     * Returns 414 where the request line is too long, 431 where the fields are or where there are too many, else 0.
     *
     * @param reason what Tomcat's reader of heads has thrown
     * @param head what has come, read up to its position
     * @param maxBytes of a head
     */
    static int status(Throwable reason, Optional<ByteBuffer> head, int maxBytes) {
        if (reason instanceof IllegalStateException) {
            // The one that Tomcat's list of fields throws when it is full.
            return REQUEST_HEADER_FIELDS_TOO_LARGE;
        }
        if (!(reason instanceof IllegalArgumentException) || head.isEmpty()) {
            return 0;
        }
        ByteBuffer read = head.get();
        boolean full = read.position() >= maxBytes || !read.hasRemaining() && read.limit() >= maxBytes;
        if (!full) {
            return 0;
        }
        return HeaderByteCount.lineBytes(read) > maxBytes ? URI_TOO_LONG : REQUEST_HEADER_FIELDS_TOO_LARGE;
    }
}
