package org.fairlead.engine;

import java.util.Optional;
import java.util.function.Function;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;

/**
 * What is known of a request beside its message: for protocols whose requests carry it, such as AJP with its
 * attributes. Read while the request is sent, by the thread that sends it.
 *
 * @param protocol the protocol of the client's request, {@code HTTP/1.1} for instance
 * @param serverName the name by which the client asked for the server, or the configured one
 * @param connection the client's connection
 * @param user the authenticated user; empty = none
 * @param environment the request's variables
 * @param tls looks up a variable of the client's TLS connection such as {@code SSL_CIPHER}
 */
public record RequestAttributes(
        String protocol,
        String serverName,
        ClientConnection connection,
        Optional<String> user,
        Environment environment,
        Function<String, Optional<String>> tls) {
    /** The attributes of an exchange with a server of this name. */
    static RequestAttributes of(Exchange exchange, String serverName) {
        return new RequestAttributes(
                exchange.request().protocol(),
                serverName,
                exchange.connection(),
                exchange.environment().get("REMOTE_USER").or(exchange::containerUser),
                exchange.environment(),
                exchange::tlsVariable);
    }

    /** The attributes of a request without a client, as tests and probes send it. */
    public static RequestAttributes none() {
        return new RequestAttributes(
                "HTTP/1.1",
                "localhost",
                new ClientConnection("127.0.0.1", 0, "127.0.0.1", 80, false),
                Optional.empty(),
                new Environment(),
                name -> Optional.empty());
    }
}
