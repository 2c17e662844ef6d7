package org.fairlead.model;

import java.time.Duration;

/**
 * How long a client may take to send a part of its request ({@code RequestReadTimeout}, mod_reqtimeout).
 *
 * @param start how long it may take at first; zero = no limit, whatever the others say
 * @param longest what data can extend the limit to; zero = without end
 * @param minRate bytes that extend the limit by a second; 0 = it is never extended
 */
public record ReadTimeout(Duration start, Duration longest, int minRate) {
    /** httpd's default for a head: {@code 20-40,MinRate=500}. */
    public static final ReadTimeout HEADER = new ReadTimeout(Duration.ofSeconds(20), Duration.ofSeconds(40), 500);
    /** httpd's default for a body: {@code 20,MinRate=500}. */
    public static final ReadTimeout BODY = new ReadTimeout(Duration.ofSeconds(20), Duration.ZERO, 500);
    /** No limit. */
    public static final ReadTimeout NONE = new ReadTimeout(Duration.ZERO, Duration.ZERO, 0);

    public ReadTimeout {
        Check.notNegative("RequestReadTimeout", start);
        Check.notNegative("RequestReadTimeout", longest);
        Check.atLeast("RequestReadTimeout MinRate", minRate, 0);
        if (!longest.isZero() && longest.compareTo(start) < 0) {
            throw new IllegalArgumentException("RequestReadTimeout '" + start.toSeconds() + "-" + longest.toSeconds()
                    + "' (expected: the second not less than the first)");
        }
    }

    public boolean isLimited() {
        return !start.isZero();
    }

    /** How long a part may have taken once this many bytes of it have come. Only where {@link #isLimited()}. */
    public Duration allowed(long bytes) {
        if (minRate == 0) {
            return start;
        }
        Duration extended = start.plusSeconds(bytes / minRate);
        return longest.isZero() || extended.compareTo(longest) < 0 ? extended : longest;
    }
}
