package org.fairlead.servlet;

import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fairlead.exchange.Tunnel;

/**
 * Upgrade handler that hands a connection to its tunnel once the container has left HTTP on it. The container makes it.
 */
public final class TunnelHandler implements HttpUpgradeHandler {
    private static final System.Logger LOG = System.getLogger(TunnelHandler.class.getName());

    private final AtomicBoolean closing = new AtomicBoolean();
    private final ClientReads reads = new ClientReads();
    private volatile Tunnel tunnel;

    /** Constructor for the container. */
    public TunnelHandler() {}

    void carry(Tunnel newTunnel) {
        tunnel = newTunnel;
    }

    @Override
    public void init(WebConnection connection) {
        try {
            // Grizzly keeps the 101 until something follows it, while the client speaks only after it.
            connection.getOutputStream().flush();
            tunnel.start(
                    new FromClient(connection.getInputStream(), reads),
                    new ToClient(connection),
                    () -> close(connection));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a client left before its tunnel began", e);
            tunnel.close();
            close(connection);
        }
    }

    @Override
    public void destroy() {
        tunnel.close();
    }

    /**
     * Closes the client's connection. Tomcat performs a close only at the connection's next event, which may never
     * come. So an event is requested, the chance to write, and the close happens in it. That can be requested only
     * once.
     */
    private void close(WebConnection connection) {
        // Requested again when the member is the last to end (its direction's end is the end of both), and for as long
        // as a read of the client goes on.
        if (!closing.compareAndSet(false, true)) {
            reads.end();
            return;
        }
        try {
            connection.getOutputStream().setWriteListener(new LastEvent(connection));
        } catch (IOException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "no further event on a tunnel's client connection", e);
            closeNow(connection);
        }
    }

    private void closeNow(WebConnection connection) {
        try {
            connection.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "a tunnel's client connection was gone before it was closed", e);
        }
        reads.mayBeEnded();
    }

    /**
     * The pending read of the client. Tomcat closes a connection without notifying a thread that waits in it (seen in
     * 10.1.59 and 11.0.24, {@code NioSocketWrapper.fillReadBuffer}). That thread would wait for ever: an interrupt
     * makes it check again. It is not sent before the container has been told to close, though. An interrupt that meets
     * a thread in the read itself closes the socket without the container's knowledge, which would count the connection
     * as open for ever. Thread-safe.
     */
    private static final class ClientReads {
        private Optional<Thread> reader = Optional.empty();
        private boolean endable;

        synchronized void begin() {
            reader = Optional.of(Thread.currentThread());
        }

        synchronized void done() {
            reader = Optional.empty();
            if (endable && Thread.interrupted()) {
                LOG.log(System.Logger.Level.TRACE, "a read of a closed client connection was ended");
            }
        }

        synchronized void mayBeEnded() {
            endable = true;
        }

        /** To be called again for as long as there is a read: a thread that checks too early goes on waiting. */
        synchronized void end() {
            if (endable) {
                reader.ifPresent(Thread::interrupt);
            }
        }
    }

    /**
     * Stream from the client. Tomcat reports by an exception that a client has ended its direction; the other one goes
     * on.
     */
    private static final class FromClient extends FilterInputStream {
        private final ClientReads reads;

        FromClient(InputStream in, ClientReads reads) {
            super(in);
            this.reads = reads;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            reads.begin();
            try {
                return in.read(bytes, offset, length);
            } catch (EOFException e) {
                return -1;
            } finally {
                reads.done();
            }
        }
    }

    /** A servlet cannot end one direction of its client's connection: the member's end is the end of both. */
    private final class ToClient extends FilterOutputStream {
        private final WebConnection connection;

        ToClient(WebConnection connection) throws IOException {
            super(connection.getOutputStream());
            this.connection = connection;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {
            TunnelHandler.this.close(connection);
        }
    }

    private final class LastEvent implements WriteListener {
        private final WebConnection connection;

        LastEvent(WebConnection connection) {
            this.connection = connection;
        }

        @Override
        public void onWritePossible() {
            closeNow(connection);
        }

        @Override
        public void onError(Throwable cause) {
            closeNow(connection);
        }
    }
}
