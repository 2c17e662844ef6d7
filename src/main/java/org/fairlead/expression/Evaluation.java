package org.fairlead.expression;

import java.util.Optional;

/** One evaluation of an expression: its variables, and the captures of its matches so far. Used by one thread. */
final class Evaluation {
    private final Variables variables;
    private final Steps steps;
    private Captures captures;

    Evaluation(Variables variables, Captures captures) {
        this(variables, captures, new Steps(Integer.MAX_VALUE));
    }

    Evaluation(Variables variables, Captures captures, Steps steps) {
        this.variables = variables;
        this.captures = captures;
        this.steps = steps;
    }

    Variables variables() {
        return variables;
    }

    Captures captures() {
        return captures;
    }

    /** Matches, and keeps the groups where the pattern has any: one without leaves {@code $1} alone (httpd). */
    boolean matches(Regex regex, String text) throws EvaluationException {
        Optional<Captures> found = regex.find(text, steps);
        if (regex.groups() == 0) {
            return found.isPresent();
        }
        captures = found.orElse(Captures.NONE);
        return found.isPresent();
    }
}
