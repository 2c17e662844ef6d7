package org.fairlead.balancer;

/**
 * The retry budget: it limits second attempts so that an outage is not multiplied. It allows a share of the requests of
 * the last ten seconds and always a few, so that a balancer with little load may fail over. Guarded by the wait queue's
 * lock.
 */
final class RetryBudget {
    /** Second attempts in ten seconds that are allowed whatever the share. */
    static final int MINIMUM = 100;

    private static final int SLICES = 10;
    private static final long SLICE_NANOS = 1_000_000_000L;

    private final int percent;
    private final long[] requests = new long[SLICES];
    private final long[] retries = new long[SLICES];
    private long slice;

    /** @param percent {@code retrybudget}: 0 = no second attempts, 100 = no limit */
    RetryBudget(int percent, long now) {
        this.percent = percent;
        this.slice = Math.floorDiv(now, SLICE_NANOS);
    }

    void requested(long now) {
        requests[at(now)]++;
    }

    /** Whether a second attempt may be made now; counts it if so. */
    boolean take(long now) {
        int index = at(now);
        boolean allowed =
                percent == 100 || percent > 0 && sum(retries) < Math.max(MINIMUM, sum(requests) * percent / 100);
        if (allowed) {
            retries[index]++;
        }
        return allowed;
    }

    /** Clears the slices that are too old, and returns the index of the current one. */
    private int at(long now) {
        long current = Math.floorDiv(now, SLICE_NANOS);
        for (long old = Math.max(slice + 1, current - SLICES + 1); old <= current; old++) {
            requests[Math.floorMod(old, SLICES)] = 0;
            retries[Math.floorMod(old, SLICES)] = 0;
        }
        slice = Math.max(slice, current);
        return Math.floorMod(slice, SLICES);
    }

    private static long sum(long[] slices) {
        long sum = 0;
        for (long one : slices) {
            sum += one;
        }
        return sum;
    }
}
