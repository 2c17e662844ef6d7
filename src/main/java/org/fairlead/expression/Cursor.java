package org.fairlead.expression;

/** A position in an expression's text, shared by the parsers that read it, and their nesting depth. Used once. */
final class Cursor {
    /** Nesting limit, far beyond real expressions; it keeps a recursive parser from overflowing the stack. */
    private static final int MAX_DEPTH = 32;

    final String text;
    int at;
    private int depth;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The next character; NUL at the end. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    void enter(int start) throws ExpressionException {
        if (++depth > MAX_DEPTH) {
            throw new ExpressionException(
                    start + 1, text.substring(start, start + 1), "at most " + MAX_DEPTH + " levels");
        }
    }

    void leave() {
        depth--;
    }

    /** The letters, digits and underscores from here on, which it skips; empty if a letter does not come first. */
    String name() {
        int start = at;
        if (isLetter(peek())) {
            while (isLetter(peek()) || isDigit(peek()) || peek() == '_') {
                at++;
            }
        }
        return text.substring(start, at);
    }

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
