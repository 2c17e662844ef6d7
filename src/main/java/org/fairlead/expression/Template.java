package org.fairlead.expression;

/**
 * A string expression of httpd: plain text with {@code %{VARIABLE}}, {@code %{function:argument}} and {@code $1} in it.
 * Read once, then immutable and thread-safe.
 */
public final class Template {
    private final String source;
    private final Word word;

    private Template(String source, Word word) {
        this.source = source;
        this.word = word;
    }

    /**
     * Reads a string expression. Quotes mean themselves; a backslash takes the next character as it is.
     *
     * @throws ExpressionException if a variable or a function is unknown, or an escape is none
     */
    public static Template parse(String text) throws ExpressionException {
        return new Template(text, new Literals(new Cursor(text)).rest());
    }

    /** The text for this request: ISO-8859-1, one char for each byte. It may hold any byte that the request held. */
    public String text(Variables variables) throws EvaluationException {
        return text(variables, Captures.NONE);
    }

    /** As {@link #text(Variables)}, with what an earlier match took for {@code $0} to {@code $9}. */
    public String text(Variables variables, Captures captures) throws EvaluationException {
        return word.text(new Evaluation(variables, captures));
    }

    /** The text as it was written. */
    @Override
    public String toString() {
        return source;
    }
}
