package org.fairlead.engine;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.Via;
import org.fairlead.model.HostConfig;
import org.fairlead.route.Host;

/**
 * What a host calls itself in {@code Via}: its {@code ServerName}, else the address that the client reached, with the port
 * where it is not the scheme's own (RFC 9110 7.6.3).
 *
 * @param comment the product's name where {@code ProxyVia Full} asks for it; else empty
 */
record Pseudonym(String name, String comment) {
    static Pseudonym of(Host host, ClientConnection client) {
        String name = host.name().isEmpty() ? literal(client.localAddress()) : host.name();
        boolean usual = client.localPort() == client.standardPort();
        return new Pseudonym(
                usual ? name : name + ":" + client.localPort(),
                host.config().via() == HostConfig.Via.FULL ? "Fairlead" : "");
    }

    private static String literal(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    void appendTo(Headers headers, String protocol) {
        Via.append(headers, protocol, name, comment);
    }
}
