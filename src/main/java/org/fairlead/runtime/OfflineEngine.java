package org.fairlead.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.access.AccessControl;
import org.fairlead.balancer.Balancer;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.engine.Explanation;
import org.fairlead.engine.ProxyEngine;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.password.PasswordHashes;
import org.fairlead.route.HostTable;
import org.fairlead.upstream.SystemNames;

/**
 * The engine of a configuration that is not running: it explains requests and serves none. Members have their state at
 * a start: nothing was observed, and no name of {@code resolve=} was looked up.
 */
public final class OfflineEngine {
    private final ProxyEngine engine;
    private final List<ListenerConfig> listeners;

    private OfflineEngine(ProxyEngine engine, List<ListenerConfig> listeners) {
        this.engine = engine;
        this.listeners = listeners;
    }

    /** Opens no port and no connection, and starts no thread. */
    public static OfflineEngine of(ProxyConfig config) {
        Map<String, Balancer> balancers = new LinkedHashMap<>();
        config.balancers().forEach((name, balancer) -> balancers.put(name, new Balancer(balancer)));
        ProxyEngine engine = new ProxyEngine(
                config.server(),
                HostTable.of(config),
                balancers,
                (member, request, fresh) -> {
                    throw new IllegalStateException("an engine that is not running sends nothing");
                },
                new AccessControl(new PasswordHashes(), new SystemNames()));
        return new OfflineEngine(engine, config.listeners());
    }

    /** Explains the decision for a request, see {@link ProxyEngine#explain}. */
    public Explanation explain(DryRunRequest request, boolean showsSecrets) {
        return engine.explain(request, showsSecrets);
    }

    /**
     * The local port of a connection to a URL: the URL's port if a listener has it, else that of the first listener of
     * the URL's scheme, as ports are often mapped in between.
     */
    public DryRunRequest.Ports ports() {
        return (secure, port) -> listeners.stream().anyMatch(listener -> listener.port() == port)
                ? port
                : listeners.stream()
                        .filter(listener -> listener.isSecure() == secure)
                        .mapToInt(ListenerConfig::port)
                        .findFirst()
                        .orElse(port);
    }
}
