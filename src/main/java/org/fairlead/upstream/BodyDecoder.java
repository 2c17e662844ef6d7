package org.fairlead.upstream;

import java.io.IOException;
import org.fairlead.http.Headers;

/**
 * A decoder of a response's body: finds its bytes and its end among those in the {@link ReadBuffer} of its connection,
 * in place. Used by one thread.
 */
interface BodyDecoder {
    /**
     * Returns how many bytes of the body lie at the read buffer's position: 0 = more must be read first, −1 = it has
     * ended. Never reads.
     *
     * @throws BadResponseException if the framing is malformed
     * @throws java.io.EOFException if the member has ended its side too early
     */
    int atHand() throws IOException;

    /** Records that {@code n} bytes at hand were used. */
    void used(int n);

    /**
     * Reads more into the read buffer, blocking.
     *
     * @return bytes read; 0 = something else was done that the body waited for; −1 = the member has ended its side
     */
    int fill() throws IOException;

    /** Bytes that are certainly still to come; 0 if unknown. */
    long remaining();

    /** Whether all remaining bytes are the body's, so that they may bypass the read buffer once that is empty. */
    boolean isCounted();

    /** Records that {@code n} bytes were used that never were in the read buffer. */
    void passed(int n);

    /** Trailer fields, after the end; empty if there are none. */
    Headers trailers();
}
