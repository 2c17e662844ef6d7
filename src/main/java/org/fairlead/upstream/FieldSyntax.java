package org.fairlead.upstream;

/** The syntax of names and values in a head, RFC 9110 5.1, 5.5, 5.6.2. */
final class FieldSyntax {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[Character.toUpperCase(c)] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private FieldSyntax() {}

    static boolean isToken(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    /** Whether {@code text} is a non-empty token: a field name, a method. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isToken(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether a comma-separated list names {@code token}, compared without case. */
    static boolean lists(String list, String token) {
        int from = 0;
        int length = list.length();
        while (from <= length) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? length : comma;
            int start = from;
            while (start < to && (list.charAt(start) == ' ' || list.charAt(start) == '\t')) {
                start++;
            }
            int end = to;
            while (end > start && (list.charAt(end - 1) == ' ' || list.charAt(end - 1) == '\t')) {
                end--;
            }
            if (end - start == token.length() && list.regionMatches(true, start, token, 0, token.length())) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }
}
