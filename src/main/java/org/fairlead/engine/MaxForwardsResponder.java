package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestHead;
import org.fairlead.http.ResponseHead;

/** Responds to a TRACE or OPTIONS whose {@code Max-Forwards} is 0: we are its recipient (RFC 9110 7.6.2). */
final class MaxForwardsResponder {
    /** The fields that TRACE must not send back (RFC 9110 9.3.8). */
    private static final Set<String> SECRETS = Set.of("authorization", "proxy-authorization", "cookie");

    private MaxForwardsResponder() {}

    static void answer(Exchange exchange) throws IOException {
        boolean trace = exchange.request().method().equals("TRACE");
        Headers headers = trace
                ? Headers.of("Content-Type", "message/http")
                : Headers.of("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        byte[] body = trace ? received(exchange.request()) : new byte[0];
        try (OutputStream out = exchange.reply(new ResponseHead(200, headers), body.length)) {
            out.write(body);
        }
    }

    private static byte[] received(RequestHead request) {
        StringBuilder text = new StringBuilder();
        text.append(request.method())
                .append(' ')
                .append(request.target().raw())
                .append(' ')
                .append(request.protocol())
                .append("\r\n");
        request.headers().forEach((name, value) -> {
            if (!SECRETS.contains(name.toLowerCase(Locale.ROOT))) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
