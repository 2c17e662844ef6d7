package org.fairlead.engine;

import java.io.OutputStream;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.TlsAgreement;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;

/**
 * An exchange for another reading of a request's path, to evaluate rules on. It has fields and an environment of its
 * own, and gets no response.
 */
record ReadExchange(Exchange original, RequestHead request, Environment environment) implements Exchange {
    @Override
    public String id() {
        return original.id();
    }

    @Override
    public ClientConnection connection() {
        return original.connection();
    }

    @Override
    public void onBehalfOf(String clientAddress) {
        // The original's client is settled.
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
    public Optional<TlsAgreement> tlsAgreement() {
        return original.tlsAgreement();
    }

    @Override
    public Optional<String> containerUser() {
        return original.containerUser();
    }

    @Override
    public OutputStream reply(ResponseHead head, long length) {
        throw unanswered();
    }

    @Override
    public void abort() {
        throw unanswered();
    }

    private static IllegalStateException unanswered() {
        return new IllegalStateException("a reading is asked about, not answered");
    }
}
