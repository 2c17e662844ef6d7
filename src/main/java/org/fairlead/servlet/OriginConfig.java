package org.fairlead.servlet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.model.HostConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.model.RouteConfig;

/**
 * Configuration behind one origin of a servlet with {@code targetUri}: every path is forwarded there, and the fields of
 * a message stay as the servlet has made them.
 */
final class OriginConfig {
    /** The servlet itself sets X-Forwarded-For, so every peer counts as trusted; {@code /0} is refused. */
    private static final String PASSED_AS_IT_IS = String.join(
            "\n",
            "ProxyPreserveHost On",
            "ProxyAddHeaders Off",
            "ProxyVia Off",
            "RemoteIPInternalProxy 0.0.0.0/1 128.0.0.0/1 ::/1 8000::/1",
            "LimitRequestBody 0",
            "");

    private OriginConfig() {}

    /**
     * Configuration for the host of an URL.
     *
     * @param remote the outgoing proxy's URL, where there is one
     * @throws IOException if the origin cannot be asked
     */
    static ProxyConfig standalone(Origin origin, OutgoingLimits limits, Optional<String> remote) throws IOException {
        return load(
                origin,
                (origin.scheme().equals("https") ? "SSLProxyEngine On\n" : "")
                        + remote.map(url -> "ProxyRemote * " + url + "\n").orElse("")
                        + "ProxyPass / " + origin + "/" + limits.parameters() + "\n"
                        + PASSED_AS_IT_IS);
    }

    /**
     * Configuration for a balancer that a configuration file describes: its members, health checks, limits and access
     * logs are the file's, while the file's routes do not count.
     *
     * @throws IllegalArgumentException if the file has no such balancer
     */
    static ProxyConfig balanced(Origin origin, ProxyConfig file) {
        ProxyConfig passing;
        try {
            // The member's own name is sent unless the servlet has set another one.
            passing = load(
                    origin,
                    "ProxyPass / http://localhost:1/\n" + PASSED_AS_IT_IS
                            + "RequestHeader unset Host \"expr=%{HTTP_HOST} == '" + origin.authority() + "'\"\n");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        String name = file.balancers().keySet().stream()
                .filter(known -> known.equals(origin.authority()) || known.equals(origin.toString()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(origin + " is no balancer of the configuration (expected: one of "
                                + String.join(", ", file.balancers().keySet()) + ")"));
        HostConfig host = passing.mainHost();
        List<RouteConfig> routes = host.routes().stream()
                .map(route -> new RouteConfig(
                        route.match(), new RouteConfig.RouteTarget.Forward(name, "/"), route.mapping(), route.source()))
                .toList();
        return new ProxyConfig(
                file.server(), passing.listeners(), with(host, routes, file.mainHost()), List.of(), file.balancers());
    }

    private static HostConfig with(HostConfig host, List<RouteConfig> routes, HostConfig file) {
        return new HostConfig(
                host.serverName(),
                host.serverPort(),
                host.serverAliases(),
                host.addresses(),
                routes,
                host.reverses(),
                host.cookieDomains(),
                host.cookiePaths(),
                host.remoteIp(),
                host.via(),
                host.encodedSlashes(),
                host.maxForwards(),
                host.environmentRules(),
                host.redirects(),
                host.settings(),
                host.rewrite(),
                host.locations(),
                host.proxySections(),
                file.accessLogs(),
                host.tls(),
                host.source());
    }

    private static ProxyConfig load(Origin origin, String text) throws IOException {
        try {
            return new ConfigLoader().load(text, "conf", origin.toString()).config();
        } catch (ConfigException e) {
            throw new IOException("target " + origin + ": " + e.problems(), e);
        }
    }
}
