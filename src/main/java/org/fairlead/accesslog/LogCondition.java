package org.fairlead.accesslog;

import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Expression;
import org.fairlead.expression.ExpressionException;
import org.fairlead.model.AccessLogConfig;
import org.fairlead.model.AccessLogConfig.IfExpression;
import org.fairlead.model.AccessLogConfig.IfVariable;

/** Whether a request is logged at all: {@code env=} or {@code expr=}. Immutable. */
interface LogCondition {
    boolean holds(Served served, Completion ending);

    static LogCondition of(AccessLogConfig.LogCondition config) {
        if (config instanceof IfVariable variable) {
            return (served, ending) -> served.environment(variable.name()).isPresent() == variable.set();
        }
        return config instanceof IfExpression expression ? expression(expression.text()) : (served, ending) -> true;
    }

    private static LogCondition expression(String text) {
        Expression expression;
        try {
            expression = Expression.parse(text);
        } catch (ExpressionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return (served, ending) -> {
            try {
                return expression.test(new EndedVariables(served, ending));
            } catch (EvaluationException e) {
                System.getLogger(LogCondition.class.getName())
                        .log(System.Logger.Level.DEBUG, "{0} expr={1}: {2}", served.id(), expression, e.getMessage());
                return false;
            }
        };
    }
}
