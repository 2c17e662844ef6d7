package org.fairlead.operations;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The median of the latest durations, computed anew after every {@value #STEP} of them. Thread-safe without a lock:
 * durations that come at once may be lost to it.
 */
final class RunningMedian {
    private static final int WINDOW = 256;
    private static final int STEP = 32;

    private final long[] window = new long[WINDOW];
    private final AtomicInteger count = new AtomicInteger();
    private volatile long median;

    void add(long nanos) {
        int number = count.getAndUpdate(seen -> seen + 1 == 2 * WINDOW ? WINDOW : seen + 1);
        window[number % WINDOW] = nanos;
        if ((number + 1) % STEP == 0) {
            long[] sorted = Arrays.copyOf(window, Math.min(number + 1, WINDOW));
            Arrays.sort(sorted);
            median = sorted[sorted.length / 2];
        }
    }

    /** The median; 0 before {@value #STEP} durations have come. */
    long nanos() {
        return median;
    }
}
