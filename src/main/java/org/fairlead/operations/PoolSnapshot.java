package org.fairlead.operations;

/**
 * The connections to one member at one moment.
 *
 * @param idle connections that wait for a request
 * @param busy connections that carry one
 * @param opened connections made since the pool was created
 * @param dropped idle connections that, when about to be reused, were too old, closed by the member or not quiet
 */
public record PoolSnapshot(int idle, int busy, long opened, long dropped) {
    /** No connection. */
    public static final PoolSnapshot NONE = new PoolSnapshot(0, 0, 0, 0);
}
