package org.fairlead.engine;

import org.fairlead.balancer.Member;

/** Port to the members: sends a request and returns its pending response. Thread-safe. */
public interface Upstream {
    /**
     * Sends one attempt. Blocks while it connects and sends, but does not wait for the response.
     *
     * @param freshConnection whether only a connection made for this attempt will do: after a failure with
     *     {@link UpstreamException#reusedConnection()} a repetition is sure not to meet another stale one
     * @throws UpstreamException if it could not be sent; the connection is gone by then
     */
    PendingResponse send(Member member, OutgoingRequest request, boolean freshConnection) throws UpstreamException;
}
