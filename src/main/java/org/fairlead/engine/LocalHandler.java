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

    /** Tells whether the configuration that is now in force names it: only then is background work worth its cost. */
    default void follow(boolean named) {}

    /** Stops its background work when Fairlead ends. */
    default void close() {}
}
