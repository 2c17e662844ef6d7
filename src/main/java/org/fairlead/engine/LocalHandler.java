package org.fairlead.engine;

import java.io.IOException;
import org.fairlead.http.RefusedException;

/**
 * Port: handles requests of a location whose {@code SetHandler} names it. It is called after the access rules of the
 * path have let the request in. Thread-safe.
 */
public interface LocalHandler {
    /**
     * Handles one request; may read its body, and may block.
     *
     * @throws RefusedException with the status that the client gets instead, as a page without details
     * @throws IOException if the client is gone
     */
    HandlerResponse handle(HandlerRequest request) throws IOException, RefusedException;

    /** Stops its background work when Fairlead ends. */
    default void close() {}
}
