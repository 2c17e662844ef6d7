package org.fairlead.route;

import org.fairlead.exchange.Exchange;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.model.OwnName;

/** URLs that lead back to this server, as httpd's {@code ap_construct_url} makes them. */
final class OwnUrl {
    private OwnUrl() {}

    /**
     * Makes a path of ours absolute. The scheme is that of the connection or of {@code ServerName}. Name and port are
     * those that the client used or, with {@code UseCanonicalName}, the host's.
     */
    static String of(String path, Exchange exchange, Host host, OwnName names) {
        ServerIdentity server = host.identity(names);
        return server.scheme(exchange.connection()) + "://" + server.authority(exchange) + exchange.mountPath() + path;
    }
}
