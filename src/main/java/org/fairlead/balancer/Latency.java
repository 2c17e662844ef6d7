package org.fairlead.balancer;

/**
 * How long a member takes of late: a moving average that a slow answer lifts at once and quick ones lower by and by
 * ("peak EWMA", as in Finagle). What is not renewed fades, so a member that was slow once is tried again. Guarded by
 * its monitor.
 */
final class Latency {
    /** In how many nanoseconds an estimate loses 63 % of its weight: 10 s. */
    static final double TAU = 10e9;
    /** While requests are under way the member is being measured, so the old estimate fades ten times slower. */
    private static final double FADING_WHILE_BUSY = 0.1;

    private double estimate = -1;
    private long stamp;

    synchronized void observe(long nanos, long now) {
        double sample = Math.max(nanos, 1);
        if (estimate < 0 || sample > estimate) {
            estimate = sample;
        } else {
            double kept = Math.exp(-Math.max(0, now - stamp) / TAU);
            estimate = estimate * kept + sample * (1 - kept);
        }
        stamp = now;
    }

    /** An answer that proves nothing about speed (a quick error): may lift the estimate and never lowers it. */
    synchronized void observeFailure(long nanos, long now) {
        if (nanos > estimate) {
            observe(nanos, now);
        }
        stamp = now;
    }

    /** Nanoseconds; negative = never measured. */
    synchronized double estimate(long now, boolean busy) {
        if (estimate < 0) {
            return estimate;
        }
        double age = Math.max(0, now - stamp) * (busy ? FADING_WHILE_BUSY : 1);
        return estimate * Math.exp(-age / TAU);
    }
}
