package org.fairlead.expression;

import java.util.List;
import java.util.Map;
import org.fairlead.expression.Token.Kind;

/** Cuts the text of a condition, outside its quotes and variables, into tokens as httpd's scanner does. Used once. */
final class Lexer {
    private static final String REGEX_SEPARATORS = "/#$%^,;:_?|-!.'\"";
    private static final List<String> SYMBOLS =
            List.of("==", "=~", "!=", "!~", "<=", ">=", "&&", "||", "=", "!", "<", ">", ".", "(", ")", "{", "}", ",");

    /** Words that are operators, and other spellings of operators; case counts. */
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("=", "=="),
            Map.entry("and", "&&"),
            Map.entry("or", "||"),
            Map.entry("not", "!"),
            Map.entry("true", "true"),
            Map.entry("false", "false"),
            Map.entry("in", "-in"),
            Map.entry("eq", "-eq"),
            Map.entry("ne", "-ne"),
            Map.entry("lt", "-lt"),
            Map.entry("le", "-le"),
            Map.entry("gt", "-gt"),
            Map.entry("ge", "-ge"));

    private final Cursor cursor;

    Lexer(Cursor cursor) {
        this.cursor = cursor;
    }

    /** The next token; behind the last one {@link Kind#END}, again and again. */
    Token next() throws ExpressionException {
        while (cursor.peek() == ' ' || cursor.peek() == '\t' || cursor.peek() == '\n') {
            cursor.at++;
        }
        int start = cursor.at;
        if (cursor.atEnd()) {
            return new Token(Kind.END, "", "", start);
        }
        char c = cursor.peek();
        char following = cursor.peek(1);
        if (c == '"' || c == '\'') {
            return token(Kind.QUOTE, start, 1, 0);
        }
        if (c == '%' && following == '{') {
            return token(Kind.VARIABLE, start, 2, 0);
        }
        if (c == '$' && Cursor.isDigit(following)) {
            return token(Kind.BACK_REFERENCE, start, 2, 1);
        }
        if (c == '/' || c == 'm' && startsRegex(following)) {
            return regex(start, c == '/' ? 1 : 2);
        }
        if (Cursor.isDigit(c) || c == '-' && Cursor.isDigit(following)) {
            cursor.at++;
            while (Cursor.isDigit(cursor.peek())) {
                cursor.at++;
            }
            return ended(Kind.NUMBER, start, 0);
        }
        if (c == '-' && (Cursor.isLetter(following) || following == '_')) {
            return dashed(start);
        }
        if (Cursor.isLetter(c)) {
            String name = cursor.name();
            return SPELLINGS.containsKey(name)
                    ? new Token(Kind.SYMBOL, SPELLINGS.get(name), name, start)
                    : new Token(Kind.NAME, name, name, start);
        }
        return symbol(start);
    }

    private boolean startsRegex(char following) {
        char third = cursor.peek(2);
        // The longest token wins: m_x is a name.
        boolean name = following == '_' && (Cursor.isLetter(third) || Cursor.isDigit(third) || third == '_');
        return following != '\0' && REGEX_SEPARATORS.indexOf(following) >= 0 && !name;
    }

    private Token symbol(int start) throws ExpressionException {
        for (String symbol : SYMBOLS) {
            if (cursor.text.startsWith(symbol, start)) {
                cursor.at += symbol.length();
                return new Token(Kind.SYMBOL, SPELLINGS.getOrDefault(symbol, symbol), symbol, start);
            }
        }
        throw new ExpressionException(
                start + 1,
                cursor.text.substring(start, start + 1),
                "a condition of quoted texts, %{VARIABLES}, operators");
    }

    private Token dashed(int start) {
        cursor.at++;
        while (Cursor.isLetter(cursor.peek()) || Cursor.isDigit(cursor.peek()) || cursor.peek() == '_') {
            cursor.at++;
        }
        String written = cursor.text.substring(start, cursor.at);
        if (SPELLINGS.containsValue(written)) {
            return new Token(Kind.SYMBOL, written, written, start);
        }
        return ended(written.length() == 2 ? Kind.UNARY : Kind.BINARY, start, 1);
    }

    private Token regex(int start, int opening) throws ExpressionException {
        char separator = cursor.peek(opening - 1);
        int from = start + opening;
        int end = cursor.text.indexOf(separator, from);
        if (end < 0) {
            throw new ExpressionException(cursor.text.length() + 1, "", separator + " at the end of the pattern");
        }
        cursor.at = end + 1;
        while (Cursor.isLetter(cursor.peek()) || Cursor.isDigit(cursor.peek())) {
            cursor.at++;
        }
        return new Token(Kind.REGEX, cursor.text.substring(from, end), cursor.text.substring(start, cursor.at), start);
    }

    private Token token(Kind kind, int start, int length, int prefix) {
        cursor.at = start + length;
        return ended(kind, start, prefix);
    }

    /** The token from {@code start} to here; its value begins {@code prefix} characters later. */
    private Token ended(Kind kind, int start, int prefix) {
        String written = cursor.text.substring(start, cursor.at);
        return new Token(kind, written.substring(prefix), written, start);
    }
}
