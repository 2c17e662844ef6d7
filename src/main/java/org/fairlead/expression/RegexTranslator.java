package org.fairlead.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fairlead.http.Percent;

/**
 * Writes a PCRE pattern in the words of {@link java.util.regex}, which read some of them otherwise: POSIX classes,
 * {@code $}, a bracket or {@code &&} inside a class, a brace that counts nothing, short escapes. What Java has no word
 * for is left for Java to refuse.
 *
 * <p>It also bounds what counting characters cannot: ways through a pattern that read no character. Such ways multiply
 * where alternatives or repetitions match nothing ({@code (|){40}}), so a pattern with too many of them is refused.
 */
final class RegexTranslator {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_REPEAT = 65_535;
    private static final double MAX_EMPTY_ALTERNATIVES = 256;

    /** @param ways upper bound of the ways through without a character read */
    private record Shape(double ways, boolean nullable) {
        static final Shape CHARACTER = new Shape(1, false);
        static final Shape NOTHING = new Shape(1, true);

        Shape then(Shape next) {
            return new Shape(ways * next.ways, nullable && next.nullable);
        }

        Shape or(Shape other) {
            double either = nullable && other.nullable ? ways + other.ways : Math.max(ways, other.ways);
            return new Shape(either, nullable || other.nullable);
        }

        Shape repeated(int min, int max) {
            boolean empty = nullable || min == 0;
            if (!nullable) {
                return new Shape(ways, empty);
            }
            // A repetition that matched nothing is the last one.
            double optional = max > min ? ways + 1 : 1;
            return new Shape(Math.pow(ways, min) * optional, true);
        }
    }

    private final String in;
    private final boolean multiLine;
    private final StringBuilder out;
    /** Java's names of groups have no underscore, so groups are numbered for it and the names are kept here. */
    private final Map<String, Integer> names = new LinkedHashMap<>();

    private int captures;
    private int at;

    /** @param names the groups that have a name, by it, in their order */
    record Translation(String pattern, Map<String, Integer> names) {}

    private RegexTranslator(String in, boolean multiLine) {
        this.in = in;
        this.multiLine = multiLine;
        this.out = new StringBuilder(in.length() + 16);
    }

    static Translation translate(String pattern, boolean multiLine) throws ExpressionException {
        RegexTranslator translator = new RegexTranslator(pattern, multiLine);
        Shape shape = translator.alternatives(0);
        if (translator.at < pattern.length()) {
            throw translator.error(translator.at, ")", "( before it");
        }
        if (shape.ways > MAX_EMPTY_ALTERNATIVES) {
            throw new ExpressionException(1, pattern, "fewer alternatives and repetitions that match nothing");
        }
        return new Translation(translator.out.toString(), Map.copyOf(translator.names));
    }

    private ExpressionException error(int index, String token, String expected) {
        return new ExpressionException(index + 1, token, expected);
    }

    private boolean more() {
        return at < in.length();
    }

    private Shape alternatives(int depth) throws ExpressionException {
        if (depth > MAX_DEPTH) {
            throw error(at, in.substring(at, Math.min(in.length(), at + 8)), "at most " + MAX_DEPTH + " nested groups");
        }
        Shape shape = sequence(depth);
        while (more() && in.charAt(at) == '|') {
            out.append('|');
            at++;
            shape = shape.or(sequence(depth));
        }
        return shape;
    }

    private Shape sequence(int depth) throws ExpressionException {
        Shape shape = Shape.NOTHING;
        while (more() && in.charAt(at) != '|' && in.charAt(at) != ')') {
            shape = shape.then(quantified(atom(depth)));
        }
        return shape;
    }

    private Shape atom(int depth) throws ExpressionException {
        char c = in.charAt(at);
        switch (c) {
            case '(':
                return group(depth);
            case '[':
                at = new RegexClass(in, at, out).translate();
                return Shape.CHARACTER;
            case '\\':
                return escape();
            case '$':
                at++;
                out.append(multiLine ? "$" : "\\z");
                return Shape.NOTHING;
            case '^':
                at++;
                out.append('^');
                return Shape.NOTHING;
            case '{':
            case '}':
            case ']':
                at++;
                out.append('\\').append(c);
                return Shape.CHARACTER;
            default:
                at++;
                out.append(c);
                return Shape.CHARACTER;
        }
    }

    private Shape group(int depth) throws ExpressionException {
        if (in.startsWith("(?#", at)) {
            int end = in.indexOf(')', at);
            at = end < 0 ? in.length() : end + 1;
            if (end < 0) {
                throw error(in.length(), "", ") after the comment");
            }
            return Shape.NOTHING;
        }
        boolean looksAround = in.startsWith("(?=", at)
                || in.startsWith("(?!", at)
                || in.startsWith("(?<=", at)
                || in.startsWith("(?<!", at);
        if (!opens()) {
            return Shape.NOTHING;
        }
        Shape shape = alternatives(depth + 1);
        if (!more()) {
            throw error(in.length(), "", ") that closes the group");
        }
        at++;
        out.append(')');
        return looksAround ? new Shape(shape.ways, true) : shape;
    }

    /** Copies what opens a group; false if it was a setting like {@code (?i)} that is closed already. */
    private boolean opens() throws ExpressionException {
        int start = at;
        at++;
        out.append('(');
        if (!more() || in.charAt(at) != '?') {
            captures++;
            return true;
        }
        at++;
        if (in.startsWith("P=", at) || in.startsWith("P>", at)) {
            throw error(start, "(?P" + in.charAt(at + 1), "\\k<name> for a group's text");
        }
        if (names()) {
            return true;
        }
        out.append('?');
        while (more() && "imsxn-".indexOf(in.charAt(at)) >= 0) {
            if (in.charAt(at) == 'n') {
                throw error(at, "n", "a setting of i, m, s, x");
            }
            out.append(in.charAt(at++));
        }
        if (more() && in.charAt(at) == 'U') {
            // PCRE: repetitions take as little as they can. Java: Unicode classes. Neither word means the other.
            throw error(at, "U", "a setting of i, m, s, x");
        }
        if (more() && in.charAt(at) == ')') {
            at++;
            out.append(')');
            return false;
        }
        if (in.startsWith("<=", at) || in.startsWith("<!", at)) {
            out.append(in, at, at + 2);
            at += 2;
        } else if (more() && ":=!>".indexOf(in.charAt(at)) >= 0) {
            out.append(in.charAt(at++));
        }
        return true;
    }

    /** Reads the name of a group, {@code <name>}, {@code P<name>} or {@code 'name'}; false if none stands here. */
    private boolean names() throws ExpressionException {
        int open = in.startsWith("P<", at) ? at + 1 : at;
        boolean named = in.startsWith("<", open) && !in.startsWith("<=", open) && !in.startsWith("<!", open)
                || in.startsWith("'", open);
        if (!named) {
            return false;
        }
        int close = in.indexOf(in.charAt(open) == '<' ? '>' : '\'', open + 1);
        String name = close < 0 ? "" : in.substring(open + 1, close);
        if (!isName(name) || names.containsKey(name)) {
            throw error(open, in.substring(open, close < 0 ? in.length() : close + 1), "a group's name, each once");
        }
        names.put(name, ++captures);
        at = close + 1;
        return true;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Percent.isAlphanumeric(c) && c != '_') {
                return false;
            }
        }
        return !name.isEmpty() && Character.digit(name.charAt(0), 10) < 0;
    }

    private Shape escape() throws ExpressionException {
        int start = at;
        at++;
        if (!more()) {
            throw error(in.length(), "", "a character behind the \\");
        }
        if (in.charAt(at) == 'Q') {
            int end = in.indexOf("\\E", at);
            String literal = in.substring(at + 1, end < 0 ? in.length() : end);
            at = end < 0 ? in.length() : end + 2;
            for (int i = 0; i < literal.length(); i++) {
                appendLiteral(out, literal.charAt(i));
            }
            return Shape.CHARACTER;
        }
        if (in.charAt(at) == 'E') {
            at++;
            return Shape.NOTHING;
        }
        boolean zeroWidth = "bBAZzG".indexOf(in.charAt(at)) >= 0;
        at = RegexEscape.translate(in, start, names, out);
        return zeroWidth ? Shape.NOTHING : Shape.CHARACTER;
    }

    static void appendLiteral(StringBuilder out, char c) {
        if (!Character.isLetterOrDigit(c) && c < 128) {
            out.append('\\');
        }
        out.append(c);
    }

    private Shape quantified(Shape shape) throws ExpressionException {
        if (!more()) {
            return shape;
        }
        char c = in.charAt(at);
        int end = at + 1;
        int min = c == '+' ? 1 : 0;
        int max = c == '?' ? 1 : Integer.MAX_VALUE;
        if (c == '{') {
            end = RegexEscape.countEnd(in, at);
            if (end < 0) {
                return shape;
            }
            String[] bounds = in.substring(at + 1, end - 1).split(",", -1);
            min = bound(bounds[0]);
            max = bounds.length == 1 ? min : bounds[1].isEmpty() ? Integer.MAX_VALUE : bound(bounds[1]);
        } else if (c != '*' && c != '+' && c != '?') {
            return shape;
        }
        out.append(in, at, end);
        at = end;
        if (more() && (in.charAt(at) == '?' || in.charAt(at) == '+')) {
            out.append(in.charAt(at++));
        }
        return shape.repeated(min, max);
    }

    private int bound(String digits) throws ExpressionException {
        if (digits.length() > 5 || Integer.parseInt(digits) > MAX_REPEAT) {
            throw error(at, "{" + digits, "at most " + MAX_REPEAT + " repetitions");
        }
        return Integer.parseInt(digits);
    }
}
