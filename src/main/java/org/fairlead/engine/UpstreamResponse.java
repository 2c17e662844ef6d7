package org.fairlead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.fairlead.exchange.Tunnel;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;

/**
 * A member's response whose head has arrived. It holds a connection until it is closed: a fully read response on a
 * healthy connection goes back to the pool, anything else is aborted, never drained. Used by one thread.
 */
public interface UpstreamResponse extends AutoCloseable {
    /** Status and fields as they came, hop-by-hop ones included, strictly parsed. */
    ResponseHead head();

    /** Bytes of the body; −1 = unknown (chunked or until close); 0 where there is none. */
    long length();

    /**
     * Copies the body as it comes: whenever the member has nothing more at hand, {@code out} is flushed, so that no
     * byte waits for a buffer to fill. Where {@code out} is a {@link org.fairlead.exchange.DirectOutput}, bytes may
     * bypass the stream.
     *
     * @return bytes copied
     * @throws UpstreamException if the member breaks off or its framing is wrong: the copied body is cut
     * @throws ClientGoneException if {@code out} fails
     */
    long copyTo(OutputStream out) throws UpstreamException, ClientGoneException;

    /**
     * The body as a stream for the few callers that read it themselves (an overridden error page is not one of them).
     */
    InputStream body() throws IOException;

    /** Trailer fields, after the body has ended; empty if there are none. */
    Headers trailers();

    /** The bytes of the request's body that were sent to the member. */
    long bytesSent();

    /** When a connection to the member was available, by {@link System#nanoTime}. */
    long connectedAt();

    /** After a 101: the member's side of the tunnel; it owns the connection from now on. */
    Tunnel tunnel();

    /**
     * Returns the connection to the pool or, unless the response was read to its end, aborts it. Never blocks, never
     * throws; a second call does nothing.
     */
    @Override
    void close();
}
