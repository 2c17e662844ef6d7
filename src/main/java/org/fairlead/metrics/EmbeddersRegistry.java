package org.fairlead.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairlead.operations.ServerSnapshot;

/**
 * The registry of an embedding application, to which Fairlead's series are added from {@link #join} to {@link #close}:
 * that of Spring's {@code PrometheusMeterRegistry}, for example. JVM metrics are the application's own affair.
 */
public final class EmbeddersRegistry implements AutoCloseable {
    /** The name of the servlet context's attribute; set before the servlet is initialised. */
    public static final String ATTRIBUTE = "io.prometheus.metrics.model.registry.PrometheusRegistry";

    private static final System.Logger LOG = System.getLogger(EmbeddersRegistry.class.getName());

    private final PrometheusRegistry registry;
    private final MultiCollector collector;

    private EmbeddersRegistry(PrometheusRegistry registry, MultiCollector collector) {
        this.registry = registry;
        this.collector = collector;
        registry.register(collector);
    }

    /**
     * Adds Fairlead's series to a registry.
     *
     * @param attribute the attribute's value; empty where the context has none
     * @param seen takes a snapshot at each scrape
     * @return empty where there is none, or one of another class loader, of which the log tells
     */
    public static Optional<EmbeddersRegistry> join(Optional<Object> attribute, Supplier<ServerSnapshot> seen) {
        if (attribute.isEmpty()) {
            return Optional.empty();
        }
        if (attribute.get() instanceof PrometheusRegistry registry) {
            return Optional.of(new EmbeddersRegistry(registry, () -> MetricsPage.collect(seen.get())));
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "the attribute {0} is a {1} of another class loader (expected: of the application''s own)",
                ATTRIBUTE,
                attribute.get().getClass().getName());
        return Optional.empty();
    }

    @Override
    public void close() {
        registry.unregister(collector);
    }
}
