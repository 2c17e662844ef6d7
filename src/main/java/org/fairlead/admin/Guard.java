package org.fairlead.admin;

import java.util.Locale;
import java.util.Optional;
import org.fairlead.engine.HandlerRequest;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.expression.Authority;
import org.fairlead.http.Headers;
import org.fairlead.http.HostPattern;
import org.fairlead.http.IpAddress;
import org.fairlead.http.RefusedException;
import org.fairlead.model.HostConfig;

/**
 * Checks of every request for a handler, beyond the access rules of its location. It must name this host, not a name
 * that an attacker has pointed here (DNS rebinding). A change must not come from another site's page (cross-site
 * request forgery).
 */
final class Guard {
    private Guard() {}

    /**
     * Admits a request that names this host.
     *
     * @throws RefusedException 421 if {@code Host} is none of the virtual host's names, no loopback literal and not the
     *     address that the connection came to
     */
    static void checkHost(HandlerRequest request) throws RefusedException {
        String name = Authority.of(request.exchange().request().authority()).name();
        if (name.isEmpty()
                || isOurName(request, name)
                || isOurAddress(request.exchange().connection(), name)) {
            return;
        }
        throw new RefusedException(421, "Host is no name of this virtual host");
    }

    private static boolean isOurName(HandlerRequest request, String name) {
        HostConfig config = request.host().config();
        return name.equals(request.host().name().toLowerCase(Locale.ROOT))
                || config.serverAliases().stream().anyMatch(alias -> new HostPattern(alias).matches(name));
    }

    private static boolean isOurAddress(ClientConnection connection, String name) {
        if (name.equals("localhost")) {
            return true;
        }
        String literal = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        Optional<IpAddress> address = IpAddress.parse(literal);
        return address.isPresent()
                && (address.get().toInetAddress().isLoopbackAddress()
                        || address.equals(IpAddress.parse(connection.localAddress())));
    }

    /** Whether the request comes from this machine, and not through a proxy on it. */
    static boolean isLocal(HandlerRequest request) {
        ClientConnection connection = request.exchange().connection();
        return !request.proxied() && isLoopback(connection.peerAddress()) && isLoopback(connection.clientAddress());
    }

    private static boolean isLoopback(String address) {
        return IpAddress.parse(address)
                .map(parsed -> parsed.toInetAddress().isLoopbackAddress())
                .orElse(false);
    }

    /**
     * Admits a change that the console's own page or a tool has sent: {@code Sec-Fetch-Site} same-origin or none.
     * Without it an {@code Origin} of this host; without both a request that is not a browser's, with credentials.
     *
     * @param credentials whether the request has credentials that no other site's page could make a browser send
     * @throws RefusedException 403 otherwise
     */
    static void checkOrigin(HandlerRequest request, boolean credentials) throws RefusedException {
        Headers headers = request.exchange().request().headers();
        Optional<String> site = headers.first("Sec-Fetch-Site");
        if (site.isPresent()) {
            if (!site.get().equals("same-origin") && !site.get().equals("none")) {
                throw new RefusedException(403, "a change that another site's page has sent");
            }
            return;
        }
        Optional<String> origin = headers.first("Origin");
        if (origin.isPresent()) {
            String own = request.exchange().connection().scheme() + "://"
                    + request.exchange().request().authority();
            if (!origin.get().equalsIgnoreCase(own)) {
                throw new RefusedException(403, "a change of another origin");
            }
            return;
        }
        if (!credentials && !headers.contains("Authorization") && !hasClientCertificate(request)) {
            throw new RefusedException(403, "a change without origin, credentials or nonce");
        }
    }

    private static boolean hasClientCertificate(HandlerRequest request) {
        return request.exchange()
                .tlsVariable("SSL_CLIENT_VERIFY")
                .filter("SUCCESS"::equals)
                .isPresent();
    }
}
