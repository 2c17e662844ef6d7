package org.fairlead.upstream;

import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.PendingResponse;
import org.fairlead.engine.UpstreamException;
import org.fairlead.model.MemberProtocol;

/**
 * The client side of one protocol: what is done with a pooled connection to send a request and to receive its response.
 * Pools, time limits and the engine are the same for all protocols, and this is the one place that tells them apart.
 */
interface MemberClient {
    /** Returns the client for members of this protocol. */
    static MemberClient of(MemberProtocol protocol) {
        return switch (protocol) {
            case HTTP, HTTPS -> HttpClient.INSTANCE;
            case AJP -> AjpClient.INSTANCE;
        };
    }

    /**
     * As {@link org.fairlead.engine.Upstream#send}.
     *
     * @param pool the member's connections
     * @throws IllegalArgumentException before anything is sent, for a head that must not be written
     */
    PendingResponse send(Member member, MemberPool pool, OutgoingRequest request, boolean freshConnection)
            throws UpstreamException;
}
