package org.fairlead.http;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reader of {@code tracestate} (W3C Trace Context Level 2, 3.3). */
public final class TraceState {
    /** The name of its field. */
    public static final String FIELD = "tracestate";

    private static final int MAX_MEMBERS = 32;
    private static final int MAX_LENGTH = 256;

    private TraceState() {}

    /** Joins the values of all fields of its name; empty where they hold nothing, or are invalid. */
    public static Optional<String> of(List<String> values) {
        StringBuilder joined = new StringBuilder();
        Set<String> keys = new HashSet<>();
        for (String member : String.join(",", values).split(",")) {
            String text = member.strip();
            if (!text.isEmpty()) {
                int at = text.indexOf('=');
                if (at < 0 || !isKey(text.substring(0, at)) || !isValue(text.substring(at + 1))) {
                    return Optional.empty();
                }
                if (!keys.add(text.substring(0, at)) || keys.size() > MAX_MEMBERS) {
                    return Optional.empty();
                }
                joined.append(joined.isEmpty() ? "" : ",").append(text);
            }
        }
        return joined.isEmpty() ? Optional.empty() : Optional.of(joined.toString());
    }

    private static boolean isKey(String key) {
        if (key.isEmpty() || key.length() > MAX_LENGTH || "_-*/@".indexOf(key.charAt(0)) >= 0) {
            return false;
        }
        return key.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "_-*/@".indexOf(c) >= 0);
    }

    private static boolean isValue(String value) {
        return value.length() <= MAX_LENGTH && value.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=');
    }
}
