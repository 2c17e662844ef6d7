package org.fairlead.route;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.http.Headers;
import org.fairlead.http.Via;
import org.fairlead.model.HostConfig;

/**
 * A host's pseudonym in {@code Via}: its {@code ServerName}, else the address that the client reached, with the port
 * where it is not the scheme's own (RFC 9110 7.6.3). Immutable.
 */
public final class Pseudonym {
    private static final String USUAL_PROTOCOL = "HTTP/1.1";

    private final String name;
    /** The product's name where {@code ProxyVia Full} asks for it; else empty. */
    private final String comment;

    private final String usualEntry;

    private Pseudonym(String name, String comment) {
        this.name = name;
        this.comment = comment;
        this.usualEntry = Via.entry(USUAL_PROTOCOL, name, comment);
    }

    /** @param hostName the host's {@code ServerName}; may be empty */
    static Pseudonym of(HostConfig config, String hostName, ClientConnection client) {
        String name = hostName.isEmpty() ? literal(client.localAddress()) : hostName;
        boolean usual = client.localPort() == client.standardPort();
        return new Pseudonym(
                usual ? name : name + ":" + client.localPort(), config.via() == HostConfig.Via.FULL ? "Fairlead" : "");
    }

    private static String literal(String address) {
        return address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    /** With the port where it is not the scheme's own. */
    public String name() {
        return name;
    }

    /**
     * Adds its entry to {@code Via}.
     *
     * @param protocol in which the message reached us, {@code HTTP/1.1}
     */
    public void appendTo(Headers headers, String protocol) {
        Via.append(headers, protocol.equals(USUAL_PROTOCOL) ? usualEntry : Via.entry(protocol, name, comment));
    }
}
