package org.fairlead.expression;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.http.Bytes;

/** Reads literals: in quotes, in a variable's argument, in a string expression, and {@code %{…}} itself. */
final class Literals {
    private static final char NONE = '\0';

    private final Cursor cursor;

    Literals(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Reads up to the closing quote, of which the opening one is read already. */
    Word quoted(char quote) throws ExpressionException {
        return Word.joined(parts(quote));
    }

    /** Reads a string expression: all that is left. */
    Word rest() throws ExpressionException {
        return Word.joined(parts(NONE));
    }

    private List<Word> parts(char terminator) throws ExpressionException {
        List<Word> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        while (true) {
            if (cursor.atEnd()) {
                if (terminator != NONE) {
                    throw new ExpressionException(cursor.at + 1, "", "a closing " + terminator);
                }
                finish(plain, parts);
                return parts;
            }
            char c = cursor.peek();
            if (terminator != NONE && c == terminator) {
                cursor.at++;
                finish(plain, parts);
                return parts;
            }
            if (c == '\n') {
                throw new ExpressionException(cursor.at + 1, "\n", "a text on one line");
            }
            if (c == '\\' && cursor.at + 1 < cursor.text.length()) {
                escape(plain);
            } else if (c == '$' && Cursor.isDigit(cursor.peek(1))) {
                finish(plain, parts);
                parts.add(backReference(cursor.peek(1) - '0'));
                cursor.at += 2;
            } else if (c == '%' && cursor.peek(1) == '{') {
                finish(plain, parts);
                cursor.at += 2;
                parts.add(variable(cursor.at - 2));
            } else {
                character(plain);
            }
        }
    }

    /** One character as it stands, in the bytes that httpd would hold; escapes name bytes themselves. */
    private void character(StringBuilder plain) {
        int codePoint = cursor.text.codePointAt(cursor.at);
        plain.append(Bytes.of(Character.toString(codePoint)));
        cursor.at += Character.charCount(codePoint);
    }

    private static void finish(StringBuilder plain, List<Word> parts) {
        if (!plain.isEmpty()) {
            parts.add(new Word.Constant(plain.toString()));
            plain.setLength(0);
        }
    }

    static Word backReference(int number) {
        return evaluation -> evaluation.captures().group(number);
    }

    private void escape(StringBuilder plain) throws ExpressionException {
        int start = cursor.at;
        char c = cursor.peek(1);
        if (Cursor.isDigit(c)) {
            plain.append(octal(start));
            return;
        }
        int known = "nrtbf".indexOf(c);
        cursor.at++;
        if (known < 0) {
            character(plain);
        } else {
            plain.append("\n\r\t\b\f".charAt(known));
            cursor.at++;
        }
    }

    private char octal(int start) throws ExpressionException {
        cursor.at++;
        int value = 0;
        boolean octal = true;
        while (Cursor.isDigit(cursor.peek())) {
            octal &= cursor.peek() < '8' && value < 32;
            value = value * 8 + cursor.peek() - '0';
            cursor.at++;
        }
        if (!octal || value == 0 || cursor.at - start > 4) {
            // NUL would end the text in httpd, so it can only be a mistake.
            throw new ExpressionException(start + 1, cursor.text.substring(start, cursor.at), "\\1 to \\377");
        }
        return (char) value;
    }

    /** Reads {@code NAME}} or {@code function:argument}}, of which <code>%{</code> at {@code start} is read already. */
    Word variable(int start) throws ExpressionException {
        cursor.enter(start);
        int nameStart = cursor.at;
        String name = cursor.name();
        if (name.isEmpty() || cursor.peek() != '}' && cursor.peek() != ':') {
            String token = cursor.atEnd() ? "" : cursor.text.substring(cursor.at, cursor.at + 1);
            throw new ExpressionException(
                    cursor.at + 1, token, name.isEmpty() ? "a variable's name" : "} or : behind a variable's name");
        }
        cursor.at++;
        Word word;
        if (cursor.text.charAt(cursor.at - 1) == '}') {
            String known = Names.variable(name)
                    .orElseThrow(() -> new ExpressionException(nameStart + 1, name, Names.expectedInsteadOf(name)));
            word = evaluation -> evaluation.variables().variable(known);
        } else {
            int argumentStart = cursor.at;
            List<Word> argument = parts('}');
            if (argument.isEmpty()) {
                throw new ExpressionException(argumentStart + 1, "}", "an argument for " + name);
            }
            word = call(name, nameStart, Word.joined(argument));
        }
        cursor.leave();
        return word;
    }

    /** A call of the named function. */
    static Word call(String name, int start, Word argument) throws ExpressionException {
        Functions.Body body = Functions.named(name)
                .orElseThrow(() -> new ExpressionException(start + 1, name, "one of the functions " + Functions.NAMES));
        return evaluation -> body.apply(evaluation.variables(), argument.text(evaluation));
    }
}
