package org.fairlead.engine;

/** The result of the question whether another attempt follows a failed one. */
enum RetryVerdict {
    /** It follows. */
    RETRIED("another member is tried"),
    /** {@link RetryPolicy} forbids it. */
    NOT_REPEATABLE(""),
    /** The one repetition that is allowed after a member may have acted was made. */
    REPEATED_ONCE("a request that a member may have acted on is repeated once only"),
    /** {@code maxattempts}. */
    ATTEMPTS_USED("maxattempts allows no further member"),
    /** {@code retrybudget}. */
    BUDGET_USED("retrybudget has no second attempt left");

    private final String words;

    RetryVerdict(String words) {
        this.words = words;
    }

    /** In words; empty where {@link RetryPolicy#whyNone} says it. */
    String words() {
        return words;
    }
}
