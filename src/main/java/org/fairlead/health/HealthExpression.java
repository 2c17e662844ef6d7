package org.fairlead.health;

import java.util.Optional;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Expression;
import org.fairlead.expression.ExpressionException;
import org.fairlead.health.Probe.Reply;

/**
 * The condition for a passing response: {@code ProxyHCExpr}, over status, fields and body ({@code %{REQUEST_STATUS} =~
 * /^[234]/}, {@code hc('body') !~ /Under maintenance/}), or a status of 200 to 399 where there is none. Immutable and
 * thread-safe.
 */
public final class HealthExpression {
    private final Optional<Expression> condition;

    private HealthExpression(Optional<Expression> condition) {
        this.condition = condition;
    }

    /**
     * Parses a condition.
     *
     * @param text empty = the status decides
     * @throws ExpressionException if it is malformed
     */
    public static HealthExpression parse(String text) throws ExpressionException {
        return new HealthExpression(text.isEmpty() ? Optional.empty() : Optional.of(Expression.parse(text)));
    }

    /**
     * Whether the response passes.
     *
     * @throws EvaluationException if the condition cannot be decided, which is no pass
     */
    boolean passes(Reply reply) throws EvaluationException {
        if (condition.isEmpty()) {
            return reply.status() >= 200 && reply.status() <= 399;
        }
        return condition.get().test(new ReplyVariables(reply));
    }

    /** The condition as text, for the log. */
    @Override
    public String toString() {
        return condition.map(Expression::toString).orElse("status 200 to 399");
    }
}
