package org.fairlead.route;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.RefusedException;
import org.fairlead.exchange.RequestBody;
import org.fairlead.exchange.RequestHead;
import org.fairlead.exchange.RequestTarget;
import org.fairlead.exchange.ResponseHead;
import org.fairlead.exchange.Tunnel;

/** A request that is looked at and never answered. */
final class FakeExchange implements Exchange {
    private final RequestHead request;
    private final Environment environment = new Environment();
    private ClientConnection connection = new ClientConnection("192.0.2.1", 40000, "127.0.0.1", 8080, true);

    FakeExchange(Headers headers) {
        try {
            this.request = new RequestHead("GET", RequestTarget.parse("/"), "HTTP/1.1", headers);
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String id() {
        return "1";
    }

    @Override
    public RequestHead request() {
        return request;
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
        return RequestBody.NONE;
    }

    @Override
    public Environment environment() {
        return environment;
    }

    @Override
    public String mountPath() {
        return "";
    }

    @Override
    public Optional<String> tlsVariable(String name) {
        return switch (name) {
            case "SSL_PROTOCOL" -> Optional.of("TLSv1.3");
            case "SSL_CLIENT_S_DN" -> Optional.of("CN=é\r\nX-Evil: 1");
            case "SSL_EMPTY" -> Optional.of("");
            default -> Optional.empty();
        };
    }

    @Override
    public void interim(ResponseHead head) {}

    @Override
    public void proceed() {}

    @Override
    public OutputStream reply(ResponseHead head, long length) throws IOException {
        throw new IOException("nobody listens");
    }

    @Override
    public void trailers(Headers trailers) {}

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void abort() {}

    @Override
    public boolean canSwitchProtocols() {
        return false;
    }

    @Override
    public void switchProtocols(ResponseHead head, Tunnel tunnel) throws IOException {
        throw new IOException("nobody listens");
    }
}
