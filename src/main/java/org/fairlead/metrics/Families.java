package org.fairlead.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.counters.LatencyDistribution;

/**
 * Metric families while a scrape collects them. Values of equal labels are added up; a family holds at most {@link
 * #MAX_SERIES} series, and what is more is left out and counted. Of one thread.
 */
final class Families {
    /** What OpenTelemetry's SDKs allow a metric. */
    static final int MAX_SERIES = 2000;

    private final Map<String, Family<Double>> counters = new LinkedHashMap<>();
    private final Map<String, Family<Double>> gauges = new LinkedHashMap<>();
    private final Map<String, Family<LatencyDistribution>> histograms = new LinkedHashMap<>();
    private long leftOut;

    private record Family<V>(String help, Map<Labels, V> series) {
        static <V> Family<V> of(String help) {
            return new Family<>(help, new LinkedHashMap<>());
        }
    }

    /** Adds to a counter. @param name without {@code _total}; @param labels names and values in turn */
    void count(String name, String help, double value, String... labels) {
        put(counters.computeIfAbsent(name, first -> Family.of(help)), value, Double::sum, labels);
    }

    /** Adds to a gauge. */
    void gauge(String name, String help, double value, String... labels) {
        put(gauges.computeIfAbsent(name, first -> Family.of(help)), value, Double::sum, labels);
    }

    /** Adds durations to a histogram. */
    void histogram(String name, String help, LatencyDistribution value, String... labels) {
        put(histograms.computeIfAbsent(name, first -> Family.of(help)), value, LatencyDistribution::plus, labels);
    }

    private <V> void put(Family<V> family, V value, java.util.function.BinaryOperator<V> sum, String... labels) {
        Labels key = Labels.of(labels);
        if (family.series().size() >= MAX_SERIES && !family.series().containsKey(key)) {
            leftOut++;
            return;
        }
        family.series().merge(key, value, sum);
    }

    /** Returns everything, in the order in which families were begun. */
    MetricSnapshots snapshots() {
        if (leftOut > 0) {
            gauge("fairlead_metrics_series_left_out", "Series beyond the limit of their metric", leftOut);
        }
        List<MetricSnapshot> all = new ArrayList<>();
        counters.forEach((name, family) -> {
            var built = CounterSnapshot.builder().name(name).help(family.help());
            family.series()
                    .forEach((labels, value) -> built.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .labels(labels)
                            .value(value)
                            .build()));
            all.add(built.build());
        });
        gauges.forEach((name, family) -> {
            var built = GaugeSnapshot.builder().name(name).help(family.help());
            family.series()
                    .forEach((labels, value) -> built.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels(labels)
                            .value(value)
                            .build()));
            all.add(built.build());
        });
        histograms.forEach((name, family) -> {
            var built = HistogramSnapshot.builder().name(name).help(family.help());
            family.series().forEach((labels, value) -> built.dataPoint(point(labels, value)));
            all.add(built.build());
        });
        return new MetricSnapshots(all);
    }

    private static HistogramSnapshot.HistogramDataPointSnapshot point(Labels labels, LatencyDistribution value) {
        List<Double> limits = new ArrayList<>();
        LatencyDistribution.LIMITS.forEach(limit -> limits.add(limit.toMillis() / 1000.0));
        limits.add(Double.POSITIVE_INFINITY);
        var point = HistogramSnapshot.HistogramDataPointSnapshot.builder();
        point.classicHistogramBuckets(ClassicHistogramBuckets.of(limits, value.counts()));
        point.labels(labels);
        point.sum(value.sum().toNanos() / 1e9);
        return point.build();
    }
}
