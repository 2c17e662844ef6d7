package org.fairlead.route;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.Authority;
import org.fairlead.model.OwnName;

/** URLs that lead back to this server, as httpd's {@code ap_construct_url} makes them. */
final class OwnUrl {
    private OwnUrl() {}

    /**
     * Makes a path of ours absolute: by the scheme of the connection, and by the name and port that the client used or,
     * with {@code UseCanonicalName}, that the host has.
     */
    static String of(String path, Exchange exchange, Host host, OwnName names) {
        ClientConnection connection = exchange.connection();
        Authority asked = Authority.of(exchange.request().authority());
        String configured = host.name().isEmpty() ? literal(connection.localAddress()) : host.name();
        String name = names.isCanonical() ? configured : asked.host(configured);
        int port = port(names.isCanonical() ? "" : asked.port(""), connection, host, names);
        String suffix = port == connection.standardPort() ? "" : ":" + port;
        return connection.scheme() + "://" + name + suffix + exchange.mountPath() + path;
    }

    private static int port(String asked, ClientConnection connection, Host host, OwnName names) {
        if (!asked.isEmpty()) {
            return Integer.parseInt(asked);
        }
        int configured = host.config().serverPort();
        boolean physicalFirst = names.usesPhysicalPort() && !names.isCanonical();
        if (configured > 0 && !physicalFirst) {
            return configured;
        }
        return names.usesPhysicalPort() ? connection.localPort() : connection.standardPort();
    }

    private static String literal(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }
}
