package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A well-behaved member with a name: the JDK's HttpServer, which answers its id and records what it was asked.
 *
 * <p>For balancing and failover, where it matters who answered and not which bytes came. It can be killed and restarted
 * on its port. Thread-safe.
 */
public final class HttpMember implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static {
        // Else a head and its body wait for each other's acknowledgement, 40 ms at a time.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final String id;
    private final HttpHandler handler;
    private final boolean handlerReadsBody;
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile HttpServer server;
    private volatile ExecutorService threads;

    private HttpMember(String id, HttpHandler handler, boolean handlerReadsBody) throws IOException {
        this.id = id;
        this.handler = handler;
        this.handlerReadsBody = handlerReadsBody;
        listen(0);
        port = server.getAddress().getPort();
    }

    /**
     * A request as a server's API shows it; for its bytes take a {@link RawMember}.
     *
     * @param target raw path and query
     * @param headers names in the server's own case
     * @param body empty if the member has a handler, which then is the one to read it
     */
    public record Received(String method, String target, Map<String, List<String>> headers, byte[] body) {
        /** Returns the values of a header, its name in any case. */
        public List<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .toList();
        }
    }

    /** Starts a member that reads each request and answers 200, {@code X-Member: id} and its id as the body. */
    public static HttpMember start(String id) throws IOException {
        return new HttpMember(id, exchange -> answerId(exchange, id.getBytes(StandardCharsets.UTF_8)), false);
    }

    /** Starts a member that answers as the handler does; X-Member is set, and the exchange is closed behind it. */
    public static HttpMember start(String id, HttpHandler handler) throws IOException {
        return new HttpMember(id, handler, true);
    }

    /** Returns the name that every answer carries. */
    public String id() {
        return id;
    }

    /** Returns the port, the same after a restart. */
    public int port() {
        return port;
    }

    /** Returns the address as a configuration names it, without a slash at its end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns every request so far, in the order of arrival. */
    public List<Received> requests() {
        return List.copyOf(requests);
    }

    /** Returns how many requests came so far. */
    public int count() {
        return requests.size();
    }

    /** Forgets the requests so far. */
    public void forget() {
        requests.clear();
    }

    /** Dies: the port refuses, and all connections end at once, in the middle of an answer too. */
    public synchronized void kill() {
        if (threads.isShutdown()) {
            return;
        }
        server.stop(0);
        threads.shutdownNow();
        // The server's selector lets go of the port a little later.
        await("end of port " + port)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !Loopback.accepts(port));
    }

    /** Comes back on the same port, with its record kept. */
    public synchronized void restart() {
        await("port " + port).atMost(PATIENCE).ignoreExceptions().until(() -> {
            listen(port);
            return true;
        });
    }

    /** Ends for good. */
    @Override
    public void close() {
        kill();
    }

    private void listen(int wished) throws IOException {
        HttpServer fresh = HttpServer.create(new InetSocketAddress(Loopback.address(), wished), 0);
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "member-" + id);
            thread.setDaemon(true);
            return thread;
        });
        fresh.setExecutor(threads);
        fresh.createContext("/", this::answer);
        fresh.start();
        server = fresh;
    }

    private static void answerId(HttpExchange exchange, byte[] id) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, id.length);
            exchange.getResponseBody().write(id);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body =
                    handlerReadsBody ? new byte[0] : exchange.getRequestBody().readAllBytes();
            requests.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body));
            exchange.getResponseHeaders().set("X-Member", id);
            handler.handle(exchange);
        }
    }
}
