package org.fairlead.upstream;

/**
 * Counts of one member's connections at one moment, for a console.
 *
 * @param idle connections waiting for a request
 * @param busy connections carrying one
 * @param opened connections made since the pool was created
 * @param dropped idle connections that were over age, closed by the member or not quiet when they were to be used
 */
public record PoolCounts(int idle, int busy, long opened, long dropped) {
    /** No pool, no connection. */
    public static final PoolCounts NONE = new PoolCounts(0, 0, 0, 0);
}
