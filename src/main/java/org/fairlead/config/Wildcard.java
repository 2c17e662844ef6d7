package org.fairlead.config;

/**
 * A file name pattern as APR's fnmatch reads it: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}, and a backslash that
 * takes the next character literally. A dot at the start must be written out. Takes time in the product of both lengths
 * at most.
 */
final class Wildcard {
    private Wildcard() {}

    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0 && text.indexOf(']') >= 0;
    }

    static boolean matches(String pattern, String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) {
            return false;
        }
        int p = 0;
        int n = 0;
        int star = -1;
        int starName = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starName = n;
            } else if (p < pattern.length() && takes(pattern, p, name.charAt(n))) {
                p = end(pattern, p);
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether the pattern's element at {@code p} (no star) takes this character. */
    private static boolean takes(String pattern, int p, char c) {
        char element = pattern.charAt(p);
        if (element == '?') {
            return true;
        }
        if (element == '[' && isClosed(pattern, p)) {
            return inBrackets(pattern.substring(p + 1, end(pattern, p) - 1), c);
        }
        return element == '\\' && p + 1 < pattern.length() ? pattern.charAt(p + 1) == c : element == c;
    }

    /** Where the element after that at {@code p} starts. */
    private static int end(String pattern, int p) {
        char element = pattern.charAt(p);
        if (element == '[' && isClosed(pattern, p)) {
            return pattern.indexOf(']', p + 2) + 1;
        }
        return element == '\\' && p + 1 < pattern.length() ? p + 2 : p + 1;
    }

    private static boolean isClosed(String pattern, int p) {
        return pattern.indexOf(']', p + 2) >= 0;
    }

    private static boolean inBrackets(String set, char c) {
        boolean negated = set.startsWith("!") || set.startsWith("^");
        int i = negated ? 1 : 0;
        while (i < set.length()) {
            char low = set.charAt(i);
            boolean range = i + 2 < set.length() && set.charAt(i + 1) == '-';
            char high = range ? set.charAt(i + 2) : low;
            if (c >= low && c <= high) {
                return !negated;
            }
            i += range ? 3 : 1;
        }
        return negated;
    }
}
