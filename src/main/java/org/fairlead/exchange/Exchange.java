package org.fairlead.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;

/**
 * One request and its response, independent of the container. One thread at a time uses it.
 *
 * <p>The response is either {@linkplain #reply sent} once, or {@linkplain #switchProtocols switches protocols}, and may
 * be {@linkplain #abort aborted} at any time after its head was sent.
 *
 * <p>The defaults are those of a request without a body, TLS and container, to which only {@link #reply} can be sent. An
 * exchange that stands for another has to pass on what the other offers.
 */
public interface Exchange {
    /** Unique over restarts and instances ({@code UNIQUE_ID}); the first word of every log line about this exchange. */
    String id();

    RequestHead request();

    ClientConnection connection();

    /**
     * The id of the client's connection: equal for all requests of one connection, and for no other one as long as the
     * JVM lives. Empty where the container does not report it.
     */
    default Optional<String> clientConnectionId() {
        return Optional.empty();
    }

    /** Sets the client address that a trusted proxy reports; {@link #connection} returns it from now on. */
    void onBehalfOf(String clientAddress);

    default RequestBody body() {
        return RequestBody.NONE;
    }

    Environment environment();

    /** The prefix of our paths as the client sees them: the context path, or empty for the root. No trailing slash. */
    default String mountPath() {
        return "";
    }

    /** A TLS variable such as {@code SSL_PROTOCOL} or {@code SSL_CLIENT_S_DN}; empty where unknown or not on TLS. */
    default Optional<String> tlsVariable(String name) {
        return Optional.empty();
    }

    /** Sets whether names in certificates are written in OpenSSL's old form, {@code /C=DE/CN=ab}, from now on. */
    default void legacyNames(boolean legacy) {}

    /** The TLS settings of its connection; empty where another container owns the connection, or without TLS. */
    default Optional<TlsAgreement> tlsAgreement() {
        return Optional.empty();
    }

    /** The trace that records why this request is decided as it is. */
    default DecisionTrace trace() {
        return DecisionTrace.NONE;
    }

    /** The user that the container's own login has established; empty if there is none. */
    default Optional<String> containerUser() {
        return Optional.empty();
    }

    /** Forwards an interim response (1xx but 100 and 101) where the container can; else does nothing. */
    default void interim(ResponseHead head) throws IOException {}

    /** Lets the client send its body now (100 Continue), where the container has not done so; else does nothing. */
    default void proceed() throws IOException {}

    /**
     * Sends the head and returns the stream for the body.
     *
     * @param length bytes that follow; −1 = unknown, so the container frames them; ignored where no body is allowed
     * @throws IOException if the client is gone
     */
    OutputStream reply(ResponseHead head, long length) throws IOException;

    /**
     * Whether this exchange reads the body of a member's response itself, by {@link #take}, instead of having it
     * written to what {@link #reply} returns.
     */
    default boolean pullsBody() {
        return false;
    }

    /**
     * Takes the response of a member, of which the engine's caller reads the body afterwards. Called at most once, and
     * only where {@link #pullsBody()} says so; responses of our own are {@linkplain #reply replied}.
     *
     * @param length bytes of the body; −1 = unknown
     * @param body holds the member's connection until its end is read or it is closed
     */
    default void take(ResponseHead head, long length, InputStream body) {
        throw new UnsupportedOperationException("this exchange has its response written");
    }

    /**
     * Sets the trailer fields that follow the body; before its end. Does nothing where client or container cannot.
     *
     * @throws IOException if the client is gone
     */
    default void trailers(Headers trailers) throws IOException {}

    /** Whether the head of the final response was sent, so that only an abort is possible after a failure. */
    default boolean isCommitted() {
        return false;
    }

    /** Ends the client's connection (h2: its stream) so that the client can see that the response is truncated. */
    void abort();

    /**
     * Suspends this exchange, where the container can release its thread. The caller returns then, and does not touch
     * the exchange until the suspension is resumed.
     *
     * @return the resume callback: continues the exchange on a thread of the container; runs once or more often, on any
     *     thread, and never blocks. Empty = the thread has to wait itself
     */
    default Optional<Runnable> pause(Suspension pause) {
        return Optional.empty();
    }

    /**
     * Runs {@code left}, once and on another thread, if the client disconnects before the watch is closed: its
     * connection breaks or ends, or its stream is reset. It must not block. It never runs where the container does not
     * watch.
     */
    default ClientWatch watchClient(Runnable left) {
        return ClientWatch.NONE;
    }

    /** Whether {@link #switchProtocols} is supported here. */
    default boolean canSwitchProtocols() {
        return false;
    }

    /**
     * Responds with 101 and these fields and passes both directions of the connection to {@code tunnel}, which runs
     * after this exchange has returned and must end itself.
     *
     * @throws IllegalStateException unless {@link #canSwitchProtocols}
     */
    default void switchProtocols(ResponseHead head, Tunnel tunnel) throws IOException {
        throw new IllegalStateException("this exchange cannot switch protocols");
    }
}
