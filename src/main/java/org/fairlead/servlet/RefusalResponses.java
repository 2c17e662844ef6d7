package org.fairlead.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.ConnectorResponses;
import org.fairlead.runtime.Generation;
import org.fairlead.runtime.ProxyRuntime;

/** The responses of the configuration that runs at the moment. Thread-safe. */
record RefusalResponses(ProxyRuntime runtime) implements ConnectorResponses {
    @Override
    public Refusal refusal(int status, ClientConnection client, String authority) {
        Generation generation = runtime.pin();
        try {
            return generation.engine().refusal(status, client, authority);
        } catch (IOException e) {
            throw new UncheckedIOException("the page of a refusal cannot be read", e);
        } finally {
            generation.release();
        }
    }
}
