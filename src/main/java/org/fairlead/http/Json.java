package org.fairlead.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes values as JSON (RFC 8259) in pure ASCII: maps, collections, texts, numbers, truth values, instants (RFC 3339),
 * durations (seconds) and optional values. An entry of a map whose value is empty is left out.
 *
 * <p>It is our own because no library that we ship writes JSON: SnakeYAML writes YAML, whose escapes differ.
 */
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /** @throws IllegalArgumentException if a value is of another kind */
    public static String of(Object value) {
        Json json = new Json();
        json.write(value);
        return json.out.toString();
    }

    private void write(Object value) {
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Collection<?> values) {
            array(values);
        } else if (value instanceof Number || value instanceof Boolean) {
            number(value);
        } else if (value instanceof Duration time) {
            out.append(seconds(time));
        } else if (value instanceof Optional<?> one) {
            write(one.isPresent() ? one.get() : JsonReader.NULL);
        } else if (value instanceof OptionalInt one) {
            out.append(one.isPresent() ? Integer.toString(one.getAsInt()) : "null");
        } else if (value == JsonReader.NULL) {
            out.append("null");
        } else if (value instanceof CharSequence || value instanceof Instant || value instanceof Enum<?>) {
            text(value.toString());
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void number(Object value) {
        if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            throw new IllegalArgumentException("no JSON for " + value);
        }
        out.append(value instanceof BigDecimal exact ? exact.toPlainString() : value.toString());
    }

    private static String seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9));
        return seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
    }

    private void object(Map<?, ?> map) {
        out.append('{');
        int start = out.length();
        map.forEach((name, value) -> {
            if (!isAbsent(value)) {
                out.append(out.length() == start ? "" : ",");
                text(name.toString());
                out.append(':');
                write(value);
            }
        });
        out.append('}');
    }

    private static boolean isAbsent(Object value) {
        return value instanceof Optional<?> one && one.isEmpty() || value instanceof OptionalInt n && n.isEmpty();
    }

    private void array(Collection<?> values) {
        out.append('[');
        int start = out.length();
        for (Object value : values) {
            out.append(out.length() == start ? "" : ",");
            write(value);
        }
        out.append(']');
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f || c == '<' || c == '>' || c == '&') {
                // Markup is escaped too, so that no browser that is made to read it as HTML finds any.
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
