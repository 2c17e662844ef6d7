package org.fairlead.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.fairlead.model.Source;

/**
 * Typed access to the parameters of one thing. A value that cannot be read is a problem and counts as not given, so
 * that reading goes on and every further problem is found too.
 */
final class Values {
    private static final Set<String> YES = Set.of("on", "true", "yes");
    private static final Set<String> NO = Set.of("off", "false", "no");

    private final Map<String, Entry> entries;
    private final Problems problems;

    Values(Map<String, Entry> entries, Problems problems) {
        this.entries = entries;
        this.problems = problems;
    }

    /** The parameters that stand inside an entry; of several with one name the last. */
    static Values in(Entry parent, Problems problems) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        parent.entries().forEach(e -> entries.put(e.name(), e));
        return new Values(entries, problems);
    }

    Problems problems() {
        return problems;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    boolean hasAny(List<String> keys) {
        return keys.stream().anyMatch(entries::containsKey);
    }

    Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    Optional<String> text(String key) {
        return entry(key).map(Entry::value);
    }

    Source source(String key, Source otherwise) {
        return entry(key).map(Entry::source).orElse(otherwise);
    }

    /** Tells that a value is not allowed. */
    void bad(Entry entry, String expected) {
        bad(problems, entry, expected);
    }

    static void bad(Problems problems, Entry entry, String expected) {
        problems.badValue(entry.source(), entry.spelling(), Quoted.of(entry.value()), expected);
    }

    boolean flag(String key, boolean otherwise) {
        return flag(key).orElse(otherwise);
    }

    Optional<Boolean> flag(String key) {
        return entry(key).flatMap(e -> {
            Optional<Boolean> answer = flagOf(e.value());
            if (answer.isEmpty()) {
                bad(e, "On or Off");
            }
            return answer;
        });
    }

    static Optional<Boolean> flagOf(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Optional.of(true) : NO.contains(word) ? Optional.of(false) : Optional.empty();
    }

    int integer(String key, int min, int max, int otherwise) {
        return integer(key, min, max).orElse(otherwise);
    }

    OptionalInt integer(String key, int min, int max) {
        Optional<Entry> entry = entry(key);
        if (entry.isEmpty()) {
            return OptionalInt.empty();
        }
        String text = entry.get().value().strip();
        if (text.matches("[+-]?\\d{1,10}")) {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return OptionalInt.of((int) number);
            }
        }
        bad(
                entry.get(),
                max == Integer.MAX_VALUE ? "a number, " + min + " or more" : "a number, " + min + " to " + max);
        return OptionalInt.empty();
    }

    /** A time of at least {@code min}. */
    Optional<Duration> time(String key, ChronoUnit unit, Duration min) {
        return entry(key).flatMap(e -> {
            Optional<Duration> time = Units.time(e.value(), unit).filter(d -> d.compareTo(min) >= 0);
            if (time.isEmpty()) {
                String least = min.isZero() ? "" : ", " + min.toMillis() + "ms or more";
                String bare = unit == ChronoUnit.MILLIS ? " (a bare number is in milliseconds)" : "";
                bad(e, Units.TIME_FORMS + least + bare);
            }
            return time;
        });
    }

    /** A number of bytes; 0 stands for what the key says of it. */
    OptionalLong size(String key, long min, long max, boolean zeroAllowed) {
        Optional<Entry> entry = entry(key);
        if (entry.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong size = Units.size(entry.get().value());
        if (size.isPresent() && (size.getAsLong() == 0 && zeroAllowed || within(size.getAsLong(), min, max))) {
            return size;
        }
        String range = max == Long.MAX_VALUE ? "" : ", " + min + " to " + max;
        bad(entry.get(), (zeroAllowed && min > 0 ? "0, or " : "") + "a size in bytes, K, M or G" + range);
        return OptionalLong.empty();
    }

    private static boolean within(long value, long min, long max) {
        return value >= min && value <= max;
    }

    /** One of the constants of an enum, whose words are their names in any case. */
    <E extends Enum<E>> Optional<E> word(String key, Class<E> type) {
        return entry(key).flatMap(e -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(e.value())) {
                    return Optional.of(constant);
                }
            }
            StringBuilder words = new StringBuilder();
            for (E constant : type.getEnumConstants()) {
                words.append(words.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
            }
            bad(e, words.toString());
            return Optional.empty();
        });
    }
}
