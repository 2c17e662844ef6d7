package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.TlsAgreement;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.http.ResponseHead;

/**
 * The request for the page of an error, made inside another request (httpd's internal redirect of
 * {@code ErrorDocument /path}): a GET without a body whose response goes to the client with the error's own status. A
 * response that is an error itself is dropped. Used by one thread.
 */
final class ErrorPageExchange implements Exchange {
    /** Fields about the body, the range or the validators of the failed request, or about its connection. */
    private static final List<String> OF_THE_ORIGINAL = List.of(
            "Content-Length",
            "Content-Type",
            "Content-Encoding",
            "Content-Range",
            "Transfer-Encoding",
            "Trailer",
            "Expect",
            "Upgrade",
            "HTTP2-Settings",
            "Range",
            "If-Range",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "If-Unmodified-Since");

    private final Exchange original;
    private final RequestHead request;
    private final Environment environment;
    private final int status;
    private final Headers kept;
    private boolean dropped;

    /**
     * @param target the page
     * @param status the status that the client gets
     * @param kept fields of the error that its response keeps, such as a challenge
     */
    ErrorPageExchange(Exchange original, RequestTarget target, int status, Headers kept) {
        this.original = original;
        this.status = status;
        this.kept = kept;
        Headers headers = original.request().headers().copy();
        OF_THE_ORIGINAL.forEach(headers::remove);
        this.request = new RequestHead("GET", target, original.request().protocol(), headers);
        this.environment = redirected(original, status);
    }

    /** Renames earlier variables as httpd does, and adds CGI's variables of the failed request. */
    private static Environment redirected(Exchange original, int status) {
        Environment before = original.environment();
        Environment after =
                new Environment(name -> before.all().containsKey(name) ? Optional.empty() : before.get(name));
        before.all().forEach((name, value) -> after.set("REDIRECT_" + name, value));
        RequestHead failed = original.request();
        after.set("REDIRECT_STATUS", Integer.toString(status));
        after.set("REDIRECT_URL", failed.target().path());
        failed.target().query().ifPresent(query -> after.set("REDIRECT_QUERY_STRING", query));
        after.set("REDIRECT_REQUEST_METHOD", failed.method());
        return after;
    }

    /** Whether the page's response was an error itself, so that the client has got nothing yet. */
    boolean isDropped() {
        return dropped;
    }

    @Override
    public String id() {
        return original.id();
    }

    @Override
    public RequestHead request() {
        return request;
    }

    @Override
    public ClientConnection connection() {
        return original.connection();
    }

    @Override
    public void onBehalfOf(String clientAddress) {
        original.onBehalfOf(clientAddress);
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public String mountPath() {
        return original.mountPath();
    }

    @Override
    public Optional<String> tlsVariable(String name) {
        return original.tlsVariable(name);
    }

    @Override
    public void legacyNames(boolean legacy) {
        original.legacyNames(legacy);
    }

    @Override
    public Optional<TlsAgreement> tlsAgreement() {
        return original.tlsAgreement();
    }

    @Override
    public Optional<String> containerUser() {
        return original.containerUser();
    }

    @Override
    public OutputStream reply(ResponseHead head, long length) throws IOException {
        boolean page = head.status() >= 200 && head.status() < 400 && ResponseHead.allowsBody("GET", head.status());
        boolean moved = head.status() >= 300;
        // A redirect would leave a challenge unseen, and a part of a page is none.
        if (!page || head.status() == 206 || moved && status == 401) {
            dropped = true;
            return OutputStream.nullOutputStream();
        }
        Headers headers = head.headers();
        kept.forEach((name, value) -> {
            if (!headers.contains(name)) {
                headers.add(name, value);
            }
        });
        OutputStream out = original.reply(new ResponseHead(moved ? head.status() : status, headers), length);
        return ResponseHead.allowsBody(original.request().method(), status) ? out : new HeadOnly(out);
    }

    /** An output that discards a body which the client must not get, as the request is a HEAD. */
    private static final class HeadOnly extends OutputStream {
        private final OutputStream client;

        HeadOnly(OutputStream client) {
            this.client = client;
        }

        @Override
        public void write(int b) {
            // Not for the client.
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            // Not for the client.
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    @Override
    public void trailers(Headers trailers) throws IOException {
        if (!dropped) {
            original.trailers(trailers);
        }
    }

    @Override
    public boolean isCommitted() {
        return dropped || original.isCommitted();
    }

    @Override
    public void abort() {
        if (original.isCommitted()) {
            original.abort();
        } else {
            dropped = true;
        }
    }
}
