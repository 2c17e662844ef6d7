package org.fairlead.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.OptionalLong;

/**
 * The trend of a falling number: a least-squares line through its samples since the maximum. Used by one thread at a
 * time.
 */
final class DrainTrend {
    private static final int MAX_SAMPLES = 600;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private int every = 1;
    private long added;

    private record Sample(long nanos, double value) {}

    /** @param nanos later than all before */
    void add(long nanos, double value) {
        if (!samples.isEmpty() && value > samples.getFirst().value()) {
            samples.clear();
            every = 1;
        }
        if (added++ % every == 0) {
            samples.addLast(new Sample(nanos, value));
        }
        if (samples.size() > MAX_SAMPLES) {
            every *= 2;
            Iterator<Sample> all = samples.iterator();
            for (boolean keep = true; all.hasNext(); keep = !keep) {
                all.next();
                if (!keep) {
                    all.remove();
                }
            }
        }
    }

    /** Returns the change in one minute; 0 while there are not two samples. */
    double perMinute() {
        return slope() * 60e9;
    }

    private double slope() {
        double meanTime = samples.stream().mapToDouble(this::time).average().orElse(0);
        double meanValue = samples.stream().mapToDouble(Sample::value).average().orElse(0);
        double covariance = 0;
        double variance = 0;
        for (Sample sample : samples) {
            double time = time(sample) - meanTime;
            covariance += time * (sample.value() - meanValue);
            variance += time * time;
        }
        return variance == 0 ? 0 : covariance / variance;
    }

    private double time(Sample sample) {
        return sample.nanos() - samples.getFirst().nanos();
    }

    /** Returns the nanoseconds from the last sample until zero; empty if it does not go down. */
    OptionalLong untilZero() {
        double slope = slope();
        if (samples.isEmpty() || slope >= 0) {
            return OptionalLong.empty();
        }
        double now = time(samples.getLast());
        double meanTime = samples.stream().mapToDouble(this::time).average().orElse(0);
        double meanValue = samples.stream().mapToDouble(Sample::value).average().orElse(0);
        double zero = meanTime - meanValue / slope;
        return OptionalLong.of(Math.max(0, (long) (zero - now)));
    }
}
