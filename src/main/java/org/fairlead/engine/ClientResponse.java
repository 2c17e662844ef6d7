package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import org.fairlead.http.ResponseHead;

/**
 * The response for the client, made from a member's response: the input and the output of a body filter.
 *
 * @param length bytes of the body; −1 = unknown; for HEAD the length that a GET would have had
 * @param body how the body is made from the member's
 */
record ClientResponse(ResponseHead head, long length, Body body) {
    /** The writer of a body. */
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
