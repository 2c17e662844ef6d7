package org.fairlead.counters;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests that went one way, as counted up to one moment.
 *
 * @param series durations by method, status and failure
 * @param failures by kind, with the last one's text and time
 * @param bytes of response bodies
 */
public record TrafficSnapshot(List<ResponseSample> series, List<FailureCount> failures, long bytes) {
    /** Nothing was counted. */
    public static final TrafficSnapshot NONE = new TrafficSnapshot(List.of(), List.of(), 0);

    public TrafficSnapshot {
        series = List.copyOf(series);
        failures = List.copyOf(failures);
    }

    /** Returns how many responses there were, by class; requests without one are not among them. */
    public ResponseCounts responses() {
        ResponseCounts counts = ResponseCounts.NONE;
        for (ResponseSample sample : series) {
            counts = counts.plus(sample.status(), sample.durations().count());
        }
        return counts;
    }

    /** Returns the durations of all requests. */
    public LatencyDistribution durations() {
        return series.stream()
                .map(ResponseSample::durations)
                .reduce(LatencyDistribution.NONE, LatencyDistribution::plus);
    }

    /** Returns how many requests ended, with or without a response. */
    public long requests() {
        return series.stream().mapToLong(sample -> sample.durations().count()).sum();
    }

    /** Returns both together, with the series of both; of a kind of failure the later text and time. */
    public TrafficSnapshot plus(TrafficSnapshot other) {
        List<ResponseSample> allSeries = new ArrayList<>(series);
        allSeries.addAll(other.series);
        List<FailureCount> allFailures = new ArrayList<>(failures);
        for (FailureCount failure : other.failures) {
            FailureCount known = failures.stream()
                    .filter(one -> one.kind() == failure.kind())
                    .findFirst()
                    .orElse(failure);
            if (known == failure) {
                allFailures.add(failure);
            } else {
                FailureCount later = known.lastAt().isBefore(failure.lastAt()) ? failure : known;
                allFailures.set(
                        allFailures.indexOf(known),
                        new FailureCount(
                                failure.kind(), known.count() + failure.count(), later.lastText(), later.lastAt()));
            }
        }
        return new TrafficSnapshot(allSeries, allFailures, bytes + other.bytes);
    }
}
