package org.fairlead.servlet;

import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fairlead.exchange.Tunnel;

/** Hands a connection to its tunnel once the container has let go of HTTP on it. The container makes the object. */
public final class TunnelHandler implements HttpUpgradeHandler {
    private static final System.Logger LOG = System.getLogger(TunnelHandler.class.getName());

    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Tunnel tunnel;

    /** For the container. */
    public TunnelHandler() {}

    void carry(Tunnel newTunnel) {
        tunnel = newTunnel;
    }

    @Override
    public void init(WebConnection connection) {
        try {
            tunnel.start(
                    new FromClient(connection.getInputStream()), new ToClient(connection), () -> close(connection));
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
     * Closes the client's connection. Tomcat takes a close to heart only at the connection's next event, which may never
     * come: so one is asked for, the chance to write, and the close happens in it. It may be asked for once only, and both
     * the member's end and the tunnel's lead here.
     */
    private void close(WebConnection connection) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            connection.getOutputStream().setWriteListener(new LastEvent(connection));
        } catch (IOException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "no further event on a tunnel's client connection", e);
            closeNow(connection);
        }
    }

    private static void closeNow(WebConnection connection) {
        try {
            connection.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "a tunnel's client connection was gone before it was closed", e);
        }
    }

    /** Tomcat says by an exception that a client has ended its direction; the other one goes on. */
    private static final class FromClient extends FilterInputStream {
        FromClient(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (EOFException e) {
                return -1;
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

    private record LastEvent(WebConnection connection) implements WriteListener {
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
