package org.fairlead.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.HostConfig.HostAddress;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.RouteConfig.RouteTarget;
import org.fairlead.model.Settings.Handler;

/**
 * Reads {@code Listen}, and joins each listener with the certificates of the hosts that serve its port: the virtual
 * hosts whose address fits, or else the main server.
 */
final class ListenerReader {
    private static final Pattern LISTEN = Pattern.compile("(?:(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+|\\*):)?(\\d{1,5})");
    private static final int DEFAULT_PORT = 8080;
    private static final Set<String> PROTOCOLS = Set.of("h2", "h2c", "http/1.1");
    private static final Set<String> ALL_ADDRESSES = Set.of("", "0.0.0.0", "::");

    private static final Set<Handler> OPERATORS =
            Set.of(Handler.CONSOLE, Handler.API, Handler.METRICS, Handler.BALANCER_MANAGER, Handler.SERVER_STATUS);

    private final Entry root;
    private final Problems problems;
    private final ProxyProtocolReader proxyProtocols;

    ListenerReader(Entry root, Problems problems) {
        this.root = root;
        this.problems = problems;
        this.proxyProtocols = new ProxyProtocolReader(root, problems);
    }

    private record Place(String address, int port, boolean https, Entry entry) {
        boolean clashes(Place other) {
            if (port != other.port || port == 0) {
                return false;
            }
            // One for IPv4 and one for IPv6 live beside each other; "all" and a single address do not.
            return address.equals(other.address)
                    || address.isEmpty()
                    || other.address.isEmpty()
                    || isAll(address) && !isAll(other.address) && sameFamily(other)
                    || isAll(other.address) && !isAll(address) && sameFamily(other);
        }

        private boolean sameFamily(Place other) {
            return address.contains(":") == other.address.contains(":");
        }

        private static boolean isAll(String address) {
            return ALL_ADDRESSES.contains(address);
        }
    }

    List<ListenerConfig> read(HostConfig main, List<HostConfig> virtualHosts) {
        List<Entry> hosts = root.all("virtualhost");
        List<Optional<CertificateConfig>> hostCertificates =
                virtualHosts.stream().map(HostConfig::tls).toList();
        List<Place> places = places();
        List<ListenerConfig> listeners = new ArrayList<>();
        for (Place place : places) {
            List<Integer> serving = new ArrayList<>();
            for (int i = 0; i < virtualHosts.size(); i++) {
                if (virtualHosts.get(i).addresses().stream().anyMatch(a -> fits(place, a))) {
                    serving.add(i);
                }
            }
            List<CertificateConfig> shown = new ArrayList<>();
            serving.forEach(i -> hostCertificates.get(i).ifPresent(shown::add));
            if (serving.isEmpty()) {
                main.tls().ifPresent(shown::add);
            } else if (!shown.isEmpty() && shown.size() < serving.size()) {
                tellMixed(place, hosts, serving, hostCertificates);
            }
            if (place.https && shown.isEmpty()) {
                problems.difference(
                        place.entry.source(),
                        "Listen '" + place.entry.value()
                                + "' is plain HTTP, as in httpd: no host on this port says SSLEngine on");
            }
            List<Entry> here = serving.stream().map(hosts::get).toList();
            listeners.add(new ListenerConfig(
                    place.address,
                    place.port,
                    shown,
                    protocols(hosts, serving),
                    proxyProtocols.of(here),
                    isForOperators(
                            place, serving.stream().map(virtualHosts::get).toList()),
                    place.entry.source()));
        }
        tellDeaf(virtualHosts, places);
        return listeners;
    }

    /** Whether all that comes here is served by hosts with handlers for operators, which forward nothing. */
    private static boolean isForOperators(Place place, List<HostConfig> serving) {
        return !serving.isEmpty()
                && serving.stream()
                        .allMatch(host -> host.addresses().stream()
                                .filter(address -> fits(place, address))
                                .allMatch(address -> address.address().equals("*")
                                        || address.address().equalsIgnoreCase(place.address)))
                && serving.stream().allMatch(ListenerReader::isForOperators);
    }

    private static boolean isForOperators(HostConfig host) {
        Stream<RouteConfig> routes = Stream.concat(
                host.routes().stream(), host.locations().stream().flatMap(location -> location.route().stream()));
        return host.locations().stream()
                        .flatMap(location -> location.settings().handler().stream())
                        .anyMatch(OPERATORS::contains)
                && routes.noneMatch(route -> route.target() instanceof RouteTarget.Forward)
                && host.rewrite().rules().isEmpty();
    }

    /**
     * {@code Protocols} of the first host here that has one, else the main server's: what is spoken is settled for a
     * port, mostly before a host is known.
     */
    private Set<String> protocols(List<Entry> hosts, List<Integer> serving) {
        return serving.stream()
                .flatMap(i -> hosts.get(i).last("protocols").stream())
                .findFirst()
                .or(() -> root.last("protocols"))
                .map(this::protocols)
                .orElse(ListenerConfig.DEFAULT_PROTOCOLS);
    }

    private Set<String> protocols(Entry entry) {
        Set<String> words = Set.copyOf(
                List.of(entry.value().strip().toLowerCase(Locale.ROOT).split("\\s+")));
        if (!PROTOCOLS.containsAll(words)) {
            Values.bad(problems, entry, "of h2, h2c and http/1.1");
            return ListenerConfig.DEFAULT_PROTOCOLS;
        }
        return words;
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Entry listen : root.all("listen")) {
            Optional<Place> place = place(listen);
            Optional<Place> clash =
                    place.flatMap(p -> places.stream().filter(p::clashes).findFirst());
            clash.ifPresent(earlier -> problems.badValue(
                    listen.source(),
                    "Listen",
                    listen.value(),
                    "an address and port of its own; '" + earlier.entry.value() + "' in " + earlier.entry.source()
                            + " takes it already"));
            if (clash.isEmpty()) {
                place.ifPresent(places::add);
            }
        }
        if (!root.has("listen")) {
            places.add(new Place("", DEFAULT_PORT, false, root));
        }
        return places;
    }

    private Optional<Place> place(Entry listen) {
        String[] words = listen.value().strip().split("\\s+");
        Matcher m = LISTEN.matcher(words[0]);
        String protocol = words.length > 1 ? words[1].toLowerCase(Locale.ROOT) : "http";
        boolean known = protocol.equals("http") || protocol.equals("https");
        if (!m.matches() || words.length > 2 || !known || Integer.parseInt(m.group(2)) > 65535) {
            Values.bad(problems, listen, "PORT, ADDRESS:PORT or [IPv6]:PORT, a port being 1 to 65535");
            return Optional.empty();
        }
        String address =
                m.group(1) == null || m.group(1).equals("*") ? "" : m.group(1).replaceAll("[\\[\\]]", "");
        return Optional.of(new Place(address, Integer.parseInt(m.group(2)), protocol.equals("https"), listen));
    }

    private static boolean fits(Place place, HostAddress address) {
        boolean port = address.port() == 0 || address.port() == place.port;
        return port
                && (address.address().equals("*")
                        || ALL_ADDRESSES.contains(place.address)
                        || address.address().equalsIgnoreCase(place.address));
    }

    private void tellMixed(
            Place place, List<Entry> hosts, List<Integer> serving, List<Optional<CertificateConfig>> certificates) {
        serving.stream()
                .filter(i -> certificates.get(i).isEmpty())
                .forEach(i -> problems.difference(
                        hosts.get(i).source(),
                        "VirtualHost '" + hosts.get(i).text("address")
                                + "' has no SSLEngine on, but another host on port " + place.port
                                + " has: the port speaks TLS for both"));
    }

    private void tellDeaf(List<HostConfig> hosts, List<Place> places) {
        Set<String> told = new LinkedHashSet<>();
        for (HostConfig host : hosts) {
            for (HostAddress address : host.addresses()) {
                boolean heard = places.stream().anyMatch(place -> fits(place, address));
                if (!heard && told.add(host.source() + " " + address)) {
                    problems.difference(
                            host.source(),
                            "VirtualHost '" + address.address() + (address.port() == 0 ? "" : ":" + address.port())
                                    + "' gets no request: there is no Listen for it");
                }
            }
        }
    }
}
