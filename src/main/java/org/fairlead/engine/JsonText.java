package org.fairlead.engine;

import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and truth values as JSON (RFC 8259), in the order in which they are given. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /** Values must not be {@link java.util.Optional}: the caller leaves absent values out of the map. */
    static String of(Map<String, ?> value) {
        JsonText json = new JsonText();
        json.value(value, "\n");
        return json.out.append('\n').toString();
    }

    private void value(Object value, String indent) {
        if (value instanceof Map<?, ?> map) {
            List<Map.Entry<?, ?>> entries = List.copyOf(map.entrySet());
            many('{', entries, '}', indent, entry -> {
                text(entry.getKey().toString());
                out.append(": ");
                value(entry.getValue(), indent + "  ");
            });
        } else if (value instanceof List<?> list) {
            many('[', list, ']', indent, one -> value(one, indent + "  "));
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            text(value.toString());
        }
    }

    private <T> void many(char open, List<T> parts, char close, String indent, java.util.function.Consumer<T> part) {
        out.append(open);
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? "" : ",").append(indent).append("  ");
            part.accept(parts.get(i));
        }
        out.append(parts.isEmpty() ? "" : indent).append(close);
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
