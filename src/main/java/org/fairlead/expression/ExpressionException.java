package org.fairlead.expression;

/** A syntax error in an expression or pattern: its position, and what is allowed there. */
public final class ExpressionException extends Exception {
    private final int position;
    private final String token;
    private final String expected;

    /**
     * @param position the token's first character, counted from 1
     * @param token the text that does not fit; empty where the text ends too early
     * @param expected what could stand there
     */
    ExpressionException(int position, String token, String expected) {
        super(
                (token.isEmpty() ? "end" : "'" + printable(token) + "'") + " at " + position + " (expected: " + expected
                        + ")",
                null,
                false,
                false);
        this.position = position;
        this.token = token;
        this.expected = expected;
    }

    private static String printable(String token) {
        StringBuilder text = new StringBuilder(token.length());
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            text.append(Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c));
        }
        return text.toString();
    }

    /** The token's first character, counted from 1; one behind the last character where the text ends too early. */
    public int position() {
        return position;
    }

    /** The text that does not fit; empty where the text ends too early. */
    public String token() {
        return token;
    }

    public String expected() {
        return expected;
    }

    /** The same problem in a text of which this one's text is the part behind {@code offset} characters. */
    ExpressionException shifted(int offset) {
        return new ExpressionException(position + offset, token, expected);
    }
}
