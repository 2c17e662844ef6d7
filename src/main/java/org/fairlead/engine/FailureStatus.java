package org.fairlead.engine;

import java.net.SocketTimeoutException;
import org.fairlead.engine.UpstreamException.Kind;

/** The status for a client whose request failed at a member. */
final class FailureStatus {
    private FailureStatus() {}

    /** The status of the failure's kind; 413 or 408 where the client's own body was too large or too slow. */
    static int of(UpstreamException failure) {
        if (failure.kind() != Kind.CLIENT_BODY) {
            return failure.kind().status();
        }
        // Adapters and containers wrap the exceptions that were thrown to them in exceptions of their own.
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof LimitedBody.TooLargeException) {
                return 413;
            }
            if (cause instanceof SocketTimeoutException) {
                return 408;
            }
        }
        return failure.kind().status();
    }
}
