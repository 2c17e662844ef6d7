package org.fairlead.balancer;

import java.time.Duration;
import java.util.Optional;

/** No member may serve this request now: 503 for the client, the reason for the log. */
public final class NoMemberException extends Exception {
    private final Optional<Duration> retryAfter;

    /** @param retryAfter what {@code Retry-After} shall say; empty = nothing */
    public NoMemberException(String reason, Optional<Duration> retryAfter) {
        super(reason, null, false, false);
        this.retryAfter = retryAfter;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
