package org.fairlead.engine;

import java.io.IOException;
import org.fairlead.http.Headers;

/** Port: makes the page of an error through a route of this server. */
interface ErrorPages {
    /** No route makes one. */
    ErrorPages NONE = (failed, status, kept, path) -> false;

    /**
     * Sends the page of {@code path} with the status and the fields of the error.
     *
     * @param failed the request whose response is the page
     * @param kept fields of the error that its response keeps
     * @return whether it was sent; false if no route takes the path, or its member has no page for it
     * @throws IOException if the client is gone
     */
    boolean send(RequestContext failed, int status, Headers kept, String path) throws IOException;
}
