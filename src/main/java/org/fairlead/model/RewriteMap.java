package org.fairlead.model;

/**
 * One {@code RewriteMap}: what {@code ${name:key}} in a rule looks a key up in.
 *
 * @param source for {@link Kind#TXT} and {@link Kind#RND} an absolute file name; for {@link Kind#INT} the function
 */
public record RewriteMap(Kind kind, String source) {
    /** Where the values come from. */
    public enum Kind {
        /** A function: {@code tolower}, {@code toupper}, {@code escape}, {@code unescape}. */
        INT,
        /** A text file of keys and values. */
        TXT,
        /** The same, with several values divided by {@code |}, one of which is drawn. */
        RND
    }
}
