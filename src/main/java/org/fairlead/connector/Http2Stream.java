package org.fairlead.connector;

import java.util.Optional;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.fairlead.exchange.ClientWatch;

/** State of one HTTP/2 request while it is served. Thread-safe. */
final class Http2Stream {
    private final Optional<ConnectionWrapper> connection;
    private volatile boolean ended;
    private volatile boolean left;
    private Optional<Runnable> toTell = Optional.empty();

    /** @param ended whether the head was all there is */
    Http2Stream(SocketWrapperBase<?> connection, boolean ended) {
        this.connection = connection instanceof ConnectionWrapper own ? Optional.of(own) : Optional.empty();
        this.ended = ended;
    }

    /** Connection of the stream. */
    Optional<ConnectionWrapper> connection() {
        return connection;
    }

    /** As {@link org.fairlead.exchange.Exchange#watchClient}. */
    synchronized ClientWatch watchClient(Runnable told) {
        if (left) {
            told.run();
            return ClientWatch.NONE;
        }
        toTell = Optional.of(told);
        return this::unwatch;
    }

    private synchronized void unwatch() {
        toTell = Optional.empty();
    }

    /**
     * Notes that RST_STREAM has come, or that the connection has ended, and notifies the watcher. From now on the request
     * reaches no member.
     */
    synchronized void leave() {
        left = true;
        toTell.ifPresent(Runnable::run);
        toTell = Optional.empty();
    }

    /** Notes that END_STREAM has come. */
    void end() {
        ended = true;
    }

    boolean isLeft() {
        return left;
    }

    /** Whether the client has completed its request (END_STREAM, RFC 9113 8.1); a reset does not complete it. */
    boolean isEnded() {
        return ended;
    }
}
