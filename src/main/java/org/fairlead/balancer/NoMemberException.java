package org.fairlead.balancer;

import java.time.Duration;
import java.util.Optional;
import org.fairlead.counters.FailureKind;

/** No member may serve this request now: 503 for the client, the reason for the log. */
public final class NoMemberException extends Exception {
    private final Optional<Duration> retryAfter;
    private final FailureKind kind;

    /**
     * @param kind {@link FailureKind#NO_MEMBER} or {@link FailureKind#QUEUE_FULL}
     * @param retryAfter the value of {@code Retry-After}; empty = no such field
     */
    public NoMemberException(FailureKind kind, String reason, Optional<Duration> retryAfter) {
        super(reason, null, false, false);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** Whether members are out of service, or at their {@code max}. */
    public FailureKind kind() {
        return kind;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
