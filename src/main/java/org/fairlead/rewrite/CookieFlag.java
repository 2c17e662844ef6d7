package org.fairlead.rewrite;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The {@code CO} flag: {@code name:value:domain:minutes:path:secure:httponly:samesite}, or separated by {@code ;}. */
final class CookieFlag {
    private static final DateTimeFormatter EXPIRES =
            DateTimeFormatter.ofPattern("EEE, dd-MMM-uuuu HH:mm:ss 'GMT'", Locale.ROOT);
    /** A hundred years: a later expiry has no further effect, and a calendar has an end. */
    private static final long MAX_LIFETIME_MINUTES = 100L * 366 * 24 * 60;

    private CookieFlag() {}

    /** The value of {@code Set-Cookie}; empty if there are fewer than three parts, as in httpd. */
    static Optional<String> setCookie(String flag, Clock clock) {
        List<String> parts = parts(flag);
        if (parts.size() < 3) {
            return Optional.empty();
        }
        StringBuilder cookie = new StringBuilder(parts.get(0)).append('=').append(parts.get(1));
        cookie.append("; path=").append(parts.size() > 4 ? parts.get(4) : "/");
        cookie.append("; domain=").append(parts.get(2));
        if (parts.size() > 3 && ConditionTest.number(parts.get(3)) != 0) {
            long minutes =
                    Math.max(-MAX_LIFETIME_MINUTES, Math.min(MAX_LIFETIME_MINUTES, ConditionTest.number(parts.get(3))));
            cookie.append("; expires=")
                    .append(EXPIRES.format(
                            clock.instant().plusSeconds(60 * minutes).atOffset(ZoneOffset.UTC)));
        }
        if (parts.size() > 5 && says(parts.get(5), "secure")) {
            cookie.append("; secure");
        }
        if (parts.size() > 6 && says(parts.get(6), "httponly")) {
            cookie.append("; HttpOnly");
        }
        if (parts.size() > 7 && !parts.get(7).equals("0") && !parts.get(7).equalsIgnoreCase("false")) {
            cookie.append("; SameSite=").append(parts.get(7));
        }
        return Optional.of(cookie.toString());
    }

    static String name(String cookie) {
        return cookie.substring(0, cookie.indexOf('='));
    }

    private static boolean says(String part, String word) {
        return part.equalsIgnoreCase("true") || part.equals("1") || part.equalsIgnoreCase(word);
    }

    /** httpd treats several separators in a row as one. */
    private static List<String> parts(String flag) {
        char divider = flag.startsWith(";") ? ';' : ':';
        List<String> parts = new ArrayList<>();
        for (String part : flag.split(String.valueOf(divider), -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }
}
