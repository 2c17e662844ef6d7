package org.fairlead.servlet;

import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.fairlead.admin.OperationsBeans;
import org.fairlead.config.LoadedConfig;
import org.fairlead.metrics.EmbeddersRegistry;
import org.fairlead.operations.ReloadSnapshot;
import org.fairlead.runtime.ProxyRuntime;

/**
 * Connects a running proxy with what operators see of it beside its own pages: the reloads of its files, the listeners
 * of its launcher, the beans of the JVM, and the registry of an embedding application.
 */
final class OperatorOutlets implements AutoCloseable {
    private final Optional<ConfigBean> bean;
    private final OperationsBeans beans;
    private final Optional<EmbeddersRegistry> registry;

    private OperatorOutlets(Optional<ConfigBean> bean, OperationsBeans beans, Optional<EmbeddersRegistry> registry) {
        this.bean = bean;
        this.beans = beans;
        this.registry = registry;
    }

    /**
     * Opens them.
     *
     * @param watch of the configuration's files; empty for an embedding application's configuration
     * @param tunnels how many connections have left HTTP
     */
    static OperatorOutlets open(
            ProxyRuntime proxy,
            LoadedConfig loaded,
            Optional<ConfigWatch> watch,
            ServletContext context,
            IntSupplier tunnels) {
        ReloadSnapshot first = ReloadSnapshot.started(Instant.now());
        proxy.surround(
                LauncherParts.listeners(context),
                tunnels,
                () -> watch.map(ConfigWatch::state).orElse(first),
                () -> watch.map(ConfigWatch::text).orElse(loaded.yaml()));
        watch.ifPresent(files -> files.onRefusal(proxy::refused));
        Optional<ConfigBean> bean = watch.map(files -> new ConfigBean(context.getContextPath(), files::state));
        bean.ifPresent(shown -> watch.get().later(shown::show));
        return new OperatorOutlets(
                bean,
                OperationsBeans.show(
                        context.getContextPath(), proxy.operations(), Duration.ofMillis(ConfigWatch.millis())),
                EmbeddersRegistry.join(
                        Optional.ofNullable(context.getAttribute(EmbeddersRegistry.ATTRIBUTE)),
                        proxy.operations()::snapshot));
    }

    @Override
    public void close() {
        bean.ifPresent(ConfigBean::close);
        beans.close();
        registry.ifPresent(EmbeddersRegistry::close);
    }
}
