package org.fairlead.expression;

/**
 * An expression that could not be evaluated for this request: a pattern that exceeded its step limit, or text that it
 * cannot read. It is neither true nor false, and the caller must choose the safe side ({@code Require}: refuse).
 */
public final class EvaluationException extends Exception {
    EvaluationException(String message) {
        super(message, null, false, false);
    }
}
