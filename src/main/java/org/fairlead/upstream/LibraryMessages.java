package org.fairlead.upstream;

import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * Placeholder messages for HttpClient's connection: it counts and checks these two, while our own code reads and writes
 * the bytes. They stay the same for all exchanges of a connection. Used by one thread at a time.
 */
final class LibraryMessages {
    private final BasicClassicHttpRequest request;
    private final BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);

    LibraryMessages() {
        HttpHost none = null;
        // The constructors without a host parse the target.
        request = new BasicClassicHttpRequest("GET", none, "/");
    }

    BasicClassicHttpRequest request() {
        return request;
    }

    /** The response with this status, which HttpClient evaluates. */
    BasicClassicHttpResponse response(int status) {
        response.setCode(status);
        return response;
    }
}
