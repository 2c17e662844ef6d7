package org.fairlead.expression;

/**
 * The step budget of one request: how much matching it may still cause. Code that evaluates many patterns for a
 * request, such as mod_rewrite's rules, passes the same budget to each. Used by one thread.
 */
public final class Steps {
    private int left;

    /** @param left characters that may be looked at, in sum */
    public Steps(int left) {
        this.left = left;
    }

    /** What one look for several patterns may take, as one pattern may. */
    public static Steps ofOneLook() {
        return new Steps(Regex.MAX_STEPS);
    }

    int left() {
        return left;
    }

    /**
     * Counts work.
     *
     * @throws EvaluationException if there was more of it than allowed
     */
    public void spend(int steps) throws EvaluationException {
        left -= Math.min(left, steps);
        if (left == 0) {
            throw new EvaluationException("this request takes too many steps");
        }
    }
}
