package org.fairlead.route;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.fairlead.http.Headers;
import org.fairlead.model.ExpiresConfig;
import org.fairlead.model.ExpiresConfig.Base;
import org.fairlead.model.ExpiresConfig.Expiry;

/**
 * Default fields of a response: its lifetime (mod_expires, before {@code Header} rules) and its character set
 * ({@code AddDefaultCharset}, after them). Stateless.
 */
public final class ResponseDefaultFields {
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);
    /** RFC 9110 5.6.7 has four digits for a year. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private ResponseDefaultFields() {}

    /**
     * Adds {@code Cache-Control: max-age} and {@code Expires}, unless the response has an {@code Expires} or is an
     * error.
     *
     * @param requested when the request came
     */
    public static void lifetime(ExpiresConfig config, int status, Headers response, HeaderRules.Moment requested) {
        if (!config.isActive() || status >= 400 || response.contains("Expires")) {
            return;
        }
        String type = response.first("Content-Type").orElse("");
        int parameters = type.indexOf(';');
        Optional<Expiry> expiry = config.of(
                (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT));
        if (expiry.isEmpty() || expiry.get().base() == Base.MODIFICATION) {
            return;
        }
        long now = Math.floorDiv(requested.epochMicros(), 1_000_000L);
        long seconds = Math.max(0, Math.min(expiry.get().seconds(), LAST_SECOND - now));
        int line = response.indexOf("Cache-Control", 0);
        String age = "max-age=" + seconds;
        if (line < 0) {
            response.add("Cache-Control", age);
        } else {
            response.setValue(line, response.value(line) + ", " + age);
        }
        response.add(
                "Expires", HTTP_DATE.format(Instant.ofEpochSecond(now + seconds).atOffset(ZoneOffset.UTC)));
    }

    /**
     * Adds the parameter {@code charset} to a {@code Content-Type} of {@code text/html} or {@code text/plain} that has
     * none. Like httpd it looks for these words anywhere in the field.
     *
     * @param charset empty = nothing is added
     */
    public static void charset(String charset, Headers response) {
        int line = charset.isEmpty() ? -1 : response.indexOf("Content-Type", 0);
        if (line < 0) {
            return;
        }
        String type = response.value(line).toLowerCase(Locale.ROOT);
        boolean text = type.contains("text/html") || type.contains("text/plain");
        if (text && !type.contains("charset=")) {
            response.setValue(line, response.value(line) + "; charset=" + charset);
        }
    }
}
