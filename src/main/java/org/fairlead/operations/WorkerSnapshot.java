package org.fairlead.operations;

/**
 * Requests under way at one moment.
 *
 * @param limit {@code MaxRequestWorkers}: how many may be at once; 0 = not known (another container's)
 * @param active requests under way, those that wait for their member without a thread included
 * @param tunnels connections that were switched to another protocol
 */
public record WorkerSnapshot(int limit, long active, int tunnels) {
    /** Returns how many more requests could be under way at once; 0 where no limit is known. */
    public long idle() {
        return Math.max(0, limit - active);
    }
}
