package org.fairlead.upstream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.http.IpAddress;
import org.fairlead.model.MemberAddress;

/**
 * The peer name of TLS with a member: that of the {@code Host} that is sent, so that the member's certificate and its
 * choice of a host (SNI, RFC 6066 3) belong to the request. httpd takes the same with {@code ProxyPreserveHost On}.
 *
 * @param text lower case, no port, no brackets, no dot at its end; empty for a member without TLS
 */
record PeerName(String text) {
    /** OpenSSL's limit. */
    private static final int MAX_LENGTH = 255;

    /** The name of a connection without TLS: all of a member's are alike. */
    static final PeerName NONE = new PeerName("");

    /** Returns the name for a request to this member. */
    static PeerName of(MemberAddress address, OutgoingRequest request) {
        if (!address.secure()) {
            return NONE;
        }
        String sent = host(request.headers().first("Host").orElse(""));
        return sent.isEmpty() ? of(address) : new PeerName(sent);
    }

    /** Returns the name of the member's own address, which probes use. */
    static PeerName of(MemberAddress address) {
        return address.secure() ? new PeerName(address.host()) : NONE;
    }

    private static String host(String authority) {
        String host = authority.strip();
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? "" : host.substring(1, end).toLowerCase(Locale.ROOT);
        }
        int colon = host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
    }

    /** Returns the SNI value; empty for an address, and for a name that does not fit into SNI. */
    Optional<List<SNIServerName>> sni() {
        if (text.isEmpty() || text.indexOf(':') >= 0 || IpAddress.parse(text).isPresent()) {
            return Optional.empty();
        }
        return text.length() > MAX_LENGTH ? Optional.empty() : Optional.of(List.of(new HostName(text)));
    }

    /** SNI's type 0. The JDK's own class refuses underscores and long labels, which host names may have (RFC 3986). */
    private static final class HostName extends SNIServerName {
        private HostName(String text) {
            super(StandardConstants.SNI_HOST_NAME, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
