package org.fairlead.servlet;

import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import org.fairlead.exchange.Tunnel;

/** Hands a connection to its tunnel once the container has let go of HTTP on it. The container makes the object. */
public final class TunnelHandler implements HttpUpgradeHandler {
    private static final System.Logger LOG = System.getLogger(TunnelHandler.class.getName());

    private volatile Tunnel tunnel;

    /** For the container. */
    public TunnelHandler() {}

    void carry(Tunnel newTunnel) {
        tunnel = newTunnel;
    }

    @Override
    public void init(WebConnection connection) {
        try {
            tunnel.start(connection.getInputStream(), connection.getOutputStream(), () -> close(connection));
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

    private static void close(WebConnection connection) {
        try {
            connection.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "a tunnel's client connection was gone before it was closed", e);
        }
    }
}
