package org.fairlead.expression;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** {@code %{TIME}} and its parts, in the time zone of this process as in httpd. */
public final class TimeVariables {
    private static final Map<String, DateTimeFormatter> FORMATS = Map.of(
            "TIME", DateTimeFormatter.ofPattern("uuuuMMddHHmmss"),
            "TIME_YEAR", DateTimeFormatter.ofPattern("uuuu"),
            "TIME_MON", DateTimeFormatter.ofPattern("MM"),
            "TIME_DAY", DateTimeFormatter.ofPattern("dd"),
            "TIME_HOUR", DateTimeFormatter.ofPattern("HH"),
            "TIME_MIN", DateTimeFormatter.ofPattern("mm"),
            "TIME_SEC", DateTimeFormatter.ofPattern("ss"));

    private TimeVariables() {}

    /** The variable's value now; empty if the name is none of them. */
    public static String now(String name) {
        return at(name, ZonedDateTime.now());
    }

    /** The variable's value at a moment; {@code TIME_WDAY} counts from 0 for Sunday. */
    static String at(String name, ZonedDateTime moment) {
        if (name.equals("TIME_WDAY")) {
            return Integer.toString(moment.getDayOfWeek().getValue() % 7);
        }
        DateTimeFormatter format = FORMATS.get(name);
        return format == null ? "" : format.format(moment);
    }
}
