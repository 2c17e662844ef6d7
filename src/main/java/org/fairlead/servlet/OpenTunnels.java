package org.fairlead.servlet;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.fairlead.exchange.Tunnel;

/**
 * The tunnels of this web application. A container ends requests before it undeploys, but knows nothing of connections
 * that have left HTTP: they would go on, with threads and classes of an application that is gone. Thread-safe.
 */
final class OpenTunnels implements AutoCloseable {
    private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();

    /** Returns the tunnel, known here from now until it has ended. */
    Tunnel follow(Tunnel tunnel) {
        Tunnel followed = new Followed(tunnel);
        open.add(followed);
        return followed;
    }

    /** Ends those that are open. */
    @Override
    public void close() {
        open.forEach(Tunnel::close);
    }

    private final class Followed implements Tunnel {
        private final Tunnel tunnel;

        Followed(Tunnel tunnel) {
            this.tunnel = tunnel;
        }

        @Override
        public void start(InputStream fromClient, OutputStream toClient, Runnable closed) {
            tunnel.start(fromClient, toClient, () -> {
                open.remove(this);
                closed.run();
            });
        }

        @Override
        public void close() {
            open.remove(this);
            tunnel.close();
        }
    }
}
