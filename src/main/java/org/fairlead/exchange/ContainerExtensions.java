package org.fairlead.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import org.fairlead.http.Headers;

/**
 * What the connector of our own launcher can do for one exchange beyond the Servlet API. It stands in a request attribute,
 * where the servlet looks for it; in another container nothing does, and the API must do. Used by the exchange's threads,
 * for as long as the exchange lasts.
 */
public interface ContainerExtensions {
    /** The name of the request attribute. */
    String ATTRIBUTE = ContainerExtensions.class.getName();

    /** The path of the request's target as it came, without the query. */
    String path();

    /** The field lines of the request in the order in which they came, which the API loses. */
    Headers fields();

    /**
     * Adds the lines of the one response as they are, of any length together: the API takes {@code Content-Type} apart and
     * spells it anew, and a container's own buffer for a head is small.
     */
    void respond(Headers fields);

    /** Reads what is in the socket without blocking, and says how many bytes of the body are at hand. */
    int fill();

    /**
     * Bytes of a body in chunks that are at hand, heads of chunks and the last chunk included; reads what is in the socket
     * without blocking. 0 = a read may wait for more, as where half a chunk's head has come; also in HTTP/2.
     */
    int availableInChunks();

    /**
     * Whether the client has said that the body is whole; for a stream that has ended. In HTTP/2 a reset ends the stream
     * of a body too, and nothing but END_STREAM makes it whole (RFC 9113 8.1).
     */
    boolean isBodyWhole();

    /** As {@link RequestBody#await}; also for a write that the client may be slow to take. */
    void await(RequestBody.Wait wait) throws IOException;

    /** Ends the reads of the body that start from now on after this time. */
    void readTimeout(Duration limit);

    /**
     * A stream for the answer's body past the buffer of the container's own, which must not be written to then: a
     * {@link DirectOutput}. Empty where bytes do not go as they are: under TLS, and in HTTP/2.
     */
    Optional<OutputStream> output();

    /** As {@link Exchange#pause}; the servlet has returned by the time that the pause is told anything. */
    Optional<Runnable> pause(Suspension pause);

    /** As {@link Exchange#watchClient}, for a thread that waits. */
    ClientWatch watchClient(Runnable left);

    /** Keeps what is left of the body from being read. */
    void dropBody();

    /** Takes back what the container wanted to say of a body that could not be read: that is ours to say. */
    void forgetError();

    /**
     * Whether the client has to be told that its connection ends with this answer, so that it sends nothing into the end:
     * its listener is closed.
     */
    boolean isLastAnswer();
}
