package org.fairlead.engine;

import java.util.Set;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.http.RequestHead;

/**
 * The retry policy after a failed attempt. A request that a member may have acted on is never sent twice unless
 * repeating it changes nothing (RFC 9110 9.2.2).
 */
final class RetryPolicy {
    private static final Set<String> IDEMPOTENT =
            Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND", "REPORT", "SEARCH", "QUERY");

    private RetryPolicy() {}

    /** The next step. */
    enum Next {
        /** None: the client gets the error. */
        GIVE_UP,
        /** The pooled connection was stale: the same member once more, on a new connection. */
        SAME_MEMBER,
        /** Another member, as often as {@code maxattempts} says, since this one got nothing. */
        OTHER_MEMBER,
        /** Another member, once, since this one may have got everything. */
        OTHER_MEMBER_ONCE
    }

    static Next after(UpstreamException failure, RequestHead request, boolean hasBody) {
        if (failure.bodyTouched()) {
            return Next.GIVE_UP;
        }
        if (failure.nothingSent()) {
            return Next.OTHER_MEMBER;
        }
        boolean silent = failure.kind() == Kind.BROKEN || failure.kind() == Kind.TIMEOUT;
        if (!silent || hasBody || !IDEMPOTENT.contains(request.method())) {
            return Next.GIVE_UP;
        }
        return failure.kind() == Kind.BROKEN && failure.reusedConnection() ? Next.SAME_MEMBER : Next.OTHER_MEMBER_ONCE;
    }

    /** Why {@link #after} gives up, in words. */
    static String whyNone(UpstreamException failure, RequestHead request, boolean hasBody) {
        if (failure.bodyTouched()) {
            return "bytes of the client's body were read, so the request cannot be repeated";
        } else if (failure.kind() == Kind.BAD_ANSWER || failure.kind() == Kind.CUT) {
            return "the member has acted on the request, so it is not repeated after a bad response";
        } else if (hasBody) {
            return "the member may have acted on the request, and a body is not sent twice";
        }
        return "the member may have acted on the request, and " + request.method()
                + " is not idempotent (RFC 9110 9.2.2)";
    }
}
