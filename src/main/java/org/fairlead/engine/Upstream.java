package org.fairlead.engine;

import org.fairlead.balancer.Member;

/** Port to the members: how a request gets there and its answer comes back. Thread-safe. */
public interface Upstream {
    /**
     * Sends one attempt and returns when the head of the final answer is here (or of a 101 that was asked for). Blocks.
     *
     * @throws UpstreamException if no usable head came; the connection is gone by then
     */
    Answer send(Member member, OutgoingRequest request) throws UpstreamException;

    /**
     * As {@link #send(Member, OutgoingRequest)}, with a say in the connection: after a failure with
     * {@link UpstreamException#reusedConnection()} a repetition is sure not to meet another stale one.
     *
     * @param freshConnection whether only a connection made for this attempt will do
     */
    default Answer send(Member member, OutgoingRequest request, boolean freshConnection) throws UpstreamException {
        return send(member, request);
    }
}
