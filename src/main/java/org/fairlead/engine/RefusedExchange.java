package org.fairlead.engine;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.ConnectorResponses.Refusal;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.fairlead.http.ResponseHead;

/**
 * An exchange whose request head could not be read: only its connection, and perhaps its host, is known. To rules it is
 * a GET of {@code /} without fields. The response is kept for the connector. Used by one thread.
 */
final class RefusedExchange implements Exchange {
    private final RequestHead request;
    private final Environment environment = new Environment();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private ClientConnection connection;
    private Optional<ResponseHead> head = Optional.empty();

    RefusedExchange(ClientConnection connection, String authority) {
        this.connection = connection;
        Headers fields = authority.isEmpty() ? new Headers() : Headers.of("Host", authority);
        try {
            this.request = new RequestHead("GET", RequestTarget.parse("/"), "HTTP/1.1", fields);
        } catch (RefusedException e) {
            throw new IllegalStateException("every path has a root", e);
        }
    }

    /** The stored response. @throws IllegalStateException before there is one */
    Refusal refusal() {
        return new Refusal(head.orElseThrow(() -> new IllegalStateException("no reply")), body.toByteArray());
    }

    @Override
    public String id() {
        return "-";
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
    public Environment environment() {
        return environment;
    }

    @Override
    public OutputStream reply(ResponseHead response, long length) {
        head = Optional.of(response);
        body.reset();
        return body;
    }

    @Override
    public void abort() {
        // The connector ends the connection.
    }
}
