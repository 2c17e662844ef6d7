package org.fairlead.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.fairlead.model.ExpiresConfig;
import org.fairlead.model.ExpiresConfig.Base;
import org.fairlead.model.ExpiresConfig.Expiry;
import org.fairlead.model.RangeLimits;
import org.fairlead.model.ResponseDefaults;

/** Reads {@code AddDefaultCharset}, {@code MaxRanges} and its like, and mod_expires' directives. */
final class ResponseDefaultsReader {
    private static final String FORMS =
            "such as \"access plus 1 month\" (years, months, weeks, days, hours, minutes, seconds), A2592000 or M3600";
    /** httpd's own, where {@code AddDefaultCharset On} names none. */
    private static final String DEFAULT_CHARSET = "iso-8859-1";

    private final Problems problems;

    ResponseDefaultsReader(Problems problems) {
        this.problems = problems;
    }

    /** What a server or section says itself. */
    ResponseDefaults read(Entry scope) {
        Values values = Values.in(scope, problems);
        Optional<Boolean> active = values.flag("expiresactive");
        Optional<Expiry> byDefault = values.entry("expiresdefault").flatMap(e -> expiry(e, e.value()));
        Map<String, Expiry> byType = new HashMap<>();
        for (Entry line : scope.all("expiresbytype")) {
            String type = line.text("type").strip().toLowerCase(Locale.ROOT);
            if (!type.matches("[!-~]+/[!-~]+")) {
                problems.badValue(
                        line.source(), line.spelling(), Quoted.of(type), "a media type such as text/css or image/*");
                continue;
            }
            expiry(line, line.text("expiry")).ifPresent(expiry -> byType.put(type, expiry));
        }
        boolean wildcards = byType.keySet().stream().anyMatch(type -> type.endsWith("/*"));
        return new ResponseDefaults(
                charset(values), new ExpiresConfig(active, byDefault, byType, wildcards), ranges(values));
    }

    private static RangeLimits ranges(Values values) {
        return new RangeLimits(
                limit(values, "maxranges", RangeLimits.DEFAULT_RANGES),
                limit(values, "maxrangeoverlaps", RangeLimits.DEFAULT_OVERLAPS),
                limit(values, "maxrangereversals", RangeLimits.DEFAULT_OVERLAPS));
    }

    private static Optional<Integer> limit(Values values, String key, int byDefault) {
        Optional<Entry> entry = values.entry(key);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        String word = entry.get().value().strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "default" -> Optional.of(byDefault);
            case "none" -> Optional.of(0);
            case "unlimited" -> Optional.of(RangeLimits.UNLIMITED);
            default -> {
                if (!word.matches("\\d{1,9}") || Integer.parseInt(word) == 0) {
                    values.bad(entry.get(), "default, none, unlimited or a number from 1");
                    yield Optional.empty();
                }
                yield Optional.of(Integer.parseInt(word));
            }
        };
    }

    private static Optional<String> charset(Values values) {
        Optional<Entry> entry = values.entry("adddefaultcharset");
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        String word = entry.get().value().strip();
        if (!word.matches("[A-Za-z0-9!#$%&'*+.^_`|~:()-]+")) {
            values.bad(entry.get(), "On, Off or the name of a character set");
            return Optional.empty();
        }
        return Optional.of(
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "off" -> "";
                    case "on" -> DEFAULT_CHARSET;
                    default -> word;
                });
    }

    private Optional<Expiry> expiry(Entry line, String code) {
        Optional<Expiry> expiry = code.startsWith("A") || code.startsWith("M")
                ? Optional.of(seconds(line, code))
                : phrase(new ArrayDeque<>(List.of(code.strip().split("\\s+"))));
        if (expiry.isEmpty()) {
            problems.badValue(line.source(), line.spelling(), Quoted.of(code), FORMS);
        } else if (expiry.get().base() == Base.MODIFICATION) {
            problems.noEffect(
                    line.source(),
                    line.spelling() + " '" + Quoted.of(code)
                            + "': a proxied response has no file and no time of modification, so nothing is added, as in httpd");
        }
        return expiry;
    }

    /** {@code A3600}: a letter and seconds. httpd takes every code with such a capital for one. */
    private Expiry seconds(Entry line, String code) {
        String digits = code.substring(1).strip();
        boolean number = digits.matches("[+-]?\\d{1,18}");
        if (!number) {
            problems.difference(
                    line.source(),
                    line.spelling() + " '" + Quoted.of(code)
                            + "': a capital at the start makes it a code of 0 seconds, as in"
                            + " httpd; write access or modification in lower case");
        }
        return new Expiry(code.charAt(0) == 'A' ? Base.ACCESS : Base.MODIFICATION, number ? Long.parseLong(digits) : 0);
    }

    /** {@code base [plus] {number unit}*}; as in httpd the first letters of a word decide. */
    private static Optional<Expiry> phrase(Deque<String> words) {
        Optional<Base> base = switch (letters(words.poll(), 1)) {
            case "n", "a" -> Optional.of(Base.ACCESS);
            case "m" -> Optional.of(Base.MODIFICATION);
            default -> Optional.empty();
        };
        if (!words.isEmpty() && letters(words.peek(), 1).equals("p")) {
            words.poll();
        }
        long seconds = 0;
        while (!words.isEmpty()) {
            String number = words.poll();
            OptionalLong unit = words.isEmpty() ? OptionalLong.empty() : unit(words.poll());
            if (!number.matches("[+-]?\\d{1,9}") || unit.isEmpty()) {
                return Optional.empty();
            }
            seconds += Long.parseLong(number) * unit.getAsLong();
        }
        long whole = seconds;
        return base.map(b -> new Expiry(b, whole));
    }

    private static OptionalLong unit(String word) {
        return switch (letters(word, 1)) {
            case "y" -> OptionalLong.of(365L * 24 * 60 * 60);
            case "w" -> OptionalLong.of(7L * 24 * 60 * 60);
            case "d" -> OptionalLong.of(24L * 60 * 60);
            case "h" -> OptionalLong.of(60L * 60);
            case "s" -> OptionalLong.of(1);
            case "m" ->
                switch (letters(word, 2)) {
                    case "mo" -> OptionalLong.of(30L * 24 * 60 * 60);
                    case "mi" -> OptionalLong.of(60);
                    default -> OptionalLong.empty();
                };
            default -> OptionalLong.empty();
        };
    }

    private static String letters(String word, int count) {
        return word.substring(0, Math.min(count, word.length())).toLowerCase(Locale.ROOT);
    }
}
