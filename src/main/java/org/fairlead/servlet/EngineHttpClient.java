package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.HttpClient;
import org.apache.http.client.ResponseHandler;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.http.ResponseHead;
import org.fairlead.runtime.Generation;

/**
 * HttpClient 4's interface over our engine, for a servlet whose hooks use its messages: the parent's {@code service}
 * and every hook run as they are, while connections, pools, balancing and failover are ours. Thread-safe.
 */
final class EngineHttpClient implements HttpClient, Closeable {
    private static final ClientConnection UNKNOWN = new ClientConnection("127.0.0.1", 0, "127.0.0.1", 0, false);

    private final OriginProxies proxies;
    private final boolean decodes;
    private final boolean follows;
    private final ThreadLocal<Optional<HttpServletRequest>> current = ThreadLocal.withInitial(Optional::empty);

    /**
     * @param decodes {@code handleCompression}
     * @param follows {@code http.protocol.handle-redirects}
     */
    EngineHttpClient(OriginProxies proxies, boolean decodes, boolean follows) {
        this.proxies = proxies;
        this.decodes = decodes;
        this.follows = follows;
    }

    /** Sets the request that the calling thread works on from now on; HttpClient 4's interface does not pass it. */
    void serve(HttpServletRequest request) {
        current.set(Optional.of(request));
    }

    void served() {
        current.remove();
    }

    /** Whether only the parent's {@code service} can do what the init-params ask for. */
    boolean needsParent() {
        return decodes || follows;
    }

    OriginProxies proxies() {
        return proxies;
    }

    @Override
    public HttpResponse execute(HttpHost target, HttpRequest request) throws IOException {
        Origin origin = Origin.of(target == null ? request.getRequestLine().getUri() : target.toURI());
        HttpResponse response = send(origin, request, request.getRequestLine().getUri());
        return follows ? new RedirectFollower(this::send, origin, request).follow(response) : response;
    }

    private HttpResponse send(Origin origin, HttpRequest request, String url) throws IOException {
        OriginProxy proxy = proxies.of(origin);
        Optional<HttpEntity> entity = request instanceof HttpEntityEnclosingRequest enclosing
                ? Optional.ofNullable(enclosing.getEntity())
                : Optional.empty();
        PulledExchange exchange = new PulledExchange(
                head(origin, request, url),
                entity,
                current.get().map(ServletHead::connection).orElse(UNKNOWN));
        Generation generation = proxy.runtime().pin();
        boolean open = false;
        try {
            generation.engine().handle(exchange, ExchangeObserver.NONE);
            PulledExchange.Taken taken = exchange.taken().orElseThrow(() -> failure(exchange, origin));
            open = true;
            return PulledResponse.of(taken, proxy::asTarget, generation::release, decodes);
        } finally {
            if (!open) {
                generation.release();
            }
        }
    }

    private RequestHead head(Origin origin, HttpRequest request, String url) throws IOException {
        Headers fields = new Headers();
        for (Header field : request.getAllHeaders()) {
            String value = field.getValue() == null ? "" : field.getValue();
            if (!field.getName().equalsIgnoreCase("Cookie") || !value.isEmpty()) {
                fields.add(field.getName(), value);
            }
        }
        if (fields.first("Host").isEmpty()) {
            fields.add("Host", origin.authority());
        }
        if (decodes) {
            fields.set("Accept-Encoding", "gzip, deflate");
        }
        try {
            RequestTarget target = RequestTarget.parse(TargetPath.escaped(Origin.pathAndQuery(url)));
            return new RequestHead(request.getRequestLine().getMethod(), target, "HTTP/1.1", fields);
        } catch (RefusedException e) {
            throw new FailedException(e.status(), e.getMessage());
        }
    }

    /** Exception of HttpClient 4 for the reason why no member has responded. */
    private static IOException failure(PulledExchange exchange, Origin origin) {
        int status = exchange.local().map(ResponseHead::status).orElse(502);
        return switch (status) {
            case 503 -> new ConnectException("no member of " + origin + " can be reached (503)");
            case 504 -> new SocketTimeoutException(origin + " has not answered in time (504)");
            default -> new FailedException(status, origin + " has given no answer (" + status + ")");
        };
    }

    /** Status for a client whose request has failed in this way; empty if another class decides it. */
    static Optional<Integer> statusOf(IOException failure) {
        if (failure instanceof FailedException known) {
            return Optional.of(known.status);
        } else if (failure instanceof ConnectException) {
            return Optional.of(503);
        }
        return failure instanceof SocketTimeoutException ? Optional.of(504) : Optional.empty();
    }

    private static final class FailedException extends IOException {
        private final int status;

        FailedException(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    @Override
    public HttpResponse execute(HttpHost target, HttpRequest request, HttpContext context) throws IOException {
        return execute(target, request);
    }

    @Override
    public HttpResponse execute(HttpUriRequest request) throws IOException {
        URI uri = request.getURI();
        return execute(new HttpHost(uri.getHost(), uri.getPort(), uri.getScheme()), request);
    }

    @Override
    public HttpResponse execute(HttpUriRequest request, HttpContext context) throws IOException {
        return execute(request);
    }

    @Override
    public <T> T execute(HttpUriRequest request, ResponseHandler<? extends T> handler) throws IOException {
        return PulledResponse.handled(execute(request), handler);
    }

    @Override
    public <T> T execute(HttpUriRequest request, ResponseHandler<? extends T> handler, HttpContext context)
            throws IOException {
        return execute(request, handler);
    }

    @Override
    public <T> T execute(HttpHost target, HttpRequest request, ResponseHandler<? extends T> handler)
            throws IOException {
        return PulledResponse.handled(execute(target, request), handler);
    }

    @Override
    public <T> T execute(
            HttpHost target, HttpRequest request, ResponseHandler<? extends T> handler, HttpContext context)
            throws IOException {
        return execute(target, request, handler);
    }

    @Override
    public void close() {
        proxies.close();
    }

    /** @deprecated of HttpClient 4; there are no such parameters */
    @Override
    @Deprecated
    public HttpParams getParams() {
        throw new UnsupportedOperationException("Fairlead's engine has no parameters of HttpClient 4");
    }

    /** @deprecated of HttpClient 4; connections are the engine's */
    @Override
    @Deprecated
    public ClientConnectionManager getConnectionManager() {
        throw new UnsupportedOperationException("Fairlead's engine has no connection manager of HttpClient 4");
    }
}
