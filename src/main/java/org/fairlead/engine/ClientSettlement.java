package org.fairlead.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairlead.access.TrustedProxies;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.Headers;
import org.fairlead.route.Host;
import org.fairlead.route.HostTable;

/**
 * The phase that settles the client's address (mod_remoteip). It believes the fields that a host's trusted proxies send
 * about the client, and marks those of any other peer as only claimed. Immutable and thread-safe.
 */
final class ClientSettlement implements Phase.Step {
    private final Map<Host, TrustedProxies> trusted;

    /** The fields that a proxy in front of us adds, trusted or not. */
    private static final List<String> PROXY_FIELDS =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    ClientSettlement(HostTable hosts) {
        this.trusted = hosts.hosts().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        host -> TrustedProxies.of(host.config().remoteIp())));
    }

    @Override
    public void apply(RequestContext request) {
        Exchange exchange = request.exchange();
        Headers headers = request.headers();
        request.proxied(PROXY_FIELDS.stream().anyMatch(headers::contains));
        String peer = exchange.connection().peerAddress();
        TrustedProxies.Settlement settled = trusted.get(request.host()).settle(peer, headers);
        if (!settled.client().equals(peer)) {
            exchange.onBehalfOf(settled.client());
            if (request.trace().isOn()) {
                request.trace()
                        .say(
                                request.host().config().source(),
                                "the client is " + settled.client() + ", as the peer " + peer + " says");
            }
        }
        request.claims(settled.claims());
    }
}
