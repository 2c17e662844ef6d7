package org.fairlead.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.fairlead.engine.DryRunRequest;
import org.fairlead.engine.ExplanationFormat;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.Headers;
import org.fairlead.operations.Operations;

/** {@code POST explain}: the decision for a request now, and its reasons. Nothing is sent, counted or changed. */
final class ApiExplain {
    private static final String LOOPBACK = "127.0.0.1";

    private ApiExplain() {}

    /** @throws Problem 400 if the body is no request */
    static HandlerResponse of(Exchange exchange, Operations operations) throws IOException, Problem {
        ApiOrder asked = ApiOrder.read(exchange, List.of("method", "url", "headers", "client"));
        String method = asked.text("method").orElse("GET");
        String url = asked.text("url").orElseThrow(() -> new Problem(400, "url (expected: http://HOST/PATH)"));
        try {
            DryRunRequest request = DryRunRequest.of(
                    method + " " + url,
                    headers(asked),
                    asked.text("client").orElse(LOOPBACK),
                    DryRunRequest.Ports.AS_ASKED);
            return HandlerResponse.text(
                    200,
                    "application/json",
                    ExplanationFormat.json(operations.explain(request)),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, e.getMessage());
        }
    }

    private static Headers headers(ApiOrder asked) throws Problem {
        Object given = asked.values().getOrDefault("headers", Map.of());
        if (!(given instanceof Map<?, ?> map)) {
            throw ApiSet.bad("headers", given, "an object");
        }
        Headers headers = new Headers();
        for (Map.Entry<?, ?> field : map.entrySet()) {
            String name = field.getKey().toString();
            for (Object value : field.getValue() instanceof Collection<?> all ? all : List.of(field.getValue())) {
                boolean broken = value.toString().chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7F);
                if (!(value instanceof String text) || broken || !name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
                    throw ApiSet.bad("headers", name, "names of fields, and texts or lists of texts");
                }
                headers.add(name, text);
            }
        }
        return headers;
    }
}
