package org.fairlead.runtime;

import java.util.Optional;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.Regex;

/**
 * A text that a regular expression of the configuration matches, for a dry run. It takes the first branch of each
 * alternative, and each repetition as seldom as it may stand. Expressions that need more have no sample.
 */
final class RegexSample {
    private static final int MAX_LENGTH = 500;
    /** Stands for a character that the expression leaves open. */
    private static final char ANY = 'x';

    private final String pattern;
    private final StringBuilder made = new StringBuilder();
    private int at;

    private RegexSample(String pattern) {
        this.pattern = pattern;
    }

    /** The sample of an expression for paths, beginning with a slash; empty where none is found. */
    static Optional<String> of(String pattern) {
        RegexSample sample = new RegexSample(pattern);
        try {
            sample.branch();
            String text = sample.made.toString();
            String path = text.startsWith("/") ? text : "/" + text;
            return path.length() <= MAX_LENGTH && Regex.compile(pattern).test(path)
                    ? Optional.of(path)
                    : Optional.empty();
        } catch (StringIndexOutOfBoundsException | ExpressionException | EvaluationException e) {
            return Optional.empty();
        }
    }

    /** Makes one branch, and passes over its alternatives up to the end of the group. */
    private void branch() {
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int start = made.length();
            one();
            repeat(start);
        }
        int depth = 0;
        while (at < pattern.length() && (depth > 0 || pattern.charAt(at) != ')')) {
            char c = pattern.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '[') {
                at = pattern.indexOf(']', at + 2);
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at++;
        }
    }

    private void one() {
        char c = pattern.charAt(at++);
        switch (c) {
            case '^', '$' -> {}
            case '.' -> made.append(ANY);
            case '\\' -> escaped(pattern.charAt(at++));
            case '[' -> set();
            case '(' -> group();
            default -> made.append(c);
        }
    }

    private void escaped(char c) {
        switch (c) {
            case 'd' -> made.append('1');
            case 'w', 'S', 'D' -> made.append(ANY);
            case 's' -> made.append("%20");
            case 'W' -> made.append('-');
            case 'b', 'B', 'A', 'z', 'Z' -> {}
            default -> made.append(c);
        }
    }

    private void set() {
        boolean negated = pattern.charAt(at) == '^';
        int first = negated ? at + 1 : at;
        int end = pattern.indexOf(']', first + 1);
        if (negated) {
            made.append(pattern.substring(first, end).indexOf(ANY) < 0 ? ANY : '-');
        } else if (pattern.charAt(first) == '\\') {
            escaped(pattern.charAt(first + 1));
        } else {
            made.append(pattern.charAt(first));
        }
        at = end + 1;
    }

    private void group() {
        int start = made.length();
        boolean asserts = pattern.startsWith("?!", at) || pattern.startsWith("?<!", at);
        if (pattern.startsWith("?", at)) {
            at++;
            while (":=!>".indexOf(pattern.charAt(at)) < 0) {
                at++;
            }
            at++;
        }
        branch();
        at++;
        if (asserts) {
            made.setLength(start);
        }
    }

    /** Takes what stands behind an atom: nothing is needed for {@code *} and {@code ?}. */
    private void repeat(int start) {
        if (at >= pattern.length()) {
            return;
        }
        char c = pattern.charAt(at);
        if (c == '*' || c == '?') {
            at++;
        } else if (c == '+') {
            at++;
        } else if (c == '{') {
            int end = pattern.indexOf('}', at);
            String atom = made.substring(start);
            int least = Integer.parseInt(
                    pattern.substring(at + 1, end).split(",")[0].strip());
            made.setLength(start);
            made.append(atom.repeat(Math.min(least, MAX_LENGTH)));
            at = end + 1;
        }
        if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
            at++;
        }
    }
}
