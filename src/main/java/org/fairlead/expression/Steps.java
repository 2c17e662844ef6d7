package org.fairlead.expression;

/**
 * How much work one request may still cause: whoever evaluates many patterns for it, mod_rewrite's rules for one, hands
 * the same count to each. Used by one thread.
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
