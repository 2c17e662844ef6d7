package org.fairlead.boot;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/**
 * The listening socket that whoever started the process holds open and gave as its standard input (systemd:
 * {@code StandardInput=socket}). Clients queue in it while no process runs, so that a restart refuses nobody.
 */
final class InheritedSocket {
    private static final System.Logger LOG = System.getLogger(InheritedSocket.class.getName());

    private InheritedSocket() {}

    /** Returns it if it is bound to this port, as httpd chooses among systemd's sockets; the same one each time. */
    static Optional<ServerSocketChannel> at(int port) {
        try {
            if (System.inheritedChannel() instanceof ServerSocketChannel socket
                    && socket.socket().getLocalPort() == port) {
                return Optional.of(socket);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the standard input is a socket that cannot be used", e);
        }
        return Optional.empty();
    }
}
