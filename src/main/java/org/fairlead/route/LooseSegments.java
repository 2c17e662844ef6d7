package org.fairlead.route;

/**
 * Characters of a path's segments that a file system or an application may ignore: leading blanks, trailing blanks and
 * dots (Windows' names, {@code String.trim}). Pure functions.
 */
final class LooseSegments {
    private LooseSegments() {}

    /** Whether a segment begins with a blank, or ends with a blank or a dot. */
    static boolean occurIn(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean blank = isBlank(c);
            if (blank && i > 0 && path.charAt(i - 1) == '/'
                    || (blank || c == '.' && i > 0) && (i + 1 == path.length() || path.charAt(i + 1) == '/')) {
                return true;
            }
        }
        return false;
    }

    /** A space, a tab or another control byte; also the space of ISO-8859-1 that does not break. */
    private static boolean isBlank(char c) {
        return c <= ' ' || c == 0x7F || c == 0x85 || c == 0xA0;
    }

    /** The path without them, slashes merged. */
    static String strip(String path) {
        StringBuilder kept = new StringBuilder(path.length());
        for (int i = 0; i <= path.length(); i++) {
            boolean end = i == path.length() || path.charAt(i) == '/';
            while (end && kept.length() > 0 && isLooseEnd(kept.charAt(kept.length() - 1))) {
                kept.setLength(kept.length() - 1);
            }
            boolean leading = i < path.length()
                    && isBlank(path.charAt(i))
                    && (kept.length() == 0 || kept.charAt(kept.length() - 1) == '/');
            if (i < path.length() && !leading) {
                kept.append(path.charAt(i));
            }
        }
        return LenientReading.mergeSlashes(kept.toString());
    }

    private static boolean isLooseEnd(char c) {
        return c == '.' || isBlank(c);
    }
}
