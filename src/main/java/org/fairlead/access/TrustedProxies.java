package org.fairlead.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.exchange.ClaimedFields;
import org.fairlead.expression.Subnet;
import org.fairlead.http.Headers;
import org.fairlead.http.IpAddress;
import org.fairlead.model.RemoteIpConfig;

/**
 * The trusted proxies of a host (mod_remoteip), and what follows from them: the address of the client, and which claims
 * of its fields are passed on. Immutable, thread-safe.
 */
public final class TrustedProxies {
    private final RemoteIpConfig config;
    private final List<Range> ranges;

    private TrustedProxies(RemoteIpConfig config) {
        this.config = config;
        this.ranges = config.proxies().stream()
                .map(proxy -> new Range(Subnet.parse(proxy.range()).orElseThrow(), proxy.internal()))
                .toList();
    }

    private record Range(Subnet subnet, boolean internal) {}

    /**
     * @throws java.util.NoSuchElementException if a range is malformed, which the configuration's reader has ruled out
     */
    public static TrustedProxies of(RemoteIpConfig config) {
        return new TrustedProxies(config);
    }

    /**
     * The client address of a request.
     *
     * @param client the nearest address that no trusted proxy vouches for any further
     * @param named whether the field named it; else it is the peer
     * @param rest the part of the field that was not read or not believed; empty if it was used up
     * @param through the external proxies that were believed, the nearest first
     */
    record Origin(String client, boolean named, Optional<String> rest, List<String> through) {}

    /** Whether the operator named this peer, so that what it says about its client is believed. */
    public boolean includes(String peer) {
        return find(peer).isPresent();
    }

    private Optional<Range> find(String address) {
        for (Range range : ranges) {
            if (range.subnet.contains(address)) {
                return Optional.of(range);
            }
        }
        return Optional.empty();
    }

    /**
     * Walks from the right: as long as an address is a trusted proxy's, the one before it is taken.
     *
     * <p>An external proxy may not name a private address, and once one was passed none of those behind it counts as
     * internal any more. An item that is no address written in full ends the walk.
     *
     * @param peer the address of the connected peer
     * @param value the field, several lines joined by commas
     */
    Origin origin(String peer, String value) {
        boolean internal = !ranges.isEmpty();
        List<String> through = new ArrayList<>();
        String client = peer;
        boolean found = false;
        Optional<String> rest = Optional.of(value);
        while (rest.isPresent()) {
            Optional<Range> proxy = find(client);
            if (proxy.isEmpty() && !ranges.isEmpty()) {
                break;
            }
            internal &= proxy.map(Range::internal).orElse(false);
            String left = rest.get();
            int comma = left.lastIndexOf(',');
            boolean mayBePrivate = internal;
            Optional<IpAddress> named = IpAddress.parse(withoutSpaces(left.substring(comma + 1)))
                    .filter(address -> mayBePrivate || address.isPublic());
            if (named.isEmpty()) {
                break;
            }
            if (!internal) {
                through.add(client);
            }
            client = named.get().toString();
            found = true;
            rest = comma < 0 ? Optional.empty() : Optional.of(left.substring(0, comma));
        }
        return new Origin(client, found, rest.map(String::stripTrailing), through);
    }

    private static String withoutSpaces(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(start, end);
    }

    /**
     * The client of a request, and those of its fields that are not to be believed.
     *
     * @param client the client's address, in its canonical text unless it is the peer
     */
    public record Settlement(String client, ClaimedFields claims) {}

    /**
     * Finds the client. The used part of a trusted proxy's field is taken from the fields, as in httpd; all else stays
     * as it came, so that rules and logs read it.
     *
     * @param peer the address that has connected, a literal
     */
    public Settlement settle(String peer, Headers headers) {
        ClaimedFields claims =
                includes(peer) ? ClaimedFields.NONE : ClaimedFields.with(config.header(), config.proxiesHeader());
        if (config.header().isEmpty() || !headers.contains(config.header())) {
            return new Settlement(peer, claims);
        }
        Origin origin = origin(peer, String.join(", ", headers.all(config.header())));
        if (origin.named()) {
            origin.rest()
                    .ifPresentOrElse(rest -> headers.set(config.header(), rest), () -> headers.remove(config.header()));
        }
        if (!config.proxiesHeader().isEmpty() && !origin.through().isEmpty()) {
            headers.set(config.proxiesHeader(), String.join(", ", origin.through()));
            claims = claims.without(List.of(config.proxiesHeader()));
        }
        return new Settlement(origin.client(), claims);
    }
}
