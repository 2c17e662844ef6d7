package org.fairlead.access;

import java.util.ArrayList;
import java.util.List;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Expression;
import org.fairlead.expression.ExpressionException;
import org.fairlead.http.RefusedException;
import org.fairlead.model.TlsAccess;

/** The prepared lines of {@code SSLRequire}: all must hold for a request over TLS (mod_ssl). Thread-safe. */
final class TlsConditions {
    private final List<TlsAccess.Condition> lines;
    private final List<Expression> expressions;

    TlsConditions(List<TlsAccess.Condition> lines) throws ExpressionException {
        this.lines = lines;
        List<Expression> parsed = new ArrayList<>();
        for (TlsAccess.Condition line : lines) {
            parsed.add(Expression.parseSslRequire(line.expression()));
        }
        this.expressions = List.copyOf(parsed);
    }

    /**
     * Checks a request that came over TLS.
     *
     * @throws RefusedException 403 if a condition does not hold
     * @throws EvaluationException if one cannot be decided; the client is refused then
     */
    void check(Client client) throws RefusedException, EvaluationException {
        for (int i = 0; i < lines.size(); i++) {
            boolean holds = expressions.get(i).test(client.variables());
            if (client.trace().isOn()) {
                client.trace()
                        .say(
                                lines.get(i).source(),
                                "SSLRequire " + lines.get(i).expression() + (holds ? ": holds" : ": does not hold"));
            }
            if (!holds) {
                throw new RefusedException(403, "SSLRequire keeps the client out");
            }
        }
    }
}
