package org.fairlead.expression;

import java.util.Optional;

/** One run of an expression: what it looks at, and what its matches have taken so far. Used by one thread. */
final class Evaluation {
    private final Variables variables;
    private Captures captures;

    Evaluation(Variables variables, Captures captures) {
        this.variables = variables;
        this.captures = captures;
    }

    Variables variables() {
        return variables;
    }

    Captures captures() {
        return captures;
    }

    /** Matches, and keeps the groups where the pattern has any: one without leaves {@code $1} alone (httpd). */
    boolean matches(Regex regex, String text) throws EvaluationException {
        if (regex.groups() == 0) {
            return regex.test(text);
        }
        Optional<Captures> found = regex.find(text);
        captures = found.orElse(Captures.NONE);
        return found.isPresent();
    }
}
