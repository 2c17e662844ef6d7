package org.fairlead.http;

import java.util.List;

/** A field value that is a comma-separated list of tokens (RFC 9110 5.6.1). */
final class FieldList {
    private FieldList() {}

    /**
     * Adds the tokens of {@code value} to {@code tokens}; empty elements are skipped.
     *
     * @return whether the list is well-formed
     */
    static boolean read(String value, List<String> tokens) {
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            int from = skipBlanks(value, start, end);
            int to = end;
            while (to > from && isBlank(value.charAt(to - 1))) {
                to--;
            }
            if (to > from) {
                if (!isToken(value, from, to)) {
                    return false;
                }
                tokens.add(value.substring(from, to));
            }
            start = end + 1;
        }
        return true;
    }

    private static int skipBlanks(String value, int from, int end) {
        int i = from;
        while (i < end && isBlank(value.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(String value, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7F || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }
}
