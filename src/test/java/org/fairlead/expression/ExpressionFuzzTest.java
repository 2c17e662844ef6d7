package org.fairlead.expression;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fairlead.http.Bytes;

/** Whatever is given: an expression, an {@link ExpressionException}, or an {@link EvaluationException}; never more. */
class ExpressionFuzzTest {
    private static final List<String> PIECES = List.of(
            "'a'",
            "'",
            "\"",
            "%{",
            "}",
            "%{REQUEST_URI}",
            "%{HTTP:",
            "req(",
            "tolower(",
            ")",
            "(",
            "{",
            ",",
            " ",
            "==",
            "=~",
            "!~",
            "!",
            "&&",
            "||",
            "-in",
            "-eq",
            "-R",
            "-z",
            "-ipmatch",
            "/",
            "m#",
            "#",
            "i",
            "$1",
            "\\",
            "\\12",
            "\n",
            "true",
            "false",
            ".",
            "1",
            "-1",
            "\u00e9",
            "\ud83d\ude00",
            "\0",
            "'10.0.0.0/8'");
    private static final List<String> REGEX_PIECES = List.of(
            "a",
            "b",
            "(",
            ")",
            "(?:",
            "(?=",
            "(?<n>",
            "(?i)",
            "|",
            "*",
            "+",
            "?",
            "{2}",
            "{,",
            "{1,3}",
            "[",
            "]",
            "[^",
            "[:alpha:]",
            "\\",
            "\\d",
            "\\Q",
            "\\E",
            "\\1",
            "\\x",
            "\\g{1}",
            "^",
            "$",
            ".",
            "-",
            "&&",
            "\\b",
            "\\p{L}",
            "#",
            " ",
            "\u00e9");

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(PIECES).list().ofMaxSize(20).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(REGEX_PIECES).list().ofMaxSize(16).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> subjects() {
        return Arbitraries.strings().withChars("ab&-] 1\u00c3\n").ofMaxLength(40);
    }

    @Property(tries = 2000)
    void textThatLooksLikeAConditionIsReadOrRefused(@ForAll("pieces") String text) throws Exception {
        evaluate(text);
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll String text) throws Exception {
        evaluate(text);
    }

    @Property(tries = 500)
    void anyTextIsAStringExpressionOrRefused(@ForAll("pieces") String text) throws Exception {
        try {
            Template.parse(text).text(RequestExample.variables());
        } catch (ExpressionException | EvaluationException e) {
            requirePosition(e, text);
        }
    }

    @Property(tries = 2000)
    void anyPatternIsReadOrRefusedAndEnds(@ForAll("patterns") String pattern, @ForAll("subjects") String text)
            throws Exception {
        try {
            Regex.compile(pattern).find(text);
        } catch (ExpressionException | EvaluationException e) {
            requirePosition(e, pattern);
        }
    }

    private static void evaluate(String text) throws Exception {
        try {
            Expression.parse(text).test(RequestExample.variables());
        } catch (ExpressionException | EvaluationException e) {
            requirePosition(e, text);
        }
    }

    private static void requirePosition(Exception e, String text) {
        // A pattern beyond ASCII is counted in bytes.
        if (e instanceof ExpressionException refused
                && (refused.position() < 1
                        || refused.position() > Bytes.of(text).length() + 1)) {
            throw new AssertionError("position " + refused.position() + " of '" + text + "'", e);
        }
    }
}
