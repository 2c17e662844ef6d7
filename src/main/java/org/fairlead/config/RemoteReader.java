package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fairlead.model.MemberProtocol;
import org.fairlead.model.PoolConfig.RemoteProxy;

/** Finds the outbound proxy on the way to a member: {@code ProxyRemote}, but not for what {@code NoProxy} names. */
final class RemoteReader {
    private record Rule(String match, RemoteProxy proxy) {
        boolean covers(MemberUrl url) {
            return match.equals("*")
                    || match.equals(url.scheme())
                    || match.contains("://") && url.toString().startsWith(match);
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private final List<String> direct = new ArrayList<>();

    private RemoteReader(List<Entry> servers, Problems problems) {
        for (Entry server : servers) {
            server.all("proxyremote").forEach(e -> add(e, problems));
            server.all("noproxy").forEach(e -> {
                for (String word : e.value().strip().split("\\s+")) {
                    direct.add(word.toLowerCase(Locale.ROOT));
                }
            });
        }
    }

    /** @param servers the main server and, for a virtual host, that host after it */
    static RemoteReader of(List<Entry> servers, Problems problems) {
        return new RemoteReader(servers, problems);
    }

    private void add(Entry remote, Problems problems) {
        if (remote.has("credentials")) {
            problems.error(
                    remote.source(),
                    "ProxyRemote with user and password (expected: none; credentials for an outbound proxy are not"
                            + " supported)");
        }
        try {
            MemberUrl proxy = MemberUrl.parse(remote.text("url"), false);
            if (!proxy.scheme().equals("http") || !proxy.basePath().isEmpty()) {
                throw new IllegalArgumentException("http://host:port");
            }
            String match = remote.text("match").toLowerCase(Locale.ROOT);
            rules.add(new Rule(
                    match,
                    new RemoteProxy(proxy.address().host(), proxy.address().port())));
        } catch (IllegalArgumentException e) {
            problems.badValue(remote.source(), "ProxyRemote", Quoted.of(remote.text("url")), e.getMessage());
        }
    }

    Optional<RemoteProxy> of(MemberUrl url) {
        // An outbound proxy speaks HTTP.
        if (url.address().protocol() == MemberProtocol.AJP
                || url.address().unixSocket().isPresent()
                || isDirect(url.address().host())) {
            return Optional.empty();
        }
        return rules.stream().filter(rule -> rule.covers(url)).map(Rule::proxy).findFirst();
    }

    /** httpd's kinds of {@code NoProxy}: a host, a domain with a leading dot, an address, a network in CIDR form. */
    private boolean isDirect(String host) {
        return direct.stream()
                .anyMatch(entry -> entry.equals(host)
                        || entry.startsWith(".") && host.endsWith(entry)
                        || Network.contains(entry, host));
    }
}
