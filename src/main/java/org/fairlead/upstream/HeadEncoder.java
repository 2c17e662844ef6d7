package org.fairlead.upstream;

import org.fairlead.engine.OutgoingRequest;
import org.fairlead.http.Headers;
import org.fairlead.model.MemberAddress;
import org.fairlead.model.PoolConfig;

/** The encoder of request heads: writes the engine's fields unchanged, and exactly one framing. */
final class HeadEncoder {
    private HeadEncoder() {}

    /**
     * Writes the whole head into an empty write buffer.
     *
     * @throws IllegalArgumentException if something in it must not be written
     */
    static void encode(OutgoingRequest request, MemberAddress address, PoolConfig config, WriteBuffer outlet) {
        boolean absolute = config.remote().isPresent() && !address.secure();
        outlet.requestLine(
                request.method(), absolute ? "http://" + address.authority() + request.target() : request.target());
        Headers headers = request.headers();
        int size = headers.size();
        for (int i = 0; i < size; i++) {
            String name = headers.name(i);
            if (!isOurs(name)) {
                outlet.field(name, headers.value(i));
            }
        }
        framing(request, outlet);
        if (expectsContinue(request, config)) {
            outlet.literal("Expect: 100-continue\r\n");
        }
        if (!config.reuse()) {
            outlet.literal(request.upgrade().isPresent() ? "" : "Connection: close\r\n");
        }
        outlet.endLine();
    }

    /** Fields of framing or of the connection's next hop: written here or not at all. */
    static boolean isOurs(String name) {
        return switch (name.length()) {
            case 6 -> name.equalsIgnoreCase("Expect");
            case 14 -> name.equalsIgnoreCase("Content-Length");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }

    private static void framing(OutgoingRequest request, WriteBuffer outlet) {
        long length = request.body().length();
        if (length > 0) {
            outlet.field("Content-Length", length);
        } else if (length < 0) {
            outlet.literal("Transfer-Encoding: chunked\r\n");
        } else if (meansContent(request.method())) {
            outlet.literal("Content-Length: 0\r\n");
        }
    }

    /** Methods that anticipate content: they send {@code Content-Length} even when there is none (RFC 9110 8.6). */
    static boolean meansContent(String method) {
        return switch (method) {
            case "POST", "PUT", "PATCH", "QUERY", "PROPPATCH", "REPORT" -> true;
            default -> false;
        };
    }

    /** Whether {@code Expect: 100-continue} is sent: because the client asks for it, or because {@code ping=} does. */
    static boolean expectsContinue(OutgoingRequest request, PoolConfig config) {
        return request.body().isPresent()
                && (request.expectContinue() || !config.ping().isZero());
    }
}
