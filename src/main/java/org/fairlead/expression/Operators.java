package org.fairlead.expression;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** httpd's operators on texts. Pure functions, except those that test a file. */
final class Operators {
    /** A test of one text. */
    interface Unary {
        boolean test(String text);
    }

    /** A test of two texts. */
    interface Binary {
        boolean test(String left, String right);
    }

    static final String UNARY_NAMES = "-n, -z, -T, -R, -d, -e, -f, -s, -L, -h";
    static final String BINARY_NAMES = "-ipmatch, -strmatch, -strcmatch, -fnmatch";

    private static final Map<String, Unary> UNARY = Map.of(
            "n", text -> !text.isEmpty(),
            "z", String::isEmpty,
            "T", Operators::isTrue,
            "d", FileTest::isDirectory,
            "e", FileTest::exists,
            "f", FileTest::isFile,
            "s", FileTest::hasContent,
            "L", FileTest::isLink,
            "h", FileTest::isLink);

    private static final Map<String, Binary> BINARY = Map.of(
            "strmatch", (text, glob) -> Glob.matches(glob, text, false),
            "strcmatch", (text, glob) -> Glob.matches(glob, text, true),
            "fnmatch", (text, glob) -> Glob.matchesPath(glob, text));

    private static final Map<String, Binary> COMPARISONS = Map.ofEntries(
            Map.entry("==", (a, b) -> a.equals(b)),
            Map.entry("!=", (a, b) -> !a.equals(b)),
            Map.entry("<", (a, b) -> a.compareTo(b) < 0),
            Map.entry("<=", (a, b) -> a.compareTo(b) <= 0),
            Map.entry(">", (a, b) -> a.compareTo(b) > 0),
            Map.entry(">=", (a, b) -> a.compareTo(b) >= 0),
            Map.entry("-eq", (a, b) -> number(a) == number(b)),
            Map.entry("-ne", (a, b) -> number(a) != number(b)),
            Map.entry("-lt", (a, b) -> number(a) < number(b)),
            Map.entry("-le", (a, b) -> number(a) <= number(b)),
            Map.entry("-gt", (a, b) -> number(a) > number(b)),
            Map.entry("-ge", (a, b) -> number(a) >= number(b)));

    private Operators() {}

    /** The letter's case counts. */
    static Optional<Unary> unary(String letter) {
        return Optional.ofNullable(UNARY.get(letter));
    }

    /** The name's case does not count. */
    static Optional<Binary> binary(String name) {
        return Optional.ofNullable(BINARY.get(name.toLowerCase(Locale.ROOT)));
    }

    static Optional<Binary> comparison(String symbol) {
        return Optional.ofNullable(COMPARISONS.get(symbol));
    }

    /**
     * As {@link #comparison}, in {@code SSLRequire}: {@code <} and {@code -lt} are the same, and compare texts by their
     * length first and by their characters then (strcmplex in util_expr_eval.c).
     */
    static Optional<Binary> comparisonOfLengths(String symbol) {
        return switch (symbol) {
            case "==", "-eq" -> comparison("==");
            case "!=", "-ne" -> comparison("!=");
            case "<", "-lt" -> Optional.of((a, b) -> byLength(a, b) < 0);
            case "<=", "-le" -> Optional.of((a, b) -> byLength(a, b) <= 0);
            case ">", "-gt" -> Optional.of((a, b) -> byLength(a, b) > 0);
            case ">=", "-ge" -> Optional.of((a, b) -> byLength(a, b) >= 0);
            default -> Optional.empty();
        };
    }

    private static int byLength(String left, String right) {
        int longer = Integer.compare(left.length(), right.length());
        return longer != 0 ? longer : left.compareTo(right);
    }

    /** False for the empty text, {@code 0}, {@code off}, {@code false} and {@code no}, in any case. */
    private static boolean isTrue(String text) {
        return switch (Functions.lower(text)) {
            case "", "0", "off", "false", "no" -> false;
            default -> true;
        };
    }

    /** The leading number of a text, after white space and a sign; 0 if none, clamped to 64 bits (C's strtol). */
    static long number(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) >= '\t' && text.charAt(at) <= '\r')) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || at < text.length() && text.charAt(at) == '+') {
            at++;
        }
        long value = 0;
        while (at < text.length() && Cursor.isDigit(text.charAt(at))) {
            int digit = text.charAt(at++) - '0';
            // Counted downwards, because the smallest number has no positive counterpart.
            if (value < (Long.MIN_VALUE + digit) / 10) {
                return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
            value = value * 10 - digit;
        }
        if (negative) {
            return value;
        }
        return value == Long.MIN_VALUE ? Long.MAX_VALUE : -value;
    }
}
