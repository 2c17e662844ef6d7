package org.fairlead.runtime;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.http.Headers;
import org.fairlead.http.IpAddress;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.HostConfig;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.PathMatch;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.RedirectConfig.From;
import org.fairlead.model.Requirement;
import org.fairlead.model.RouteConfig.RouteTarget;

/**
 * Requests on both sides of every boundary of configurations: hosts and their ports, paths of routes, sections,
 * redirects and rewrite rules, addresses of {@code Require ip}, methods, sessions of every member's route.
 */
final class RequestBoundaries {
    /** The most requests that are made: two large files are compared in some seconds. */
    static final int MAX_REQUESTS = 20_000;

    private static final String UNKNOWN_HOST = "no-such-host.invalid";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String OUTSIDE = "192.0.2.1";

    private final List<ProxyConfig> configs;
    private final DryRunRequest.Ports ports;
    private final Set<Asked> asked = new LinkedHashSet<>();

    private RequestBoundaries(List<ProxyConfig> configs, DryRunRequest.Ports ports) {
        this.configs = configs;
        this.ports = ports;
    }

    /**
     * One request.
     *
     * @param cookie the value of the field; empty = none
     */
    record Asked(String method, String url, String client, String cookie) {
        DryRunRequest request(DryRunRequest.Ports ports) {
            Headers fields = new Headers();
            if (!cookie.isEmpty()) {
                fields.add("Cookie", cookie);
            }
            return DryRunRequest.of(method + " " + url, fields, client, ports);
        }

        @Override
        public String toString() {
            return method + " " + url + (cookie.isEmpty() ? "" : "  Cookie: " + cookie)
                    + (client.equals(LOOPBACK) ? "" : "  from " + client);
        }
    }

    /** The requests, each once, in the order of the first configuration. */
    static List<Asked> of(List<ProxyConfig> configs, DryRunRequest.Ports ports) {
        RequestBoundaries boundaries = new RequestBoundaries(configs, ports);
        boundaries.collect();
        return List.copyOf(boundaries.asked);
    }

    private void collect() {
        Set<String> hosts = new LinkedHashSet<>();
        configs.forEach(
                config -> hosts(config).forEach(host -> names(host, config).forEach(hosts::add)));
        for (String host : hosts) {
            String name = host.substring(host.indexOf("//") + 2).replaceFirst(":\\d+$", "");
            List<HostConfig> own = configs.stream()
                    .flatMap(config -> hosts(config).filter(one -> one == config.mainHost() || isNamed(one, name)))
                    .toList();
            ask(host, own);
        }
    }

    private static Stream<HostConfig> hosts(ProxyConfig config) {
        return Stream.concat(Stream.of(config.mainHost()), config.virtualHosts().stream());
    }

    private static boolean isNamed(HostConfig host, String name) {
        return host.serverName().equals(name)
                || host.serverName().isEmpty()
                || host.serverAliases().stream().anyMatch(alias -> sample(alias).equals(name));
    }

    private static String sample(String alias) {
        return alias.replace("*", "x").replace("?", "x");
    }

    /** The beginnings of URLs that lead to a host, on every listener. */
    private static Stream<String> names(HostConfig host, ProxyConfig config) {
        Stream<String> names = Stream.concat(
                Stream.of(host.serverName().isEmpty() ? UNKNOWN_HOST : host.serverName()),
                host.serverAliases().stream().map(RequestBoundaries::sample));
        List<String> found = new ArrayList<>();
        names.forEach(name -> config.listeners().stream()
                .filter(listener -> isFor(host, listener))
                .forEach(listener -> found.add(start(name, listener))));
        if (host == config.mainHost()) {
            config.listeners().forEach(listener -> found.add(start(UNKNOWN_HOST, listener)));
        }
        return found.stream();
    }

    private static boolean isFor(HostConfig host, ListenerConfig listener) {
        return host.addresses().isEmpty()
                || host.addresses().stream().anyMatch(one -> one.port() == 0 || one.port() == listener.port());
    }

    private static String start(String name, ListenerConfig listener) {
        boolean standard = listener.port() == (listener.isSecure() ? 443 : 80);
        return (listener.isSecure() ? "https://" : "http://") + name + (standard ? "" : ":" + listener.port());
    }

    private void ask(String start, List<HostConfig> hosts) {
        Set<String> paths = new LinkedHashSet<>(List.of("/"));
        Set<String> clients = new LinkedHashSet<>(List.of(LOOPBACK, OUTSIDE));
        hosts.forEach(host -> {
            host.routes().forEach(route -> paths(route.match(), paths));
            host.locations().forEach(section -> paths(section.match(), paths));
            host.redirects().forEach(redirect -> paths(redirect.from(), paths));
            host.rewrite()
                    .rules()
                    .forEach(rule -> RegexSample.of(rule.pattern()).ifPresent(paths::add));
            host.locations().forEach(section -> clients(section.settings().access().requirement().stream(), clients));
            clients(host.settings().access().requirement().stream(), clients);
        });
        for (String path : paths) {
            for (String client : clients) {
                add(new Asked("GET", start + path, client, ""));
            }
            add(new Asked("POST", start + path, LOOPBACK, ""));
        }
        hosts.forEach(host -> sessions(host)
                .forEach(cookie -> paths.forEach(path -> add(new Asked("GET", start + path, LOOPBACK, cookie)))));
    }

    private void add(Asked one) {
        if (asked.size() < MAX_REQUESTS && isPossible(one)) {
            asked.add(one);
        }
    }

    private boolean isPossible(Asked one) {
        try {
            one.request(ports);
            return true;
        } catch (IllegalArgumentException e) {
            // A path with a blank, for instance, that no request line can have.
            return false;
        }
    }

    private static void paths(PathMatch match, Set<String> paths) {
        if (match instanceof PathMatch.Prefix prefix) {
            sides(prefix.path(), paths);
        } else if (match instanceof PathMatch.Regex regex) {
            RegexSample.of(regex.pattern()).ifPresent(paths::add);
        }
    }

    private static void paths(From from, Set<String> paths) {
        if (from instanceof From.Prefix prefix) {
            sides(prefix.path(), paths);
        } else if (from instanceof From.Expression expression) {
            RegexSample.of(expression.pattern()).ifPresent(paths::add);
        }
    }

    /** A prefix matches on segment boundaries: itself, below it, and a neighbour of a longer name. */
    private static void sides(String prefix, Set<String> paths) {
        String bare = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        paths.add(bare.isEmpty() ? "/" : bare);
        paths.add(bare + "/");
        paths.add(bare + "/x");
        paths.add(bare + "x");
    }

    private static void clients(Stream<? extends Requirement> requirements, Set<String> clients) {
        requirements.forEach(requirement -> {
            if (requirement instanceof Requirement.Group group) {
                clients(group.parts().stream(), clients);
            } else if (requirement instanceof Requirement.Line line && line.provider() == Requirement.Provider.IP) {
                for (String word : line.argument().split("\\s+")) {
                    address(word).ifPresent(clients::add);
                }
            }
        });
    }

    /** An address inside {@code 10}, {@code 10.1}, {@code 10.0.0.0/8} or {@code 2001:db8::/32}. */
    private static Optional<String> address(String network) {
        String text = network.replaceFirst("/.*", "");
        while (text.matches("\\d+(\\.\\d+){0,2}\\.?")) {
            text = (text.endsWith(".") ? text : text + ".") + "0";
        }
        return IpAddress.parse(text).isPresent() ? Optional.of(text) : Optional.empty();
    }

    /** A cookie of a session at each member of the balancers that a host's routes lead to. */
    private List<String> sessions(HostConfig host) {
        Set<String> cookies = new LinkedHashSet<>();
        Stream.concat(host.routes().stream(), host.locations().stream().flatMap(section -> section.route().stream()))
                .map(route -> route.target())
                .filter(RouteTarget.Forward.class::isInstance)
                .map(target -> ((RouteTarget.Forward) target).balancer())
                .forEach(name -> configs.stream()
                        .filter(config -> config.balancers().containsKey(name))
                        .forEach(config -> sessions(config.balancers().get(name), cookies)));
        return List.copyOf(cookies);
    }

    private static void sessions(BalancerConfig balancer, Set<String> cookies) {
        balancer.sticky()
                .filter(sticky -> !sticky.cookie().isEmpty())
                .ifPresent(sticky -> balancer.members().stream()
                        .filter(member -> !member.route().isEmpty())
                        .forEach(member -> cookies.add(sticky.cookie() + "=x." + member.route())));
    }
}
