package org.fairlead.engine;

/** A request that was sent to a member, and its pending response. Used by one thread at a time. */
public interface PendingResponse {
    /**
     * Returns when the head of the final response is here (or of a 101 that was asked for). Blocks. To be called once.
     *
     * @throws UpstreamException if no usable head came; the connection is gone by then
     */
    UpstreamResponse answer() throws UpstreamException;

    /** Whether {@link #answer} can be awaited without a thread, and nothing of the response has arrived yet. */
    boolean isSilent();

    /**
     * Has {@code heard} run, by any thread and perhaps before this returns, when {@link #answer} has something to read,
     * or its timeout is over.
     *
     * @return whether it will be run; false = the response cannot be awaited in this way now
     */
    boolean whenHeard(Runnable heard);

    /** Aborts the connection: the response is no longer wanted. Instead of {@link #answer}, also while that blocks. */
    void cancel();
}
