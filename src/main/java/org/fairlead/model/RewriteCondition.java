package org.fairlead.model;

/**
 * One {@code RewriteCond}.
 *
 * @param test the text that is looked at, with {@code %{VARIABLES}} and back-references; not read for
 *     {@link Kind#EXPRESSION}
 * @param kind how it is looked at
 * @param pattern what it is compared with; empty for the kinds that ask about files
 * @param negated {@code !}
 * @param noCase {@code NC}; only where letters are compared
 * @param or {@code OR}: it is enough that this one or the next holds
 */
public record RewriteCondition(
        String test, Kind kind, String pattern, boolean negated, boolean noCase, boolean or, Source source) {
    /** What is asked. */
    public enum Kind {
        REGEX,
        /** {@code RewriteCond expr "…"}. */
        EXPRESSION,
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        NUMBER_EQUAL,
        NUMBER_LESS,
        NUMBER_LESS_OR_EQUAL,
        NUMBER_GREATER,
        NUMBER_GREATER_OR_EQUAL,
        /** {@code -f}. */
        FILE,
        /** {@code -s}: a file that is not empty. */
        FILLED_FILE,
        /** {@code -d}. */
        DIRECTORY,
        /** {@code -l}, {@code -L}, {@code -h}. */
        LINK,
        /** {@code -x}. */
        EXECUTABLE;

        /** Whether letters are compared, so that {@code NC} means something. */
        public boolean comparesText() {
            return ordinal() <= GREATER_OR_EQUAL.ordinal() && this != EXPRESSION;
        }
    }
}
