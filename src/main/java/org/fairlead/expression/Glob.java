package org.fairlead.expression;

/**
 * Shell wildcards as APR's fnmatch reads them, with which {@code -strmatch}, {@code -strcmatch}, {@code -fnmatch} and
 * {@code Include} compare: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]} and a backslash that takes the next
 * character as it is. Takes time in the product of both lengths at most.
 */
public final class Glob {
    private final String pattern;
    private final String text;

    private Glob(String pattern, String text, boolean ignoreCase) {
        this.pattern = ignoreCase ? Functions.lower(pattern) : pattern;
        this.text = ignoreCase ? Functions.lower(text) : text;
    }

    /** Whether the pattern stands for the whole text. */
    public static boolean matches(String pattern, String text, boolean ignoreCase) {
        return new Glob(pattern, text, ignoreCase).matches();
    }

    /** As {@link #matches}, but a slash is matched by a slash alone. */
    static boolean matchesPath(String pattern, String text) {
        String[] patterns = pattern.split("/", -1);
        String[] texts = text.split("/", -1);
        if (patterns.length != texts.length) {
            return false;
        }
        for (int i = 0; i < texts.length; i++) {
            if (!matches(patterns[i], texts[i], false)) {
                return false;
            }
        }
        return true;
    }

    private boolean matches() {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            int next = p < pattern.length() && pattern.charAt(p) != '*' ? step(p, text.charAt(t)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (next >= 0) {
                p = next;
                t++;
            } else if (star >= 0) {
                // Only the last star needs to take more: what an earlier one took is settled.
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The index behind the pattern's element at {@code p} if it takes {@code c}; else −1. */
    private int step(int p, char c) {
        char element = pattern.charAt(p);
        if (element == '?') {
            return p + 1;
        }
        if (element == '[') {
            // A bracket that stands first closes nothing.
            boolean negated = pattern.startsWith("!", p + 1) || pattern.startsWith("^", p + 1);
            int end = pattern.indexOf(']', negated ? p + 3 : p + 2);
            if (end > 0) {
                return inClass(p + 1, end, c) ? end + 1 : -1;
            }
        }
        if (element == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c ? p + 2 : -1;
        }
        return element == c ? p + 1 : -1;
    }

    private boolean inClass(int from, int end, char c) {
        boolean negated = pattern.charAt(from) == '!' || pattern.charAt(from) == '^';
        boolean found = false;
        for (int i = negated ? from + 1 : from; i < end; i++) {
            char low = pattern.charAt(i);
            char high = low;
            if (i + 2 < end && pattern.charAt(i + 1) == '-') {
                high = pattern.charAt(i + 2);
                i += 2;
            }
            found |= c >= low && c <= high;
        }
        return found != negated;
    }
}
