package org.fairlead.expression;

/**
 * One piece of an expression's text.
 *
 * @param value what it means: an operator in its main spelling, a name, digits, a pattern
 * @param written how it stands in the text
 * @param start its first character, counted from 0
 */
record Token(Kind kind, String value, String written, int start) {
    /** What a token is; of a quoted text and a variable only the beginning is a token. */
    enum Kind {
        END,
        NUMBER,
        NAME,
        /** {@code value}: the pattern; the flags follow from what was written. */
        REGEX,
        UNARY,
        BINARY,
        QUOTE,
        VARIABLE,
        BACK_REFERENCE,
        SYMBOL
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && value.equals(symbol);
    }

    ExpressionException unexpected(String expected) {
        return new ExpressionException(start + 1, written, expected);
    }
}
