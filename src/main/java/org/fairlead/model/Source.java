package org.fairlead.model;

/**
 * A position in the operator's files, for actionable messages.
 *
 * @param file path as the operator named it, or a word such as {@code --balance} where there is no file
 * @param line counted from 1; 0 where a line means nothing
 */
public record Source(String file, int line) {
    /** For what no file says: defaults and tests. */
    public static final Source NONE = new Source("-", 0);

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
