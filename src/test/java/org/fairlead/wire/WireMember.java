package org.fairlead.wire;

import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.fairlead.system.Loopback;

/**
 * The member of all cases of one proxy: strict in what it reads, scripted in what it answers.
 *
 * <p>It outlives a case, and so do the connections of the proxy's pool; which case it serves is told by
 * {@link #play}. Targets that begin with {@code /after/} or {@code /probe/} are the harness's own questions and are
 * always answered well; a case's requests are answered by its replies in turn, and with 200 and their own target as
 * the body when those are used up. Thread-safe.
 */
final class WireMember implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Received> requests = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private List<Reply> replies = List.of();
    private int connections;
    private volatile ServerSocket listener;
    private volatile Thread acceptor = new Thread();
    private final int port;

    private WireMember() throws IOException {
        listener = new ServerSocket(0, 100, Loopback.address());
        port = listener.getLocalPort();
    }

    static WireMember start() throws IOException {
        WireMember member = new WireMember();
        member.accept();
        return member;
    }

    int port() {
        return port;
    }

    /** Begins a case: forgets what was, and answers so from now on. */
    synchronized void play(List<Reply> script) {
        requests.clear();
        violations.clear();
        replies = new ArrayList<>(script);
        connections = 0;
    }

    /** Returns the case's requests so far, in the order of their ends. */
    synchronized List<Received> requests() {
        return List.copyOf(requests);
    }

    /** Returns what no member should ever have to read. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Returns how many connections were made since the case began. */
    synchronized int connections() {
        return connections;
    }

    List<Received> awaitRequests(int count) {
        await("requests at the member").atMost(PATIENCE).until(() -> requests().size() >= count);
        return requests();
    }

    /** Waits until the proxy has closed all but that many connections. */
    void awaitOpen(int most) {
        await("connections closed by the proxy").atMost(PATIENCE).until(() -> open.size() <= most);
    }

    /** Waits until no request is being read or answered: what a script is still at, the proxy has ended. */
    void awaitIdle() {
        await("requests given up by the proxy").atMost(PATIENCE).until(() -> busy.get() == 0);
    }

    /** Ends all connections, so that the proxy's pool is empty or stale; returns when all have ended. */
    void drop() throws IOException {
        List<Socket> dropped = List.copyOf(open);
        for (Socket socket : dropped) {
            socket.close();
        }
        // A thread inside read() keeps the closed connection open until it has left.
        awaitQuick("connections dropped", () -> dropped.stream().noneMatch(open::contains));
    }

    /** Refuses connections and ends those that are there. */
    void kill() throws IOException {
        listener.close();
        // A thread inside accept() keeps the closed port open until it has left.
        awaitQuick("acceptor", () -> !acceptor.isAlive());
        drop();
    }

    private static void awaitQuick(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(condition);
    }

    void restart() throws IOException {
        listener = Loopback.listenAgain(ServerSocketFactory.getDefault(), port);
        accept();
    }

    @Override
    public void close() throws IOException {
        kill();
    }

    synchronized void record(Received request) {
        if (!isOwn(request.target())) {
            requests.add(request);
        }
    }

    private static boolean isOwn(String target) {
        return target.startsWith("/after/") || target.startsWith("/probe/");
    }

    private synchronized Reply replyTo(String target) {
        Reply echo = Reply.of("HTTP/1.1 200 OK|Content-Length: " + target.length() + "||" + escaped(target));
        return isOwn(target) || replies.isEmpty() ? echo : replies.remove(0);
    }

    private static String escaped(String target) {
        return target.replace('|', '¦');
    }

    private void accept() {
        ServerSocket current = listener;
        acceptor = daemon(() -> {
            while (!current.isClosed()) {
                try {
                    serveBeside(current.accept());
                } catch (IOException e) {
                    // Killed: the loop's condition ends it.
                }
            }
        });
    }

    private void serveBeside(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        open.add(socket);
        synchronized (this) {
            connections++;
        }
        daemon(() -> serve(socket));
    }

    private void serve(Socket socket) {
        try (socket) {
            StrictReader reader = new StrictReader(socket.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                Optional<StrictReader.Head> head = reader.head();
                goesOn = head.isPresent() && answer(new Turn(this, socket, reader, head.get()));
            }
        } catch (StrictReader.Violation e) {
            synchronized (this) {
                violations.add(e.getMessage());
            }
        } catch (IOException e) {
            // The proxy broke off or the script did: what a case is after is on record.
        } finally {
            open.remove(socket);
        }
    }

    private boolean answer(Turn turn) throws IOException {
        busy.incrementAndGet();
        try {
            return turn.head().complete() && replyTo(turn.head().target()).to(turn);
        } finally {
            turn.finish();
            busy.decrementAndGet();
        }
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "wire-member-" + port);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
