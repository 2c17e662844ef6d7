package org.fairlead.engine;

/** A request that a member has got, and its answer to come. Used by one thread at a time. */
public interface PendingResponse {
    /**
     * Returns when the head of the final answer is here (or of a 101 that was asked for). Blocks. To be called once.
     *
     * @throws UpstreamException if no usable head came; the connection is gone by then
     */
    UpstreamResponse answer() throws UpstreamException;

    /**
     * Whether {@link #answer} can be waited for without a thread, and nothing is known of it yet.
     */
    boolean isSilent();

    /**
     * Has {@code heard} run, by any thread and perhaps before this returns, when {@link #answer} has something to hear, or
     * has waited for too long.
     *
     * @return whether it will be; false = it cannot be waited for in this way now
     */
    boolean whenHeard(Runnable heard);

    /** Breaks the connection: nobody waits for the answer any more. Instead of {@link #answer}, also while it is awaited. */
    void cancel();
}
