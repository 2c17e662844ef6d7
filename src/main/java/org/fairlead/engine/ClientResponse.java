package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import org.fairlead.http.ResponseHead;

/**
 * What the client gets for a member's response: what a body filter reads and replaces.
 *
 * @param length bytes of the body; −1 = unknown; for HEAD what a GET would have had
 * @param body how the body comes out of the member's
 */
record ClientResponse(ResponseHead head, long length, Body body) {
    /** A body on its way. */
    interface Body {
        /**
         * Copies it as it comes, without holding bytes back.
         *
         * @return bytes that the client got
         * @throws UpstreamException if the member breaks off: what was copied is cut
         * @throws ClientGoneException if the client does not take it
         */
        long copy(UpstreamResponse member, OutputStream client) throws IOException, UpstreamException;
    }

    /** The member's body as it is. */
    static ClientResponse whole(ResponseHead head, long length) {
        return new ClientResponse(head, length, UpstreamResponse::copyTo);
    }
}
