package org.fairlead.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Zero-copy output of a response body to a client whose connection sends bytes unchanged. A direct buffer goes to the
 * kernel as it is, where an array would be copied twice. Used by one thread.
 */
public interface DirectOutput {
    /** The smallest size in bytes for which this pays; a smaller body is copied as fast. */
    int WORTHWHILE = 32 * 1024;

    /**
     * Lends a direct buffer of some tens of kilobytes, with any content; empty where none is left or bytes are not sent
     * unchanged. To be given back once bytes no longer arrive in bulk.
     */
    Optional<ByteBuffer> lend();

    /** Returns a lent buffer to the pool. */
    void giveBack(ByteBuffer lent);

    /**
     * Writes all remaining bytes of the buffer, blocking, after all that was written before.
     *
     * @throws IOException if the client does not take it
     */
    void write(ByteBuffer bytes) throws IOException;
}
