package org.fairlead.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.ListenerConfig;

/**
 * Listening sockets that the process inherits from its supervisor: as standard input (systemd:
 * {@code StandardInput=socket}), and by systemd's protocol of {@code LISTEN_FDS}. Clients queue in them while no
 * process runs, so that a restart refuses no connection. Immutable; the sockets are shared by all callers.
 */
final class InheritedSockets {
    private static final System.Logger LOG = System.getLogger(InheritedSockets.class.getName());

    private final List<ServerSocketChannel> sockets;

    InheritedSockets(List<ServerSocketChannel> sockets) {
        this.sockets = List.copyOf(sockets);
    }

    /** Made once a process: a descriptor that was taken over is not to be taken again. */
    private static final class OfProcess {
        private static final InheritedSockets SOCKETS = new InheritedSockets(read());
    }

    /** Sockets of this process; one that cannot be taken over is logged, once. */
    static InheritedSockets ofProcess() {
        return OfProcess.SOCKETS;
    }

    private static List<ServerSocketChannel> read() {
        List<ServerSocketChannel> all = new ArrayList<>();
        try {
            if (System.inheritedChannel() instanceof ServerSocketChannel socket) {
                all.add(socket);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the standard input is a socket that cannot be used", e);
        }
        try {
            all.addAll(takeOver(InheritedDescriptor.in(
                    System.getenv(), ProcessHandle.current().pid())));
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "sockets that were handed down are not used: {0}", e.getMessage());
        }
        return all;
    }

    static List<ServerSocketChannel> takeOver(List<InheritedDescriptor> handed) {
        if (handed.isEmpty()) {
            return List.of();
        }
        List<ServerSocketChannel> taken = new ArrayList<>();
        try {
            DescriptorSockets descriptors = DescriptorSockets.ofThisJdk();
            for (InheritedDescriptor one : handed) {
                try {
                    taken.add(descriptors.at(one.descriptor()));
                } catch (IOException e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "{0} was handed down and is not used: {1}",
                            one,
                            e.getMessage());
                }
            }
        } catch (ReflectiveOperationException e) {
            LOG.log(System.Logger.Level.WARNING, notOpen(handed, e));
        }
        return taken;
    }

    private static String notOpen(List<InheritedDescriptor> handed, ReflectiveOperationException reason) {
        return "this JVM cannot take over the sockets that were handed down, " + handed
                + ", and whoever holds them keeps"
                + " their ports from being opened here: " + reason.getMessage()
                + " (expected: started by java -jar, or with --add-opens=java.base/sun.nio.ch=ALL-UNNAMED)";
    }

    /**
     * Returns the socket for a listener: of its port and its address; or of its port, where the socket or the listener
     * is for all addresses. httpd compares the port alone. Each call returns the same one.
     */
    Optional<ServerSocketChannel> at(ListenerConfig listener) {
        List<ServerSocket> ofPort = sockets.stream()
                .map(ServerSocketChannel::socket)
                .filter(socket -> socket.getLocalPort() == listener.port())
                .toList();
        if (ofPort.isEmpty()) {
            return Optional.empty();
        }
        InetAddress wanted;
        try {
            wanted = listener.address().isEmpty()
                    ? new InetSocketAddress(0).getAddress()
                    : InetAddress.getByName(listener.address());
        } catch (UnknownHostException e) {
            // The listener is refused, with its line, when it is bound.
            return Optional.empty();
        }
        Optional<ServerSocket> same = ofPort.stream()
                .filter(socket -> isSame(wanted, socket.getInetAddress()))
                .findFirst();
        if (same.isPresent()) {
            return same.map(ServerSocket::getChannel);
        }
        Optional<ServerSocket> wider = ofPort.stream()
                .filter(socket ->
                        wanted.isAnyLocalAddress() || socket.getInetAddress().isAnyLocalAddress())
                .findFirst();
        wider.ifPresent(socket -> LOG.log(
                System.Logger.Level.WARNING,
                "{0}: the socket that was handed down for this port is bound to another address, {1}, and that one counts",
                listener.source(),
                socket.getInetAddress().getHostAddress()));
        return wider.map(ServerSocket::getChannel);
    }

    private static boolean isSame(InetAddress wanted, InetAddress held) {
        return wanted.equals(held) || wanted.isAnyLocalAddress() && held.isAnyLocalAddress();
    }

    /** Logs the sockets on which no listener accepts connections: their clients would wait until they give up. */
    void tellUnused(List<ServerSocketChannel> used) {
        sockets.stream()
                .filter(socket -> !used.contains(socket))
                .forEach(socket -> LOG.log(
                        System.Logger.Level.WARNING,
                        "{0}:{1,number,#} was handed down, and no Listen line is for it: whoever connects there gets no answer",
                        socket.socket().getInetAddress().getHostAddress(),
                        socket.socket().getLocalPort()));
    }
}
