package org.fairlead.exchange;

import java.io.IOException;
import java.io.InputStream;
import org.fairlead.http.Headers;

/**
 * The body of a request, read once and only when a member is ready to receive it: the first {@link #stream()} makes
 * the container respond to {@code Expect: 100-continue}.
 */
public interface RequestBody {
    /** The length in bytes; −1 = unknown until its end (chunked, or HTTP/2 without content-length). 0 = no body. */
    long length();

    /** Whether there can be a byte to send: false for a request without a body. */
    default boolean isPresent() {
        return length() != 0;
    }

    /** The bytes; always the same stream. */
    InputStream stream() throws IOException;

    /**
     * Whether a read would return or fail at once. If not, the next bytes are awaited in the background, and
     * {@code wake} is run by any thread on arrival: so a thread that sends a body can react to other events meanwhile.
     *
     * @return true also where there is no way to know; a read may block then
     */
    default boolean isReady(Runnable wake) throws IOException {
        return true;
    }

    /** An operation that waits for the client. */
    interface Wait {
        void run() throws IOException;
    }

    /** Waits for the client's next bytes in the given way, so that other tasks can use the thread meanwhile. */
    default void await(Wait wait) throws IOException {
        wait.run();
    }

    /** The trailer fields, known once the stream has ended; empty where there are none or the container hides them. */
    Headers trailers();

    /** The body of a request that has none. */
    RequestBody NONE = new RequestBody() {
        @Override
        public long length() {
            return 0;
        }

        @Override
        public InputStream stream() {
            return InputStream.nullInputStream();
        }

        @Override
        public Headers trailers() {
            return new Headers();
        }
    };
}
