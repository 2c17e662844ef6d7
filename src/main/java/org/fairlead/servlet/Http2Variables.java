package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The variables that mod_http2 sets for a request in HTTP/2. Nothing is pushed here, so these say so. */
final class Http2Variables {
    private Http2Variables() {}

    /** The value of {@code name}; empty for another name, and for a request in another protocol. */
    static Optional<String> read(HttpServletRequest request, String name) {
        if (!name.startsWith("H") || !ServletHead.isHttp2(request)) {
            return Optional.empty();
        }
        return switch (name) {
            case "HTTP2" -> Optional.of("on");
            case "H2PUSH", "H2_PUSH" -> Optional.of("off");
            case "H2_STREAM_ID" -> Optional.of(request.getProtocolRequestId());
            case "H2_STREAM_TAG" ->
                Optional.of(request.getServletConnection().getConnectionId() + "-" + request.getProtocolRequestId());
            default -> Optional.empty();
        };
    }
}
