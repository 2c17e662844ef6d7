package org.fairlead.counters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Distribution of durations over the 14 limits that OpenTelemetry recommends for HTTP (semantic conventions 1.44,
 * {@code http.server.request.duration}). Thread-safe; recording is two adds and allocates nothing.
 */
public final class LatencyHistogram {
    private static final long[] LIMIT_NANOS =
            LatencyDistribution.LIMITS.stream().mapToLong(Duration::toNanos).toArray();

    private final LongAdder[] buckets = new LongAdder[LIMIT_NANOS.length + 1];
    private final LongAdder sumNanos = new LongAdder();

    public LatencyHistogram() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** Counts one duration. @param nanos less than 0 counts as 0 */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < LIMIT_NANOS.length && nanos > LIMIT_NANOS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        sumNanos.add(Math.max(0, nanos));
    }

    /** Returns what was counted so far. Recording goes on, so the sum may be a moment ahead of the buckets. */
    public LatencyDistribution distribution() {
        List<Long> counts = new ArrayList<>(buckets.length);
        for (LongAdder bucket : buckets) {
            counts.add(bucket.sum());
        }
        return new LatencyDistribution(counts, Duration.ofNanos(sumNanos.sum()));
    }
}
