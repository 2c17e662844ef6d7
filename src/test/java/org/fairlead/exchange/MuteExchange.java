package org.fairlead.exchange;

import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request that can be looked at but not answered, for tests of all packages. */
public final class MuteExchange implements Exchange {
    private final RequestHead request;
    private ClientConnection connection;
    private final Environment environment = new Environment();
    private final Map<String, String> tls = new HashMap<>();

    /** One with an id, without a body. */
    public MuteExchange(RequestHead request, ClientConnection connection) {
        this.request = request;
        this.connection = connection;
    }

    /** Adds a variable of its connection's TLS. */
    public MuteExchange tls(String name, String value) {
        tls.put(name, value);
        return this;
    }

    @Override
    public String id() {
        return "x-1";
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
        return Optional.ofNullable(tls.get(name));
    }

    @Override
    public void interim(ResponseHead head) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void proceed() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OutputStream reply(ResponseHead head, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void trailers(Headers trailers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void abort() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean canSwitchProtocols() {
        return false;
    }

    @Override
    public void switchProtocols(ResponseHead head, Tunnel tunnel) {
        throw new UnsupportedOperationException();
    }
}
