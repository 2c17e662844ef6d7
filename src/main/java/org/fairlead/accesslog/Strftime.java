package org.fairlead.accesslog;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** strftime(3) in the C locale, which httpd's times are written with. Immutable and thread-safe. */
final class Strftime {
    private final List<Function<ZonedDateTime, String>> parts;

    private Strftime(List<Function<ZonedDateTime, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    static Strftime compile(String format) {
        List<Function<ZonedDateTime, String>> parts = new ArrayList<>();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '%' && i + 1 < format.length()) {
                char letter = format.charAt(++i);
                // POSIX lets E and O ask for a locale's own numerals, of which C has none.
                if ((letter == 'E' || letter == 'O') && i + 1 < format.length()) {
                    letter = format.charAt(++i);
                }
                parts.add(part(letter));
            } else {
                String text = String.valueOf(c);
                parts.add(moment -> text);
            }
        }
        return new Strftime(parts);
    }

    String write(ZonedDateTime moment) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.apply(moment)));
        return text.toString();
    }

    private static Function<ZonedDateTime, String> part(char letter) {
        return switch (letter) {
            case 'a' -> m -> m.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> m -> m.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> m -> month(m).substring(0, 3);
            case 'B' -> Strftime::month;
            case 'c' -> composed("%a %b %e %H:%M:%S %Y");
            case 'C' -> m -> two(m.getYear() / 100);
            case 'd' -> m -> two(m.getDayOfMonth());
            case 'D', 'x' -> composed("%m/%d/%y");
            case 'e' -> m -> blank(m.getDayOfMonth());
            case 'F' -> composed("%Y-%m-%d");
            case 'g' -> m -> two(m.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'G' -> m -> String.valueOf(m.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> m -> two(m.getHour());
            case 'I' -> m -> two(m.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'j' -> m -> String.format("%03d", m.getDayOfYear());
            case 'k' -> m -> blank(m.getHour());
            case 'l' -> m -> blank(m.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'm' -> m -> two(m.getMonthValue());
            case 'M' -> m -> two(m.getMinute());
            case 'n' -> m -> "\n";
            case 'p' -> m -> m.getHour() < 12 ? "AM" : "PM";
            case 'P' -> m -> m.getHour() < 12 ? "am" : "pm";
            case 'r' -> composed("%I:%M:%S %p");
            case 'R' -> composed("%H:%M");
            case 's' -> m -> String.valueOf(m.toEpochSecond());
            case 'S' -> m -> two(m.getSecond());
            case 't' -> m -> "\t";
            case 'T', 'X' -> composed("%H:%M:%S");
            case 'u' -> m -> String.valueOf(m.getDayOfWeek().getValue());
            case 'U' -> m -> two((m.getDayOfYear() + 6 - m.getDayOfWeek().getValue() % 7) / 7);
            case 'V' -> m -> two(m.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> m -> String.valueOf(m.getDayOfWeek().getValue() % 7);
            case 'W' -> m -> two((m.getDayOfYear() + 6 - (m.getDayOfWeek().getValue() + 6) % 7) / 7);
            case 'y' -> m -> two(m.getYear() % 100);
            case 'Y' -> m -> String.valueOf(m.getYear());
            case 'z' -> m -> offset(m.getOffset().getTotalSeconds());
            case 'Z' -> DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH)::format;
            case '%' -> m -> "%";
            default -> m -> "%" + letter;
        };
    }

    private static Function<ZonedDateTime, String> composed(String format) {
        return compile(format)::write;
    }

    private static String month(ZonedDateTime moment) {
        return moment.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private static String blank(int number) {
        return number < 10 ? " " + number : String.valueOf(number);
    }

    private static String offset(int seconds) {
        int minutes = Math.abs(seconds) / 60;
        return (seconds < 0 ? "-" : "+") + two(minutes / 60) + two(minutes % 60);
    }
}
