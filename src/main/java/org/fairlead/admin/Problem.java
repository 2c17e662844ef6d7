package org.fairlead.admin;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fairlead.engine.HandlerResponse;
import org.fairlead.http.Json;
import org.fairlead.http.ReasonPhrases;
import org.fairlead.operations.OrderException;

/** The API's error response: a problem document (RFC 9457) of type {@code about:blank}. */
final class Problem extends Exception {
    private final int status;
    private final Map<String, String> fields = new LinkedHashMap<>();

    /** @param detail for the operator: the key, the value and what is expected */
    Problem(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    /** The problem of an order that failed on execution. */
    static Problem of(OrderException e) {
        return new Problem(
                switch (e.reason()) {
                    case UNKNOWN -> 404;
                    case INVALID -> 400;
                    case CONFLICT -> 409;
                },
                e.getMessage());
    }

    /** Returns this with a field of the response. */
    Problem with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    HandlerResponse response() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "about:blank");
        json.put("title", ReasonPhrases.of(status));
        json.put("status", status);
        json.put("detail", getMessage());
        HandlerResponse response =
                HandlerResponse.text(status, "application/problem+json", Json.of(json) + "\n", StandardCharsets.UTF_8);
        fields.forEach(response::with);
        return response;
    }
}
