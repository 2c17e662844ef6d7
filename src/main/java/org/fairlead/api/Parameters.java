package org.fairlead.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keys and values in the order in which they were given, written as JSON. Not thread-safe. */
final class Parameters {
    private final List<String> written = new ArrayList<>();

    void add(String key, String value) {
        addJson(key, quoted(value));
    }

    void addJson(String key, String json) {
        written.add(quoted(key) + ": " + json);
    }

    Parameters copy() {
        Parameters copy = new Parameters();
        copy.written.addAll(written);
        return copy;
    }

    String json() {
        return "{" + String.join(", ", written) + "}";
    }

    /** A value from code means itself: what would be a reference in a file is no reference here. */
    private static String quoted(String text) {
        return text.replace("${", "$${")
                .chars()
                .mapToObj(c -> c == '"' || c == '\\' || c < ' ' || c > '~'
                        ? String.format("\\u%04x", c)
                        : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
