package org.fairlead.rewrite;

import java.util.Optional;
import java.util.Set;
import org.fairlead.expression.Captures;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Expression;
import org.fairlead.expression.ExpressionException;
import org.fairlead.expression.FileTest;
import org.fairlead.expression.Regex;
import org.fairlead.http.Bytes;
import org.fairlead.model.RewriteCondition;
import org.fairlead.model.RewriteCondition.Kind;

/** One prepared {@code RewriteCond}. Immutable. */
final class ConditionTest {
    /** The cost of a file-system access among a request's steps. */
    private static final int STEPS_OF_A_FILE = 2_000;

    private final RewriteCondition config;
    private final Expansion input;
    private final String operand;
    private final Optional<Regex> regex;
    private final Optional<Expression> expression;

    ConditionTest(RewriteCondition config) throws ExpressionException {
        this.config = config;
        this.input = Expansion.parse(config.test());
        this.operand = Bytes.of(config.pattern());
        this.regex = config.kind() == Kind.REGEX
                ? Optional.of(Regex.compile(config.pattern(), flags(config.noCase())))
                : Optional.empty();
        this.expression =
                config.kind() == Kind.EXPRESSION ? Optional.of(Expression.parse(config.pattern())) : Optional.empty();
    }

    static Set<Regex.Flag> flags(boolean noCase) {
        return noCase ? Set.of(Regex.Flag.IGNORE_CASE) : Set.of();
    }

    boolean isAlternative() {
        return config.or();
    }

    boolean holds(RewriteState run) throws EvaluationException {
        return asks(run) != config.negated();
    }

    private boolean asks(RewriteState run) throws EvaluationException {
        if (expression.isPresent()) {
            Expression.Outcome outcome = expression.get().evaluate(run.variables(), Captures.NONE, run.steps());
            return keep(run, outcome.holds() ? Optional.of(outcome.captures()) : Optional.empty());
        }
        String text = input.fill(run);
        if (regex.isPresent()) {
            return keep(run, regex.get().find(text, run.steps()));
        }
        return config.kind().comparesText() ? compares(text) : asksFilesOrNumbers(text, run);
    }

    private boolean keep(RewriteState run, Optional<Captures> found) {
        if (found.isPresent() && !config.negated()) {
            run.conditionMatched(found.get());
        }
        return found.isPresent();
    }

    private boolean compares(String text) {
        int order = config.noCase() ? Maps.lower(text).compareTo(Maps.lower(operand)) : byLengthFirst(text, operand);
        return switch (config.kind()) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> order == 0;
        };
    }

    /** httpd's order: the longer text is the greater one. */
    private static int byLengthFirst(String a, String b) {
        return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
    }

    private boolean asksFilesOrNumbers(String text, RewriteState run) throws EvaluationException {
        switch (config.kind()) {
            case NUMBER_EQUAL, NUMBER_LESS, NUMBER_LESS_OR_EQUAL, NUMBER_GREATER, NUMBER_GREATER_OR_EQUAL -> {
                return comparesNumbers(Integer.compare(number(text), number(operand)));
            }
            default -> {
                run.steps().spend(STEPS_OF_A_FILE);
                return asksFiles(text);
            }
        }
    }

    private boolean comparesNumbers(int order) {
        return switch (config.kind()) {
            case NUMBER_LESS -> order < 0;
            case NUMBER_LESS_OR_EQUAL -> order <= 0;
            case NUMBER_GREATER -> order > 0;
            case NUMBER_GREATER_OR_EQUAL -> order >= 0;
            default -> order == 0;
        };
    }

    private boolean asksFiles(String name) {
        return switch (config.kind()) {
            case FILE -> FileTest.isFile(name);
            case FILLED_FILE -> FileTest.hasContent(name);
            case DIRECTORY -> FileTest.isDirectory(name);
            case LINK -> FileTest.isLink(name);
            case EXECUTABLE -> FileTest.isExecutable(name);
            default -> throw new IllegalStateException(config.kind().name());
        };
    }

    /** C's {@code atoi}: leading blanks, a sign, digits, and 0 for a text that is no number. */
    static int number(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) >= '\t' && text.charAt(at) <= '\r')) {
            at++;
        }
        boolean minus = at < text.length() && text.charAt(at) == '-';
        if (minus || at < text.length() && text.charAt(at) == '+') {
            at++;
        }
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = Math.min(value * 10 + text.charAt(at++) - '0', Integer.MAX_VALUE);
        }
        return (int) (minus ? -value : value);
    }
}
