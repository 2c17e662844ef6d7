package org.fairlead.expression;

/**
 * An expression that could not be decided for this request: a pattern that would have run away, or text that it cannot
 * look at. It is neither true nor false, and whoever asks must choose the safe side ({@code Require}: refuse).
 */
public final class EvaluationException extends Exception {
    EvaluationException(String message) {
        super(message, null, false, false);
    }
}
