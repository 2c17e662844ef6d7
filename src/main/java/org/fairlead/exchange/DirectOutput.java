package org.fairlead.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An answer's body on its way to a client whose connection sends bytes as they are: what was read into a buffer outside the
 * heap goes to the kernel from there, where an array would be copied twice. Used by one thread.
 */
public interface DirectOutput {
    /** Bytes; less is copied as fast. */
    int WORTHWHILE = 32 * 1024;

    /**
     * Lends a buffer outside the heap, of some tens of kilobytes and with any content; empty where none is left or bytes
     * do not go as they are. To be given back once bytes no longer come in bulk.
     */
    Optional<ByteBuffer> lend();

    /** Takes back what was lent. */
    void giveBack(ByteBuffer lent);

    /**
     * Writes all that remains in the buffer, blocking, behind whatever was written before.
     *
     * @throws IOException if the client does not take it
     */
    void write(ByteBuffer bytes) throws IOException;
}
