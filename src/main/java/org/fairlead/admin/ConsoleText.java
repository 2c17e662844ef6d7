package org.fairlead.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats of figures and times in the console. */
final class ConsoleText {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final long DAY_SECONDS = 86_400;

    private ConsoleText() {}

    /** A balancer's name as the configuration writes it; a lone member's is its URL. */
    static String balancer(String name) {
        return name.contains("://") ? name : "balancer://" + name;
    }

    /** The two largest units of a time: {@code 3 min 12 s}. */
    static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < DAY_SECONDS) {
            return two(seconds / 3600, "h", seconds / 60 % 60, "min");
        }
        return two(seconds / DAY_SECONDS, "d", seconds / 3600 % 24, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    static String ago(Instant then, Instant now) {
        return span(Duration.between(then, now)) + " ago";
    }

    /** The time of today, or the day too. */
    static String time(Instant at, Instant now) {
        boolean today = Duration.between(at, now).toSeconds() < DAY_SECONDS / 2;
        return (today ? CLOCK : DAY).format(at.atZone(ZoneId.systemDefault()));
    }

    static String day(Instant at) {
        return DAY.format(at.atZone(ZoneId.systemDefault()));
    }

    /** Requests a second: two digits that count. */
    static String rate(double perSecond) {
        if (perSecond == 0) {
            return "0";
        }
        return String.format(Locale.ROOT, perSecond >= 100 ? "%.0f" : perSecond >= 10 ? "%.1f" : "%.2f", perSecond);
    }

    static String percent(double part, double whole) {
        if (whole <= 0) {
            return "–";
        }
        double share = 100 * part / whole;
        return String.format(Locale.ROOT, share == 0 || share >= 10 ? "%.0f %%" : "%.1f %%", share);
    }

    /** Milliseconds or seconds. @param millis 0 = not known */
    static String millis(float millis) {
        if (millis <= 0) {
            return "–";
        }
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        return String.format(Locale.ROOT, millis >= 10 ? "%.0f ms" : "%.1f ms", millis);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, units[unit]);
    }

    static String plural(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }
}
