package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * A member whose every byte is the test's: it records what the proxy sends and does on the wire what its script says.
 *
 * <p>For whatever a well-behaved server cannot show: header order and case, framing, cuts, resets, silence, interim
 * responses. It can be killed and restarted on its port. Thread-safe; each connection has a thread of its own.
 */
public final class RawMember implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerSocketFactory sockets;
    private final Script script;
    private final List<WireMessage> requests = new CopyOnWriteArrayList<>();
    private final List<Conversation> conversations = new CopyOnWriteArrayList<>();
    /** Open connections and the threads that serve them; guarded by itself. */
    private final Map<Socket, Thread> open = new HashMap<>();

    private volatile ServerSocket listener;
    private volatile Thread acceptor = new Thread();
    private final int port;

    private RawMember(ServerSocketFactory sockets, Script script) throws IOException {
        this.sockets = sockets;
        this.script = script;
        listener = sockets.createServerSocket(0, 50, Loopback.address());
        port = listener.getLocalPort();
    }

    /** What a member does with one connection; when it returns, the connection is closed. */
    @FunctionalInterface
    public interface Script {
        /** Reads and answers until the connection has served; an exception closes it too. */
        void talk(Conversation conversation) throws Exception;
    }

    /** Starts a member that runs the script on every connection. */
    public static RawMember start(Script script) throws IOException {
        return start(ServerSocketFactory.getDefault(), script);
    }

    /** Starts a member behind TLS; what is recorded is what was encrypted. */
    public static RawMember secure(SSLContext tls, Script script) throws IOException {
        return start(tls.getServerSocketFactory(), script);
    }

    private static RawMember start(ServerSocketFactory sockets, Script script) throws IOException {
        RawMember member = new RawMember(sockets, script);
        member.accept();
        return member;
    }

    /** Starts a member that reads whole requests and answers each with the text given for it, keeping connections. */
    public static RawMember answering(Function<WireMessage, String> answer) throws IOException {
        return start(conversation -> {
            Optional<WireMessage> request = conversation.readRequest();
            while (request.isPresent() && !request.get().cut()) {
                conversation.send(answer.apply(request.get()));
                request = conversation.readRequest();
            }
        });
    }

    /** Starts a member that accepts connections, reads, and never says a word. */
    public static RawMember silent() throws IOException {
        return start(conversation -> {
            while (conversation.readRequest().isPresent()) {
                continue;
            }
        });
    }

    /** Returns the port, the same after a restart. */
    public int port() {
        return port;
    }

    /** Returns the address as a configuration names it, without a slash at its end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns every request or head that a script has read, over all connections, in the order of their ends. */
    public List<WireMessage> requests() {
        return List.copyOf(requests);
    }

    /** Returns the requests as soon as there are that many. */
    public List<WireMessage> awaitRequests(int count) {
        await("requests at the member").atMost(PATIENCE).until(() -> requests.size() >= count);
        return requests();
    }

    /**
     * Returns all bytes received, one array per connection, in the order of their acceptance: what the scripts have
     * read, and what came with it.
     */
    public List<byte[]> received() {
        return conversations.stream().map(Conversation::received).toList();
    }

    /** Returns how many connections are open now. */
    public int openConnections() {
        synchronized (open) {
            return open.size();
        }
    }

    /** Dies: the port refuses, and all connections end at once. */
    public synchronized void kill() throws IOException {
        if (listener.isClosed()) {
            return;
        }
        listener.close();
        List<Socket> sockets;
        synchronized (open) {
            open.values().forEach(Thread::interrupt);
            sockets = new ArrayList<>(open.keySet());
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        // A thread inside accept() keeps the closed port open until it has left.
        await("acceptor")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !acceptor.isAlive());
    }

    /** Comes back on the same port, with its record kept. */
    public synchronized void restart() {
        listener = Loopback.listenAgain(sockets, port);
        accept();
    }

    /** Ends for good. */
    @Override
    public void close() throws IOException {
        kill();
    }

    private void accept() {
        ServerSocket current = listener;
        acceptor = daemon("member-" + port, () -> {
            while (!current.isClosed()) {
                try {
                    serve(current, current.accept());
                } catch (IOException e) {
                    // Killed: the loop's condition ends it.
                }
            }
        });
    }

    private void serve(ServerSocket current, Socket socket) throws IOException {
        Conversation conversation = new Conversation(socket, requests);
        conversations.add(conversation);
        synchronized (open) {
            open.put(socket, daemon("member-" + port + "-connection", () -> talk(socket, conversation)));
            if (current.isClosed()) {
                socket.close();
            }
        }
    }

    private void talk(Socket socket, Conversation conversation) {
        try (socket) {
            script.talk(conversation);
        } catch (Exception e) {
            // The proxy broke off, or the member was killed under its script: what a test is after is in the record.
        } finally {
            synchronized (open) {
                open.remove(socket);
            }
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
