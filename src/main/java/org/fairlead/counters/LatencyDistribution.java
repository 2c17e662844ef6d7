package org.fairlead.counters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Durations counted by size.
 *
 * @param counts one count for each of {@link #LIMITS} (durations up to and including it, above the one before), and a
 *     last one for what is longer than all of them; not cumulative
 * @param sum of all durations
 */
public record LatencyDistribution(List<Long> counts, Duration sum) {
    /** The upper limits of the buckets: 5 ms to 10 s. */
    public static final List<Duration> LIMITS = Stream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000)
            .map(Duration::ofMillis)
            .toList();

    /** Nothing was counted. */
    public static final LatencyDistribution NONE =
            new LatencyDistribution(Collections.nCopies(LIMITS.size() + 1, 0L), Duration.ZERO);

    /** @throws IllegalArgumentException if there is not one count a bucket */
    public LatencyDistribution {
        counts = List.copyOf(counts);
        if (counts.size() != LIMITS.size() + 1) {
            throw new IllegalArgumentException("counts: " + counts.size() + " (expected: " + (LIMITS.size() + 1) + ")");
        }
    }

    /** Returns how many durations were counted. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the mean; empty if nothing was counted. */
    public Optional<Duration> mean() {
        long count = count();
        return count == 0 ? Optional.empty() : Optional.of(sum.dividedBy(count));
    }

    /**
     * Estimates a quantile by linear interpolation within its bucket, as Prometheus' {@code histogram_quantile} does.
     *
     * @param share 0 to 1; 0.99 for p99
     * @return empty if nothing was counted; the last limit for what lies above it
     */
    public Optional<Duration> quantile(double share) {
        long total = count();
        if (total == 0) {
            return Optional.empty();
        }
        double rank = share * total;
        long below = 0;
        for (int i = 0; i < LIMITS.size(); i++) {
            long here = counts.get(i);
            if (here > 0 && below + here >= rank) {
                long from = i == 0 ? 0 : LIMITS.get(i - 1).toNanos();
                long width = LIMITS.get(i).toNanos() - from;
                return Optional.of(Duration.ofNanos(from + (long) (width * Math.max(0, rank - below) / here)));
            }
            below += here;
        }
        return Optional.of(LIMITS.get(LIMITS.size() - 1));
    }

    /** Returns both together. */
    public LatencyDistribution plus(LatencyDistribution other) {
        return new LatencyDistribution(combined(other, 1), sum.plus(other.sum));
    }

    /** Returns what came since an {@code earlier} reading of the same counters. */
    public LatencyDistribution minus(LatencyDistribution earlier) {
        return new LatencyDistribution(combined(earlier, -1), sum.minus(earlier.sum));
    }

    private List<Long> combined(LatencyDistribution other, int sign) {
        List<Long> all = new ArrayList<>(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            all.add(counts.get(i) + sign * other.counts.get(i));
        }
        return all;
    }
}
