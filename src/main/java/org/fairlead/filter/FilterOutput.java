package org.fairlead.filter;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The output of a body filter: writes what it makes of the bytes it gets to the next output. Held bytes are bounded,
 * and {@link #flush()} writes as many of them as the filter can. Used by one thread.
 */
public abstract class FilterOutput extends OutputStream {
    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Writes the rest, because the body has ended. Does not end the next output.
     *
     * @throws BrokenBodyException if the body is incomplete
     */
    public abstract void finish() throws IOException;

    /** Releases what it holds, and writes nothing; runs after {@link #finish()}, or instead of it. */
    @Override
    public void close() {}

    /** Thrown when the client has got all that it asked for, while the body goes on. */
    public static final class CompleteException extends IOException {
        private static final long serialVersionUID = 1;

        public CompleteException() {
            super("the response is complete");
        }
    }

    /** Thrown when a member's body is not what its fields say. */
    public static final class BrokenBodyException extends IOException {
        private static final long serialVersionUID = 1;

        public BrokenBodyException(String reason) {
            super(reason);
        }
    }
}
