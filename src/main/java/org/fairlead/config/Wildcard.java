package org.fairlead.config;

import org.fairlead.expression.Glob;

/** A file name pattern of {@code Include}: a {@link Glob} for names that may be hidden ones. */
final class Wildcard {
    private Wildcard() {}

    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0 && text.indexOf(']') >= 0;
    }

    /** Whether it stands for the name; a dot at the name's start must be written out (APR_FNM_PERIOD). */
    static boolean matches(String pattern, String name) {
        boolean hidden = name.startsWith(".") && !pattern.startsWith(".");
        return !hidden && Glob.matches(pattern, name, false);
    }
}
