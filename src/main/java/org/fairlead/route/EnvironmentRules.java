package org.fairlead.route;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fairlead.exchange.Environment;
import org.fairlead.exchange.Exchange;
import org.fairlead.expression.Captures;
import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.Expression;
import org.fairlead.expression.Variables;
import org.fairlead.http.Bytes;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.EnvironmentConfig;
import org.fairlead.model.EnvironmentRule;
import org.fairlead.model.EnvironmentRule.Assignment;
import org.fairlead.model.EnvironmentRule.Test;

/**
 * {@code SetEnvIf} and its like over one request (mod_setenvif). Used by the exchange's thread.
 *
 * <p>A pattern that runs out of steps, or an expression that cannot be decided, is neither met nor not met. The
 * response is then 500, since the variable may control access.
 */
public final class EnvironmentRules {
    private final Exchange exchange;
    private final RequestTarget target;
    private final Variables variables;

    /** @param target the path that rules see */
    public EnvironmentRules(Exchange exchange, RequestTarget target, Variables variables) {
        this.exchange = exchange;
        this.target = target;
        this.variables = variables;
    }

    /**
     * Runs the rules in order, each seeing the variables that earlier ones set.
     *
     * @throws RefusedException 500 if one cannot be decided
     */
    public void apply(List<EnvironmentRule> rules) throws RefusedException {
        for (EnvironmentRule rule : rules) {
            try {
                apply(rule);
            } catch (EvaluationException e) {
                throw Undecided.refusal(rule.source(), e);
            }
        }
    }

    /** Sets the variables of {@code SetEnv}, but for those that rules set before: these stay (mod_env). */
    public static void set(EnvironmentConfig config, Environment environment) {
        config.variables().forEach((name, value) -> {
            if (!environment.isSet(name)) {
                environment.set(name, Bytes.of(value));
            }
        });
    }

    private void apply(EnvironmentRule rule) throws EvaluationException {
        if (rule.test() instanceof Test.Attribute attribute) {
            Optional<Captures> found = ExpressionCache.pattern(attribute.pattern(), attribute.ignoreCase())
                    .find(value(attribute));
            if (found.isPresent()) {
                assign(rule, isLiteral(attribute.pattern()) ? Captures.NONE : found.get());
            }
        } else if (rule.test() instanceof Test.Expression expression) {
            Expression.Outcome outcome =
                    ExpressionCache.condition(expression.condition()).evaluate(variables, Captures.NONE);
            if (outcome.holds()) {
                assign(rule, outcome.captures());
            }
        }
    }

    /** @param captures of size 0 where nothing was captured: then a {@code $1} stays as written, as in httpd */
    private void assign(EnvironmentRule rule, Captures captures) {
        Environment environment = exchange.environment();
        for (Assignment assignment : rule.assignments()) {
            if (assignment.unset()) {
                environment.unset(assignment.name());
            } else {
                String value = Bytes.of(assignment.value());
                environment.set(
                        assignment.name(), captures.size() == 0 ? value : References.fill(value, captures::group));
            }
            if (exchange.trace().isOn()) {
                tell(rule, assignment);
            }
        }
    }

    private void tell(EnvironmentRule rule, Assignment assignment) {
        String looksAt = rule.test() instanceof Test.Attribute attribute
                ? attribute.name() + " is like '" + attribute.pattern() + "'"
                : "'" + ((Test.Expression) rule.test()).condition() + "' holds";
        String set = assignment.unset()
                ? "unsets " + assignment.name()
                : "sets " + assignment.name() + "="
                        + exchange.environment().get(assignment.name()).orElse("");
        exchange.trace().say(rule.source(), looksAt + ": " + set);
    }

    private String value(Test.Attribute attribute) throws EvaluationException {
        return switch (attribute.name().toLowerCase(Locale.ROOT)) {
            // Names are never looked up, so that a client's name is its address.
            case "remote_addr", "remote_host" -> exchange.connection().clientAddress();
            case "server_addr" -> exchange.connection().localAddress();
            case "request_method" -> exchange.request().method();
            case "request_protocol" -> exchange.request().protocol();
            case "request_uri" -> target.normalPath();
            default -> fieldOrVariable(attribute);
        };
    }

    private String fieldOrVariable(Test.Attribute attribute) throws EvaluationException {
        Headers headers = exchange.request().headers();
        if (isExpression(attribute.name())) {
            return lastMatching(headers, attribute);
        }
        List<String> lines = headers.all(attribute.name());
        return lines.isEmpty() ? exchange.environment().get(attribute.name()).orElse("") : String.join(", ", lines);
    }

    /** Of several fields whose names match, the last one's value counts (httpd). */
    private static String lastMatching(Headers headers, Test.Attribute attribute) throws EvaluationException {
        String value = "";
        for (int i = 0; i < headers.size(); i++) {
            if (ExpressionCache.pattern(attribute.name(), attribute.ignoreCase())
                    .test(headers.name(i))) {
                value = headers.value(i);
            }
        }
        return value;
    }

    /** Whether an attribute's name is a regular expression for names. */
    public static boolean isExpression(String name) {
        return !name.chars()
                .allMatch(c ->
                        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_');
    }

    /** httpd searches for a pattern without operators as plain text, and then leaves {@code $1} in values alone. */
    private static boolean isLiteral(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            boolean operator = "^.$|()[]*+?{}".indexOf(c) >= 0;
            if (c == '\\') {
                i++;
                if (i < pattern.length() && "^.$|()[]*+?{}\\".indexOf(pattern.charAt(i)) < 0) {
                    return false;
                }
            } else if (operator) {
                return false;
            }
        }
        return true;
    }
}
