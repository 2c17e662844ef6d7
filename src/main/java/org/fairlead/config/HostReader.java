package org.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.http.HostSyntax;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.HostConfig.HostAddress;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.PathMatch;
import org.fairlead.model.RedirectConfig;
import org.fairlead.model.RewriteConfig;
import org.fairlead.model.RouteConfig;
import org.fairlead.model.Settings;

/**
 * Makes the record of the main server or of one virtual host. As in httpd, what a virtual host inherits comes before
 * its own, so that a route of the main server wins over one for the same path.
 */
final class HostReader {
    private static final Pattern SERVER_NAME =
            Pattern.compile("(?:(https?)://)?(\\[[0-9A-Fa-f:.]+]|" + HostSyntax.NAME_CHARACTER + "+)(?::(\\d{1,5}))?");
    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|\\*|[A-Za-z0-9._-]+)(?::(\\d{1,5}|\\*))?");

    private final Server server;
    private final Balancers balancers;
    private final Reading reading;

    HostReader(Server server, Balancers balancers, Reading reading) {
        this.server = server;
        this.balancers = balancers;
        this.reading = reading;
    }

    /** @param main the main server's record, for a virtual host */
    HostConfig read(Optional<HostConfig> main) {
        Entry host = server.entry();
        Problems problems = reading.problems();
        Values values = Values.in(host, problems);
        SettingsReader settings = new SettingsReader(
                new ErrorDocumentReader(servers(), path -> RoutedPaths.take(server, path), reading), reading);
        ReverseReader reverses = new ReverseReader(server, balancers, problems);
        List<LocationConfig> locations = new ArrayList<>(inheritedLocations(main));
        List<LocationConfig> ownLocations = locations(settings, reverses);
        locations.addAll(ownLocations);
        RewriteConfig rewrite = RewriteReader.config(server, balancers, main.map(HostConfig::rewrite), reading);
        new RewriteNotices(rewrite, problems).tellOfSections(ownLocations, locations);
        List<RouteConfig> routes = new ArrayList<>(
                server.inheritsRoutes() ? main.map(HostConfig::routes).orElse(List.of()) : List.of());
        server.routes().ofHost().forEach(draft -> routes.add(route(draft)));
        tellInheritance(values);
        if (values.flag("proxyrequests", false)) {
            values.entry("proxyrequests").ifPresent(e -> values.bad(e, "Off; there is no forward proxy here"));
        }
        Settings own = settings.ofHost(host);
        RedirectReader redirects = new RedirectReader(problems);
        List<RedirectConfig> ownRedirects = redirects.ofHost(host);
        redirects.tellUnreachable(ownRedirects, routes);
        List<HostAddress> addresses = addresses(host);
        String name = serverName(values);
        List<String> aliases = serverAliases(host);
        return new HostConfig(
                name,
                serverPort(values, addresses),
                aliases,
                addresses,
                routes,
                joined(main, HostConfig::reverses, reverses.ofHost(host)),
                joined(main, HostConfig::cookieDomains, reverses.cookies(host, "proxypassreversecookiedomain")),
                joined(main, HostConfig::cookiePaths, reverses.cookies(host, "proxypassreversecookiepath")),
                new RemoteIpReader(reading).read(host, main.map(HostConfig::remoteIp)),
                values.word("proxyvia", HostConfig.Via.class)
                        .or(() -> main.map(HostConfig::via))
                        .orElse(HostConfig.Via.REQUESTS),
                values.word("allowencodedslashes", HostConfig.EncodedSlashes.class)
                        .or(() -> main.map(HostConfig::encodedSlashes))
                        .orElse(HostConfig.EncodedSlashes.NODECODE),
                values.integer("proxymaxforwards", -1, Integer.MAX_VALUE)
                        .orElse(main.map(HostConfig::maxForwards).orElse(-1)),
                joined(main, HostConfig::environmentRules, new EnvironmentReader(problems).rules(host)),
                withInherited(ownRedirects, main),
                main.map(m -> m.settings().merge(own)).orElse(own).withServerScheme(serverScheme(values)),
                rewrite,
                locations,
                joined(main, HostConfig::proxySections, new ProxySectionReader(settings, problems).read(host)),
                AccessLogReader.read(server, reading),
                tls(main.filter(m -> name.isEmpty()).map(HostConfig::serverName).orElse(name), aliases, addresses),
                host.source());
    }

    private Optional<CertificateConfig> tls(String name, List<String> aliases, List<HostAddress> addresses) {
        List<String> names = new ArrayList<>(name.isEmpty() ? List.of() : List.of(name));
        names.addAll(aliases);
        return new CertificateReader(servers().get(0), reading)
                .read(
                        server.entry(),
                        names,
                        addresses.isEmpty() ? 0 : addresses.get(0).port());
    }

    private void tellInheritance(Values values) {
        if (!values.flag("proxypassinherit", true)) {
            tellHttpd(values, "proxypassinherit", "inherits the main server's ProxyPass all the same");
        } else if (!values.flag("balancerinherit", true)) {
            tellHttpd(values, "balancerinherit", "follows it only together with ProxyPassInherit Off");
        }
        if (server.main().isPresent()) {
            server.entry().entries().stream()
                    .filter(e -> Schema.isOfConnection(e.name()))
                    .forEach(e -> reading.problems()
                            .difference(
                                    e.source(),
                                    e.spelling() + " '" + Quoted.of(e.value())
                                            + "' does nothing inside <VirtualHost>: a connection serves every host; say it"
                                            + " outside"));
        }
    }

    private void tellHttpd(Values values, String key, String what) {
        values.entry(key)
                .ifPresent(e -> reading.problems()
                        .difference(
                                e.source(),
                                e.spelling() + " Off does what httpd's manual says; httpd 2.4 itself " + what));
    }

    private List<Entry> servers() {
        List<Entry> servers = new ArrayList<>();
        server.main().ifPresent(main -> servers.add(main.entry()));
        servers.add(server.entry());
        return servers;
    }

    private static <T> List<T> joined(Optional<HostConfig> main, Function<HostConfig, List<T>> part, List<T> own) {
        List<T> all = new ArrayList<>(main.map(part).orElse(List.of()));
        all.addAll(own);
        return all;
    }

    /** Unlike other lines a virtual host's own redirects come before those that it inherits (mod_alias). */
    private static List<RedirectConfig> withInherited(List<RedirectConfig> own, Optional<HostConfig> main) {
        List<RedirectConfig> all = new ArrayList<>(own);
        main.ifPresent(m -> all.addAll(m.redirects()));
        return all;
    }

    private List<LocationConfig> inheritedLocations(Optional<HostConfig> main) {
        return main.map(HostConfig::locations).orElse(List.of()).stream()
                .map(location -> server.inheritsRoutes() ? location : location.withoutRoute())
                .toList();
    }

    private List<LocationConfig> locations(SettingsReader settings, ReverseReader reverses) {
        List<LocationConfig> locations = new ArrayList<>();
        for (Entry section : server.entry().all("location")) {
            Optional<RouteDraft> route = server.routes().of(section);
            Optional<PathMatch> match = Matches.location(section, reading.problems());
            Settings own = settings.ofSection(section);
            LocationConfig location = new LocationConfig(
                    match.orElse(new PathMatch.Prefix("/")),
                    own,
                    route.map(this::route),
                    reverses.ofLocation(section),
                    reverses.cookies(section, "proxypassreversecookiedomain"),
                    reverses.cookies(section, "proxypassreversecookiepath"),
                    section.source());
            locations.add(location);
        }
        return locations;
    }

    private RouteConfig route(RouteDraft draft) {
        RouteConfig.RouteTarget target = draft.balancer()
                .<RouteConfig.RouteTarget>map(
                        balancer -> new RouteConfig.RouteTarget.Forward(balancers.name(balancer), draft.path()))
                .orElseGet(RouteConfig.RouteTarget.Excluded::new);
        return new RouteConfig(draft.match(), target, draft.mapping(), draft.source());
    }

    private static String serverName(Values values) {
        Optional<Entry> entry = values.entry("servername");
        if (entry.isEmpty()) {
            return "";
        }
        Matcher m = SERVER_NAME.matcher(entry.get().value().strip());
        if (!m.matches() || m.group(3) != null && Integer.parseInt(m.group(3)) > 65535) {
            values.bad(entry.get(), "a host name, with scheme and port if need be: https://www.example.com:443");
            return "";
        }
        return m.group(2).toLowerCase(Locale.ROOT);
    }

    /** The scheme that {@code ServerName} says; empty if it says none. */
    private static String serverScheme(Values values) {
        Matcher m = SERVER_NAME.matcher(values.text("servername").orElse("").strip());
        return m.matches() && m.group(1) != null ? m.group(1) : "";
    }

    /**
     * The port that {@code ServerName} says; 0, for the scheme's own, if it says none; without {@code ServerName} that
     * of a virtual host's first address (httpd).
     */
    private static int serverPort(Values values, List<HostAddress> addresses) {
        Optional<String> name = values.text("servername");
        if (name.isPresent()) {
            Matcher m = SERVER_NAME.matcher(name.get().strip());
            return m.matches() && m.group(3) != null ? Integer.parseInt(m.group(3)) : 0;
        }
        return addresses.isEmpty() ? 0 : addresses.get(0).port();
    }

    private List<String> serverAliases(Entry host) {
        List<String> aliases = new ArrayList<>();
        for (Entry alias : host.all("serveralias")) {
            for (String name : alias.value().strip().split("\\s+")) {
                if (name.matches("(?:[?:\\[\\]]|" + HostSyntax.NAME_CHARACTER + ")+")) {
                    aliases.add(name.toLowerCase(Locale.ROOT));
                } else {
                    Values.bad(reading.problems(), alias, "host names, in which * and ? may stand");
                }
            }
        }
        return aliases;
    }

    private List<HostAddress> addresses(Entry host) {
        List<HostAddress> addresses = new ArrayList<>();
        for (Entry address : host.all("address")) {
            for (String word : address.value().strip().split("\\s+")) {
                Matcher m = ADDRESS.matcher(word);
                String port = m.matches() && m.group(2) != null && !m.group(2).equals("*") ? m.group(2) : "0";
                if (!m.matches() || Integer.parseInt(port) > 65535) {
                    Values.bad(reading.problems(), address, "*:PORT, ADDRESS:PORT or [IPv6]:PORT");
                    continue;
                }
                String name = m.group(1).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
                addresses.add(new HostAddress(name.equals("_default_") ? "*" : name, Integer.parseInt(port)));
            }
        }
        if (server.main().isPresent() && host.all("address").isEmpty()) {
            reading.problems().error(host.source(), "VirtualHost (expected: an address such as *:80)");
        }
        return addresses;
    }
}
