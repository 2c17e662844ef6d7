package org.fairlead.model;

/**
 * Where in the operator's files something was said, for messages that he can act on.
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
