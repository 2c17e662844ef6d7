package org.fairlead.connector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * The step of a connection in which its PROXY header is read, before any TLS. The thread that works on the connection
 * uses it; {@link #isDone()} is for any thread.
 */
final class ProxyHandshake {
    private static final System.Logger LOG = System.getLogger(ProxyHandshake.class.getName());

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private volatile Optional<ProxyHeader> header = Optional.empty();
    private ByteBuffer rest = NONE;

    /** @param expected the header of this connection; empty = there is none */
    void begin(Optional<ProxyHeader> expected) {
        header = expected;
    }

    boolean isDone() {
        return header.isEmpty();
    }

    /**
     * Reads on.
     *
     * @return 0 = done; −1 = the connection is to be closed; else the operation to wait for, as Tomcat's handshakes do
     */
    int read(SocketChannel channel, ConnectionWrapper connection) throws IOException {
        ProxyHeader reading = header.orElseThrow();
        switch (reading.read(channel)) {
            case INCOMPLETE -> {
                return SelectionKey.OP_READ;
            }
            case BROKEN -> {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "{0}: a connection without a valid PROXY header is closed (RemoteIPProxyProtocol)",
                        connection.client());
                return -1;
            }
            case DONE -> {
                reading.client().ifPresent(connection::speaksFor);
                rest = reading.rest();
                header = Optional.empty();
            }
        }
        return 0;
    }

    /** Moves bytes that were read ahead and belong to what follows; returns how many. */
    int take(ByteBuffer target) {
        int n = Math.min(rest.remaining(), target.remaining());
        if (n > 0) {
            target.put(rest.slice(rest.position(), n));
            rest.position(rest.position() + n);
        }
        return n;
    }

    boolean isAhead() {
        return rest.hasRemaining();
    }
}
