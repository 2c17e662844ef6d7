package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/** The only network of the tests: ports of 127.0.0.1, and whether somebody answers there. Thread-safe. */
public final class Loopback {
    private static final int PROBE_MILLIS = 2_000;
    private static final int BACKLOG = 100;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private Loopback() {}

    /** Returns 127.0.0.1, whatever the resolver says of localhost. */
    public static InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    /**
     * Returns a port that was free a moment ago, never the same twice in one JVM.
     *
     * <p>For servers that need a number in their configuration, and as the address of a member that refuses every
     * connection. Another process may take it first, so whoever starts a server on it tries again with the next one.
     */
    public static int freePort() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, address())) {
                if (HANDED_OUT.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns a listening socket on a port that was somebody's a moment ago, when the system lets go of it. */
    public static ServerSocket listenAgain(ServerSocketFactory sockets, int port) {
        return await("port " + port)
                .ignoreExceptions()
                .until(
                        () -> {
                            ServerSocket again = sockets.createServerSocket();
                            again.setReuseAddress(true);
                            again.bind(new InetSocketAddress(address(), port), BACKLOG);
                            return again;
                        },
                        ServerSocket::isBound);
    }

    /** Returns whether a connection to the port is accepted now. */
    public static boolean accepts(int port) {
        try (Socket socket = connect(port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether the server at the port gives {@code GET /} an HTTP answer of any status now. */
    public static boolean answers(int port) {
        try (Socket socket = connect(port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new WireReader(socket.getInputStream())
                    .readHead()
                    .filter(head -> head.startLine().startsWith("HTTP/1."))
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(PROBE_MILLIS);
            socket.connect(new InetSocketAddress(address(), port), PROBE_MILLIS);
            if (socket.getLocalPort() == port) {
                // Nobody listens, and the system happened to pick that very port for our end: TCP then meets itself.
                throw new ConnectException("connected to itself");
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
