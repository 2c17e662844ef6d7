package org.fairlead.expression;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Exchange;
import org.fairlead.model.OwnName;

/**
 * Name, port and scheme of a server in self-referential URLs and variables: httpd's {@code ap_get_server_name}, {@code
 * ap_get_server_port} and {@code ap_http_scheme}. Immutable.
 *
 * @param name {@code ServerName}; empty = not said, then the address that the client came to
 * @param port the port of {@code ServerName}, or of the virtual host; 0 = the scheme's own
 * @param rules {@code UseCanonicalName}, {@code UseCanonicalPhysicalPort}, and the scheme of {@code ServerName}
 */
public record ServerIdentity(String name, int port, OwnName rules) {
    /** A server with no settings but its name. */
    public static ServerIdentity named(String name) {
        return new ServerIdentity(name, 0, OwnName.NONE);
    }

    /** {@code https} over TLS, and where {@code ServerName} declares that a device in front terminates TLS. */
    public String scheme(ClientConnection connection) {
        return isSecure(connection) ? "https" : "http";
    }

    /** Whether clients use TLS, to us or to a device in front. */
    public boolean isSecure(ClientConnection connection) {
        return connection.secure() || rules.scheme().orElse("").equals("https");
    }

    /** The name that the client used or, with {@code UseCanonicalName}, the server's own. */
    public String name(Exchange exchange) {
        String own = name.isEmpty() ? literal(exchange.connection().localAddress()) : name;
        return rules.isCanonical()
                ? own
                : Authority.of(exchange.request().authority()).host(own);
    }

    /** The port that goes with the name. */
    public int port(Exchange exchange) {
        ClientConnection connection = exchange.connection();
        String asked = rules.isCanonical()
                ? ""
                : Authority.of(exchange.request().authority()).port("");
        if (!asked.isEmpty()) {
            return Integer.parseInt(asked);
        }
        boolean physicalFirst = rules.usesPhysicalPort() && !rules.isCanonical();
        if (port > 0 && !physicalFirst) {
            return port;
        }
        return rules.usesPhysicalPort() ? connection.localPort() : standardPort(connection);
    }

    /** The port of the scheme. */
    public int standardPort(ClientConnection connection) {
        return ClientConnection.standardPort(isSecure(connection));
    }

    /** Name, and port unless it is the scheme's own. */
    public String authority(Exchange exchange) {
        int own = port(exchange);
        return own == standardPort(exchange.connection()) ? name(exchange) : name(exchange) + ":" + own;
    }

    private static String literal(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }
}
