package org.fairlead.model;

import java.util.List;
import java.util.Optional;

/**
 * The main server or one {@code <VirtualHost>}: which requests it serves, and what it does with them.
 *
 * @param serverName {@code ServerName} without scheme and port, lower case; empty = not set
 * @param serverPort the port of {@code ServerName}, without {@code ServerName} that of the first address; 0 = the
 *     scheme's own
 * @param serverAliases {@code ServerAlias}, lower case, {@code *} and {@code ?} allowed
 * @param addresses what stands in {@code <VirtualHost …>}; empty for the main server
 * @param routes {@code ProxyPass} and {@code ProxyPassMatch} in the order in which they are tried
 * @param reverses {@code ProxyPassReverse} in the order in which they are tried
 * @param cookieDomains {@code ProxyPassReverseCookieDomain}
 * @param cookiePaths {@code ProxyPassReverseCookiePath}
 * @param remoteIp the trusted proxies in front of this host
 * @param via {@code ProxyVia}
 * @param encodedSlashes {@code AllowEncodedSlashes}
 * @param maxForwards {@code ProxyMaxForwards}; −1 = add none
 * @param environmentRules {@code SetEnvIf} and its like outside sections, done before anything else
 * @param redirects {@code Redirect} and its like outside sections, for requests that no route takes
 * @param settings what holds for every path of this host
 * @param rewrite mod_rewrite's rules, applied before a route is looked for
 * @param locations {@code <Location>} sections in configuration order: later ones override earlier ones
 * @param proxySections {@code <Proxy>} sections that say something for paths, in configuration order
 * @param accessLogs where its requests are logged, what it inherits from the main server resolved
 * @param tls how TLS is spoken with its clients ({@code SSLEngine on}); empty = its port decides
 */
public record HostConfig(
        String serverName,
        int serverPort,
        List<String> serverAliases,
        List<HostAddress> addresses,
        List<RouteConfig> routes,
        List<ReverseConfig> reverses,
        List<CookieConfig> cookieDomains,
        List<CookieConfig> cookiePaths,
        RemoteIpConfig remoteIp,
        Via via,
        EncodedSlashes encodedSlashes,
        int maxForwards,
        List<EnvironmentRule> environmentRules,
        List<RedirectConfig> redirects,
        Settings settings,
        RewriteConfig rewrite,
        List<LocationConfig> locations,
        List<ProxySectionConfig> proxySections,
        List<AccessLogConfig> accessLogs,
        Optional<CertificateConfig> tls,
        Source source) {

    /** {@code ProxyVia}: what is done with Via (RFC 9110 7.6.3). */
    public enum Via {
        /** Our own entry is appended to requests, as an intermediary must, and not to responses; our default. */
        REQUESTS,
        /** Passed on as it came; httpd's default. */
        OFF,
        /** Our own entry is appended to requests and to responses. */
        ON,
        /** As {@link #ON}, with the product's name. */
        FULL,
        /** Removed from requests. */
        BLOCK
    }

    /** {@code AllowEncodedSlashes}: what happens to {@code %2F} in a path. */
    public enum EncodedSlashes {
        /** 404, httpd's default. */
        OFF,
        /** Allowed and, as httpd says, decoded for matching. */
        ON,
        /** Allowed and passed on as it came; our default. */
        NODECODE
    }

    /**
     * One address of a {@code <VirtualHost>}.
     *
     * @param address without brackets; {@code *} (also for {@code _default_}) = any
     * @param port 0 = any
     */
    public record HostAddress(String address, int port) {}

    public HostConfig {
        serverAliases = List.copyOf(serverAliases);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
        reverses = List.copyOf(reverses);
        cookieDomains = List.copyOf(cookieDomains);
        cookiePaths = List.copyOf(cookiePaths);
        environmentRules = List.copyOf(environmentRules);
        redirects = List.copyOf(redirects);
        locations = List.copyOf(locations);
        proxySections = List.copyOf(proxySections);
        accessLogs = List.copyOf(accessLogs);
    }
}
