package org.fairlead.balancer;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A member's recent latency: a moving average that a slow response raises at once and fast ones lower gradually ("peak
 * EWMA", as in Finagle). An estimate that is not renewed fades, so a member that was slow once is tried again. One
 * atomic value.
 */
final class Latency {
    /** In how many nanoseconds an estimate loses 63 % of its weight: 10 s. */
    static final double TAU = 10e9;
    /** While requests are under way the member is being measured, so the old estimate fades ten times slower. */
    private static final double BUSY_DECAY = 0.1;

    private final AtomicReference<Estimate> latest = new AtomicReference<>(new Estimate(-1, 0));

    /** @param nanos negative = never measured */
    private record Estimate(double nanos, long at) {}

    void observe(long nanos, long now) {
        latest.updateAndGet(old -> with(old, Math.max(nanos, 1), now));
    }

    /** A response that proves nothing about speed (a quick error): may raise the estimate and never lowers it. */
    void observeFailure(long nanos, long now) {
        latest.updateAndGet(old -> nanos > old.nanos() ? with(old, nanos, now) : new Estimate(old.nanos(), now));
    }

    private static Estimate with(Estimate old, double sample, long now) {
        if (old.nanos() < 0 || sample > old.nanos()) {
            return new Estimate(sample, now);
        }
        double kept = Math.exp(-Math.max(0, now - old.at()) / TAU);
        return new Estimate(old.nanos() * kept + sample * (1 - kept), now);
    }

    /** Nanoseconds; negative = never measured. */
    double estimate(long now, boolean busy) {
        Estimate e = latest.get();
        if (e.nanos() < 0) {
            return e.nanos();
        }
        double age = Math.max(0, now - e.at()) * (busy ? BUSY_DECAY : 1);
        return e.nanos() * Math.exp(-age / TAU);
    }
}
