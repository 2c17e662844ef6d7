package org.fairlead.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import org.fairlead.http.Headers;

/**
 * Operations of our own launcher's connector for one exchange, beyond the Servlet API. The servlet looks for it in a
 * request attribute; in another container that is absent, and the API must suffice. Used by the exchange's threads, for
 * as long as the exchange lasts.
 */
public interface ContainerExtensions {
    /** The name of the request attribute. */
    String ATTRIBUTE = ContainerExtensions.class.getName();

    /** The path of the request's target as received, without the query. */
    String path();

    /** The field lines of the request in the order in which they came, which the API loses. */
    Headers fields();

    /**
     * Adds the field lines of the one response unchanged, of any total length: the API parses {@code Content-Type} and
     * formats it anew, and a container's own buffer for a head is small.
     */
    void respond(Headers fields);

    /** Reads from the socket without blocking, and returns how many bytes of the body are available. */
    int fill();

    /**
     * Available bytes of a chunked body, chunk headers and the last chunk included; reads from the socket without
     * blocking. 0 = a read may block, for instance after half a chunk header; also in HTTP/2.
     */
    int availableInChunks();

    /**
     * Whether the body is complete; for a stream that has ended. In HTTP/2 a reset ends the stream of a body too, and
     * only END_STREAM makes it complete (RFC 9113 8.1).
     */
    boolean isBodyWhole();

    /** As {@link RequestBody#await}; also for a write that the client may be slow to take. */
    void await(RequestBody.Wait wait) throws IOException;

    /** Sets the timeout of reads of the body that start from now on. */
    void readTimeout(Duration limit);

    /**
     * A stream for the response body that bypasses the container's own buffer, which must not be written to then: a
     * {@link DirectOutput}. Empty where bytes are transformed: under TLS, and in HTTP/2.
     */
    Optional<OutputStream> output();

    /** As {@link Exchange#pause}; the servlet has returned before the suspension is resumed or cancelled. */
    Optional<Runnable> pause(Suspension pause);

    /** As {@link Exchange#watchClient}, for a thread that waits. */
    ClientWatch watchClient(Runnable left);

    /** Discards the rest of the body without reading it. */
    void dropBody();

    /** Clears the error that the container has set for a body that could not be read: the response to it is ours. */
    void forgetError();

    /**
     * Whether this response must announce the end of the connection, so that the client sends no further request on it:
     * its listener is closed.
     */
    boolean isLastAnswer();
}
