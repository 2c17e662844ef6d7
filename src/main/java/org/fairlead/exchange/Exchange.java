package org.fairlead.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;

/**
 * One request and its answer, without the container that carries them. One thread at a time uses it.
 *
 * <p>The answer is either {@linkplain #reply replied} once, or {@linkplain #switchProtocols switched}, and may be
 * {@linkplain #abort aborted} at any time after its head went out.
 */
public interface Exchange {
    /** Unique over restarts and instances ({@code UNIQUE_ID}); the first word of every log line about this exchange. */
    String id();

    RequestHead request();

    ClientConnection connection();

    /**
     * Names the client's connection: equal for all requests of one connection, and for no other one as long as the JVM
     * lives. Empty where the container does not say.
     */
    default Optional<String> clientConnectionId() {
        return Optional.empty();
    }

    /** Says on whose behalf a trusted proxy asks; {@link #connection} tells it from now on. */
    void onBehalfOf(String clientAddress);

    RequestBody body();

    Environment environment();

    /** What stands before our paths in the client's eyes: the context path, or empty for the root. No slash at its end. */
    String mountPath();

    /** A TLS variable such as {@code SSL_PROTOCOL} or {@code SSL_CLIENT_S_DN}; empty where unknown or not on TLS. */
    Optional<String> tlsVariable(String name);

    /** Says whether the names in certificates are written in OpenSSL's old form, {@code /C=DE/CN=ab}, from now on. */
    default void legacyNames(boolean legacy) {}

    /** By which TLS settings its connection was made; empty where it is not ours to know, or not TLS. */
    default Optional<TlsAgreement> tlsAgreement() {
        return Optional.empty();
    }

    /** Where it is taken down why this request is decided as it is. */
    default DecisionTrace trace() {
        return DecisionTrace.NONE;
    }

    /** Who the container has found the client to be by its own login; empty if it has not. */
    default Optional<String> containerUser() {
        return Optional.empty();
    }

    /** Passes an interim answer (1xx but 100 and 101) on where the container can; else does nothing. */
    void interim(ResponseHead head) throws IOException;

    /** Lets the client send its body now (100 Continue), where the container has not done so; else does nothing. */
    void proceed() throws IOException;

    /**
     * Sends the head and returns where the body goes.
     *
     * @param length bytes that follow; −1 = unknown, so the container frames them; ignored where no body is allowed
     * @throws IOException if the client is gone
     */
    OutputStream reply(ResponseHead head, long length) throws IOException;

    /**
     * Whether this exchange reads the body of a member's response itself, by {@link #take}, instead of having it written
     * to what {@link #reply} returns.
     */
    default boolean pullsBody() {
        return false;
    }

    /**
     * Takes the response of a member, of which the engine's caller reads the body afterwards. Called at most once, and only
     * where {@link #pullsBody()} says so; responses of our own are {@linkplain #reply replied}.
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
    void trailers(Headers trailers) throws IOException;

    /** Whether the head of the final answer went out, so that nothing but an abort is left when something breaks. */
    boolean isCommitted();

    /** Ends the client's connection (h2: its stream) so that it can see that the answer is cut. */
    void abort();

    /**
     * Lets this exchange's thread go, where the container can do without: whoever calls this returns, and touches the
     * exchange no more until {@code pause} is told to go on.
     *
     * @return makes it go on, on a thread of the container's; to be run once or more often, by any thread, and never blocks.
     *     Empty = the thread has to wait itself
     */
    default Optional<Runnable> pause(Suspension pause) {
        return Optional.empty();
    }

    /**
     * Has {@code left} run, once and by another thread, if the client leaves before the watch is closed: its connection
     * breaks or ends, or its stream is reset. It must not block. Nothing is told where the container does not look.
     */
    default ClientWatch watchClient(Runnable left) {
        return ClientWatch.NONE;
    }

    /** Whether {@link #switchProtocols} can work here at all. */
    boolean canSwitchProtocols();

    /**
     * Answers 101 with these fields and hands the connection's two directions to {@code tunnel}, which runs after this
     * exchange has returned and must end itself.
     */
    void switchProtocols(ResponseHead head, Tunnel tunnel) throws IOException;
}
