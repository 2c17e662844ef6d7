package org.fairlead.health;

/**
 * A counter of a member's probes: enough consecutive passes bring it back ({@code hcpasses}), enough consecutive
 * failures take it out ({@code hcfails}). httpd's manual says "back-to-back", and so it is here; httpd's code counts
 * all of them.
 *
 * <p>Passes count only while the member is out, so that one which fails in service has to pass anew. Failures count
 * always: a member that a request put in error and whose probes fail too is not tried again when its retry time is
 * over.
 *
 * <p>Not thread-safe: one probe of a member runs at a time.
 */
final class HealthCounter {
    /** The consequence of a probe. */
    enum Verdict {
        NOTHING,
        BRING_BACK,
        TAKE_OUT
    }

    private final int passesNeeded;
    private final int failuresAllowed;
    private int passes;
    private int failures;

    /**
     * @param passesNeeded 1 or more
     * @param failuresAllowed 1 or more
     */
    HealthCounter(int passesNeeded, int failuresAllowed) {
        this.passesNeeded = passesNeeded;
        this.failuresAllowed = failuresAllowed;
    }

    /** @param out whether the member is in error or failed its probes by now */
    Verdict count(boolean passed, boolean out) {
        if (passed) {
            failures = 0;
            passes = out ? passes + 1 : 0;
            if (passes < passesNeeded) {
                return Verdict.NOTHING;
            }
            passes = 0;
            return Verdict.BRING_BACK;
        }
        passes = 0;
        failures = Math.min(failures + 1, failuresAllowed);
        return failures < failuresAllowed ? Verdict.NOTHING : Verdict.TAKE_OUT;
    }

    /** Resets the counts: a time without probes interrupted them. */
    void reset() {
        passes = 0;
        failures = 0;
    }
}
