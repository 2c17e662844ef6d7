package org.fairlead.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses times and sizes with httpd's units. */
final class Units {
    /** What a message says of a time that cannot be read. */
    static final String TIME_FORMS = "a time such as 5, 500ms, 1min or 2h";

    private static final Pattern TIME = Pattern.compile("(\\d{1,15})([a-z]*)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmg]?)b?");
    /** Far above any sense and far below where arithmetic with nanoseconds overflows. */
    private static final Duration MAX_DURATION = Duration.ofDays(36_500);

    private Units() {}

    /**
     * Reads a time as httpd's {@code ap_timeout_parameter_parse} does: a number and {@code ms}, {@code s}, {@code min}
     * or {@code h}, of which the first letters decide.
     *
     * @param unit the unit of a bare number
     */
    static Optional<Duration> time(String text, ChronoUnit unit) {
        Matcher m = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return Optional.empty();
        }
        return unitOf(m.group(2), unit)
                .map(u -> Duration.of(Long.parseLong(m.group(1)), u))
                .filter(d -> d.compareTo(MAX_DURATION) <= 0);
    }

    private static Optional<ChronoUnit> unitOf(String letters, ChronoUnit otherwise) {
        if (letters.isEmpty()) {
            return Optional.of(otherwise);
        }
        if (letters.startsWith("ms")) {
            return Optional.of(ChronoUnit.MILLIS);
        }
        if (letters.startsWith("mi")) {
            return Optional.of(ChronoUnit.MINUTES);
        }
        return switch (letters.charAt(0)) {
            case 's' -> Optional.of(ChronoUnit.SECONDS);
            case 'h' -> Optional.of(ChronoUnit.HOURS);
            default -> Optional.empty();
        };
    }

    /** Reads bytes: a number, optionally with K, M or G (powers of 1024). */
    static OptionalLong size(String text) {
        Matcher m = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return OptionalLong.empty();
        }
        long factor = switch (m.group(2)) {
            case "k" -> 1L << 10;
            case "m" -> 1L << 20;
            case "g" -> 1L << 30;
            default -> 1L;
        };
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(m.group(1)), factor));
        } catch (ArithmeticException tooBig) {
            return OptionalLong.empty();
        }
    }
}
