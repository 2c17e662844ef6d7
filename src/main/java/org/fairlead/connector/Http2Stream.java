package org.fairlead.connector;

import java.util.Optional;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** What is known of one request of HTTP/2 while it is served. Thread-safe. */
final class Http2Stream {
    private final Optional<ConnectionWrapper> connection;
    private volatile boolean ended;
    private volatile boolean reset;

    /** @param ended whether the head was all there is */
    Http2Stream(SocketWrapperBase<?> connection, boolean ended) {
        this.connection = connection instanceof ConnectionWrapper own ? Optional.of(own) : Optional.empty();
        this.ended = ended;
    }

    /** The connection that it is on. */
    Optional<ConnectionWrapper> connection() {
        return connection;
    }

    /** END_STREAM has come. */
    void end() {
        ended = true;
    }

    /** RST_STREAM has come. */
    void reset() {
        reset = true;
    }

    boolean isReset() {
        return reset;
    }

    /** Whether the client has said that its request is whole (END_STREAM, RFC 9113 8.1); a reset says nothing of the kind. */
    boolean isEnded() {
        return ended;
    }
}
