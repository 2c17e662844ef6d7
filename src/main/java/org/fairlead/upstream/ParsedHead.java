package org.fairlead.upstream;

import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.fairlead.exchange.Headers;

/** A member's head in the shape that the library's connection hands through. The fields stand in ours alone. */
final class ParsedHead extends BasicClassicHttpResponse {
    private final int minorVersion;
    private final transient Headers fields;

    ParsedHead(int status, int minorVersion, Headers fields) {
        super(status);
        this.minorVersion = minorVersion;
        this.fields = fields;
    }

    /** The x of HTTP/1.x. */
    int minorVersion() {
        return minorVersion;
    }

    Headers fields() {
        return fields;
    }
}
