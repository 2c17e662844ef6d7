package org.fairlead.expression;

/**
 * A condition in httpd's expression language (ap_expr, grammar of 2.4): what {@code ProxyHCExpr}, {@code expr=},
 * {@code <If>} and {@code Require expr} hold. Read once, then immutable and thread-safe.
 *
 * <p>Evaluation ends: nothing loops, a pattern's steps are counted, nesting is bounded when it is read.
 */
public final class Expression {
    private final String text;
    private final Condition condition;

    private Expression(String text, Condition condition) {
        this.text = text;
        this.condition = condition;
    }

    /**
     * The result of an evaluation.
     *
     * @param captures the groups of the last match, for directives that use {@code $1} outside ({@code SetEnvIfExpr})
     */
    public record Outcome(boolean holds, Captures captures) {}

    /**
     * Reads a condition.
     *
     * @throws ExpressionException if it is none; names the token, its position and what could stand there
     */
    public static Expression parse(String text) throws ExpressionException {
        return new Expression(text, new Parser(text).parse());
    }

    /**
     * Reads what {@code SSLRequire} takes: the same grammar, but every comparison is one of texts, of which a longer one
     * is greater (httpd's AP_EXPR_FLAG_SSL_EXPR_COMPAT).
     *
     * @throws ExpressionException as for {@link #parse}
     */
    public static Expression parseSslRequire(String text) throws ExpressionException {
        return new Expression(text, new Parser(text, Operators::comparisonOfLengths).parse());
    }

    /**
     * Whether it holds.
     *
     * @throws EvaluationException if that cannot be said; it is neither true nor false then
     */
    public boolean test(Variables variables) throws EvaluationException {
        return evaluate(variables, Captures.NONE).holds();
    }

    /** As {@link #test}; {@code $0} to {@code $9} begin with what an earlier match took. */
    public Outcome evaluate(Variables variables, Captures captures) throws EvaluationException {
        return evaluate(new Evaluation(variables, captures));
    }

    /** As {@link #evaluate(Variables, Captures)}, of which the work is counted with that of others. */
    public Outcome evaluate(Variables variables, Captures captures, Steps steps) throws EvaluationException {
        return evaluate(new Evaluation(variables, captures, steps));
    }

    private Outcome evaluate(Evaluation evaluation) throws EvaluationException {
        boolean holds = condition.test(evaluation);
        return new Outcome(holds, evaluation.captures());
    }

    /** The text as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
