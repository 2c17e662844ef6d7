package org.fairlead.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fairlead.exchange.Exchange;
import org.fairlead.http.RefusedException;

/** Names and values of a query or a form ({@code application/x-www-form-urlencoded}); of several of a name the last. */
record Parameters(Map<String, String> values) {
    /** The longest form; httpd's manager has the same limit. */
    private static final int MAX_FORM_BYTES = 1024 * 8;

    private static final int MAX_PARAMETERS = 64;

    /** Those of the query; none if there is no query. */
    static Parameters ofQuery(Optional<String> query) throws RefusedException {
        return parse(query.orElse(""));
    }

    /** Those of the request's body. */
    static Parameters ofForm(Exchange exchange) throws IOException, RefusedException {
        byte[] body =
                exchange.body().isPresent() ? exchange.body().stream().readNBytes(MAX_FORM_BYTES + 1) : new byte[0];
        if (body.length > MAX_FORM_BYTES) {
            throw new RefusedException(413, "a form of more than " + MAX_FORM_BYTES + " bytes");
        }
        return parse(new String(body, StandardCharsets.UTF_8).strip());
    }

    private static Parameters parse(String text) throws RefusedException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                values.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
            if (values.size() > MAX_PARAMETERS) {
                throw new RefusedException(400, "more than " + MAX_PARAMETERS + " parameters");
            }
        }
        return new Parameters(values);
    }

    private static String decoded(String text) throws RefusedException {
        try {
            return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "a parameter with a broken escape");
        }
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether the parameter is there and is this. */
    boolean is(String name, String value) {
        return value.equals(values.get(name));
    }
}
