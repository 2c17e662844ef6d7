package org.fairlead.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.expression.Authority;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;

/** An exchange for dry runs: it is decided on and gets no response; it has a working copy of its own, and a trace. */
final class DryRunExchange implements Exchange {
    /** The digits of a length that a {@code long} can hold. */
    private static final int MAX_DIGITS = 18;

    private final RequestHead head;
    private final Environment environment = new Environment(this::tlsVariable);
    private final DecisionTrace trace;
    private ClientConnection connection;

    DryRunExchange(DryRunRequest request, DecisionTrace trace) {
        RequestHead given = request.head();
        this.head = new RequestHead(
                given.method(),
                given.target(),
                given.protocol(),
                given.headers().copy());
        this.connection = request.connection();
        this.trace = trace;
        if (connection.secure()) {
            environment.set("HTTPS", "on");
        }
    }

    @Override
    public String id() {
        return "dry-run";
    }

    @Override
    public RequestHead request() {
        return head;
    }

    @Override
    public ClientConnection connection() {
        return connection;
    }

    @Override
    public void onBehalfOf(String clientAddress) {
        connection = connection.onBehalfOf(clientAddress);
    }

    @Override
    public RequestBody body() {
        return head.headers()
                .first("Content-Length")
                .filter(length -> !length.isEmpty() && length.length() <= MAX_DIGITS)
                .filter(length -> length.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(length -> (RequestBody) new AnnouncedBody(Long.parseLong(length)))
                .orElse(RequestBody.NONE);
    }

    @Override
    public Environment environment() {
        return environment;
    }

    /** The TLS attributes that are the same on every connection, for a client without a certificate. */
    @Override
    public Optional<String> tlsVariable(String name) {
        if (!connection.secure()) {
            return Optional.empty();
        }
        return switch (name) {
            case "HTTPS" -> Optional.of("on");
            case "SSL_CLIENT_VERIFY" -> Optional.of("NONE");
            case "SSL_TLS_SNI" -> Optional.of(Authority.of(head.authority()).name());
            default -> Optional.empty();
        };
    }

    @Override
    public DecisionTrace trace() {
        return trace;
    }

    @Override
    public boolean canSwitchProtocols() {
        return true;
    }

    @Override
    public OutputStream reply(ResponseHead answer, long length) {
        throw sendsNothing();
    }

    @Override
    public void abort() {
        throw sendsNothing();
    }

    private static IllegalStateException sendsNothing() {
        return new IllegalStateException("a dry run sends nothing");
    }

    /** A body of which only the length is known. */
    private record AnnouncedBody(long length) implements RequestBody {
        @Override
        public InputStream stream() {
            throw sendsNothing();
        }

        @Override
        public Headers trailers() {
            return new Headers();
        }
    }
}
