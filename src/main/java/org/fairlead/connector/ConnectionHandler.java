package org.fairlead.connector;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.fairlead.model.ReadTimeout;

/**
 * Open connections of a listener, with the operations on all of them: cutting slow heads, closing idle connections.
 *
 * @param timeout how long a client may send nothing within a head
 */
record ConnectionHandler(Collection<SocketWrapperBase<NioChannel>> all, Duration timeout) {
    /** How long a connection with a late head may wait for a thread that sends the refusal. */
    private static final Duration REFUSAL_TIMEOUT = Duration.ofSeconds(10);

    boolean areThere() {
        return !all.isEmpty();
    }

    /** @param now in {@link System#nanoTime} */
    void cutSlowHeads(ReadTimeout limit, long now) {
        long before = System.currentTimeMillis() - timeout.toMillis();
        for (SocketWrapperBase<NioChannel> connection : all) {
            if (connection.getCurrentProcessor() instanceof FairleadHttp11Processor processor
                    && connection.getSocket() instanceof CountingNioChannel channel
                    && connection instanceof NioSocketWrapper socket
                    && processor
                            .head()
                            .isOverdue(limit, channel.progress().received(), socket.getLastRead() < before, now)) {
                processor.head().giveUp(connection, REFUSAL_TIMEOUT, now);
            } else if (connection instanceof ConnectionWrapper own) {
                own.cutSlowBlock(limit, now);
            }
        }
    }

    /**
     * Closes idle connections in order; to be called again and again. HTTP/2 clients are told at once to begin no more
     * streams. On a connection that was in use just now a request may be about to arrive: it is left alone.
     */
    void closeIdle(Duration silence) {
        long before = System.currentTimeMillis() - silence.toMillis();
        for (SocketWrapperBase<NioChannel> connection : all) {
            Optional<Http2Connection> streams = Http2Connection.of(connection);
            streams.ifPresent(Http2Connection::leave);
            if (streams.map(Http2Connection::isIdle).orElseGet(() -> isIdle(connection))
                    && connection instanceof NioSocketWrapper socket
                    && Math.max(socket.getLastRead(), socket.getLastWrite()) < before) {
                streams.ifPresentOrElse(Http2Connection::end, () -> closeUnlessHeard(connection));
            }
        }
    }

    /**
     * A request that has arrived and that no thread has seen yet is served, with the notice that the connection ends.
     */
    private static void closeUnlessHeard(SocketWrapperBase<NioChannel> connection) {
        if (!connection.getLock().tryLock()) {
            return;
        }
        try {
            if (!isIdle(connection)) {
                return;
            }
            if (connection instanceof ConnectionWrapper own && own.isHeard()) {
                connection.processSocket(SocketEvent.OPEN_READ, true);
            } else {
                connection.close();
            }
        } finally {
            connection.getLock().unlock();
        }
    }

    /**
     * Tomcat removes the processor while a thread works, and keeps none for a connection that waits for its next
     * request.
     */
    private static boolean isIdle(SocketWrapperBase<NioChannel> connection) {
        if (!(connection.getSocket() instanceof CountingNioChannel channel)
                || channel.progress().busy().get()) {
            return false;
        }
        if (connection.getCurrentProcessor() instanceof FairleadHttp11Processor processor) {
            return processor.isIdle();
        }
        return connection.getCurrentProcessor() == null
                && (channel.progress().received() == 0 || connection.getSocket().isHandshakeComplete());
    }
}
