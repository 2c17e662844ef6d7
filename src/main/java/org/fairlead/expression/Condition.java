package org.fairlead.expression;

/** A part of an expression that is true or false. Immutable. */
interface Condition {
    boolean test(Evaluation evaluation) throws EvaluationException;
}
