package org.fairlead.bench;

import java.util.PriorityQueue;

/** A member of the simulation: a few workers behind one queue, first come, first served. */
final class SimulatedMember {
    private final double meanNanos;
    /** When each worker will have done all that is waiting for it. */
    private final PriorityQueue<Long> workers = new PriorityQueue<>();

    private double slowness = 1;
    private long lastSeen;

    SimulatedMember(int workers, double meanNanos) {
        this.meanNanos = meanNanos;
        for (int i = 0; i < workers; i++) {
            this.workers.add(0L);
        }
    }

    void slowDown(double factor) {
        slowness = factor;
    }

    /** How many workers are at work since the last request came. */
    int working() {
        return (int) workers.stream().filter(until -> until > lastSeen).count();
    }

    /**
     * Takes a request.
     *
     * @param size its work as a multiple of the mean
     * @return when its answer will be there
     */
    long accept(long now, double size) {
        lastSeen = now;
        long start = Math.max(now, workers.remove());
        long end = start + (long) (size * meanNanos * slowness);
        workers.add(end);
        return end;
    }
}
