package org.fairlead.engine;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.fairlead.http.Headers;

/**
 * The evaluation of {@code If-Range} (RFC 9110 13.1.5), as in httpd: an entity tag must be strong and equal, a date
 * must be that of {@code Last-Modified} and a minute older than the response. Stateless.
 */
final class IfRange {
    /** A response younger than this may change again within the second that its date names. */
    private static final long STRONG_AFTER_SECONDS = 60;

    private IfRange() {}

    /**
     * Whether ranges may be cut out of this response; without the field they may.
     *
     * @param received when the request came, for a response without {@code Date}
     */
    static boolean holds(Headers request, Headers response, Instant received) {
        Optional<String> condition = request.first("If-Range");
        if (condition.isEmpty()) {
            return true;
        }
        if (condition.get().startsWith("\"")) {
            return condition.equals(response.first("ETag"));
        }
        Optional<Instant> expected = condition.flatMap(IfRange::date);
        Optional<Instant> modified = response.first("Last-Modified").flatMap(IfRange::date);
        Instant made = response.first("Date").flatMap(IfRange::date).orElse(received);
        return expected.isPresent()
                && expected.equals(modified)
                && made.getEpochSecond() >= modified.get().getEpochSecond() + STRONG_AFTER_SECONDS;
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
