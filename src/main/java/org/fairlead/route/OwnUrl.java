package org.fairlead.route;

import org.fairlead.exchange.Exchange;
import org.fairlead.expression.ServerIdentity;
import org.fairlead.model.OwnName;

/** URLs that lead back to this server, as httpd's {@code ap_construct_url} makes them. */
final class OwnUrl {
    private OwnUrl() {}

    /**
     * Makes a path of ours absolute: by the scheme of the connection or of {@code ServerName}, and by the name and port that the client used or,
     * with {@code UseCanonicalName}, that the host has.
     */
    static String of(String path, Exchange exchange, Host host, OwnName names) {
        ServerIdentity server = host.identity(names);
        return server.scheme(exchange.connection()) + "://" + server.authority(exchange) + exchange.mountPath() + path;
    }
}
