package org.fairlead.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.fairlead.model.ProxyConfig;
import org.fairlead.runtime.ListenerControl;
import org.fairlead.runtime.ProxyRuntime;

/**
 * Running proxies of one servlet with {@code targetUri}, one for each origin that its requests have asked for. A
 * servlet whose requests choose their targets may have many: the least recently used one is closed. Thread-safe.
 */
final class OriginProxies implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OriginProxies.class.getName());

    private static final int MAX_ORIGINS = 256;

    private final ServletContext context;
    private final OutgoingLimits limits;
    private final Optional<Path> file;
    private final MemberReadiness readiness = new MemberReadiness();
    /** In the order of their last use; guarded by itself. */
    private final Map<String, OriginProxy> proxies = new LinkedHashMap<>(16, 0.75f, true);

    /** @param file describes the balancers that {@code balancer://} targets name */
    OriginProxies(ServletContext context, OutgoingLimits limits, Optional<Path> file) {
        this.context = context;
        this.limits = limits;
        this.file = file;
    }

    /**
     * Reads the file that holds a servlet's balancers.
     *
     * @throws IOException with all that is wrong with it
     */
    private static LoadedConfig read(Path file) throws IOException {
        try {
            LoadedConfig loaded = new ConfigLoader().load(file);
            loaded.notices().forEach(notice -> LOG.log(System.Logger.Level.WARNING, notice::toString));
            return loaded;
        } catch (ConfigException e) {
            throw new IOException(String.join(
                    "\n", e.problems().stream().map(Object::toString).toList()));
        }
    }

    /**
     * The proxy for an origin; starts it if need be.
     *
     * @throws IOException if there can be none: the origin is no URL, or has no balancer, or its outgoing proxy is
     *     unknown
     */
    OriginProxy of(Origin origin) throws IOException {
        Optional<String> remote = limits.systemProperties() ? SystemProxy.of(origin) : Optional.empty();
        String key = origin + remote.map(url -> " by " + url).orElse("");
        synchronized (proxies) {
            OriginProxy known = proxies.get(key);
            if (known != null) {
                return known;
            }
            makeRoom();
            OriginProxy started = origin.isBalancer() ? balanced(origin) : standalone(origin, remote);
            proxies.put(key, started);
            return started;
        }
    }

    private void makeRoom() {
        if (proxies.size() >= MAX_ORIGINS) {
            String eldest = proxies.keySet().iterator().next();
            proxies.remove(eldest).close();
        }
    }

    private OriginProxy standalone(Origin origin, Optional<String> remote) throws IOException {
        ProxyConfig config = OriginConfig.standalone(origin, limits, remote);
        ProxyRuntime runtime = ProxyRuntime.start(config, readiness.in(context), operations -> Map.of());
        return new OriginProxy(origin, config, runtime, new RequestLog(runtime, context), Optional.empty());
    }

    private OriginProxy balanced(Origin origin) throws IOException {
        LoadedConfig loaded = read(file.orElseThrow(() -> new IOException("target " + origin + ": the init-param "
                + ConfigLocator.PROPERTY + " is missing, which has to name the file of that balancer")));
        ProxyConfig config;
        ProxyRuntime runtime;
        try {
            config = OriginConfig.balanced(origin, loaded.config());
            runtime = ProxyRuntime.start(config, readiness.in(context), operations -> Map.of());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        AtomicReference<OriginProxy> running = new AtomicReference<>();
        Optional<ConfigWatch> watch = loaded.files().stream()
                .findFirst()
                .map(path -> ConfigWatch.start(loaded, path, ListenerControl.NONE, next -> {
                    OriginProxy proxy = running.get();
                    if (proxy != null) {
                        proxy.replace(OriginConfig.balanced(origin, next));
                    }
                }));
        running.set(new OriginProxy(origin, config, runtime, new RequestLog(runtime, context), watch));
        return running.get();
    }

    @Override
    public void close() {
        List<OriginProxy> all;
        synchronized (proxies) {
            all = new ArrayList<>(proxies.values());
            proxies.clear();
        }
        all.forEach(OriginProxy::close);
        readiness.close();
    }
}
