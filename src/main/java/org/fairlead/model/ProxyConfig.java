package org.fairlead.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fairlead.model.Settings.Handler;

/**
 * A whole configuration: everything that the operator's files say, with httpd's defaults filled in.
 *
 * @param server what concerns the process and its connectors
 * @param listeners where connections are accepted; never empty (httpd's {@code Listen}, 8080 where there is none)
 * @param mainHost the server outside any {@code <VirtualHost>}: serves what no virtual host's address matches
 * @param virtualHosts in configuration order; what they inherit from the main server is already merged in
 * @param balancers every balancer and every lone member that a route can lead to, by
 *     {@link BalancerConfig#name()}, in configuration order
 * @param operations what the process shows of itself
 */
public record ProxyConfig(
        ServerConfig server,
        List<ListenerConfig> listeners,
        HostConfig mainHost,
        List<HostConfig> virtualHosts,
        Map<String, BalancerConfig> balancers,
        OperationsConfig operations) {
    /** With httpd's defaults of what the process shows of itself. */
    public ProxyConfig(
            ServerConfig server,
            List<ListenerConfig> listeners,
            HostConfig mainHost,
            List<HostConfig> virtualHosts,
            Map<String, BalancerConfig> balancers) {
        this(server, listeners, mainHost, virtualHosts, balancers, OperationsConfig.DEFAULTS);
    }

    public ProxyConfig {
        listeners = List.copyOf(listeners);
        virtualHosts = List.copyOf(virtualHosts);
        balancers = Collections.unmodifiableMap(new LinkedHashMap<>(balancers));
    }

    /** Whether a {@code SetHandler} of any host names this handler. */
    public boolean names(Handler handler) {
        return Stream.concat(Stream.of(mainHost), virtualHosts.stream())
                .flatMap(host -> Stream.concat(
                        Stream.of(host.settings()), host.locations().stream().map(LocationConfig::settings)))
                .anyMatch(settings -> settings.handler().filter(handler::equals).isPresent());
    }
}
