package org.fairlead.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import org.fairlead.operations.ServerSnapshot;

/**
 * What Prometheus scrapes, in the format that it accepts: its text, or OpenMetrics. It has a registry of its own, so that
 * nothing else in the JVM gets in or out. Thread-safe; scrapes are served one after the other.
 */
public final class MetricsPage {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private boolean jvm;

    /** @param seen takes a look at everything */
    public MetricsPage(Supplier<ServerSnapshot> seen) {
        registry.register((MultiCollector) () -> collect(seen.get()));
    }

    static MetricSnapshots collect(ServerSnapshot seen) {
        Families families = new Families();
        new ServerMetrics(seen, families).collect();
        new MemberMetrics(seen, families).collect();
        return families.snapshots();
    }

    /** One scrape. @param type its {@code Content-Type} */
    public record Scrape(String type, byte[] body) {}

    /**
     * Scrapes once.
     *
     * @param accept the request's {@code Accept}; may be empty
     * @param names which metrics are asked for; empty = all
     */
    public synchronized Scrape scrape(String accept, Set<String> names) throws IOException {
        if (!jvm) {
            // Not before the first scrape: it takes longer than the start of all else.
            JvmMetrics.builder().register(registry);
            jvm = true;
        }
        MetricSnapshots snapshots = names.isEmpty() ? registry.scrape() : registry.scrape(names::contains);
        ExpositionFormatWriter writer = formats.findWriter(accept);
        ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
        writer.write(out, snapshots);
        return new Scrape(writer.getContentType(), out.toByteArray());
    }
}
