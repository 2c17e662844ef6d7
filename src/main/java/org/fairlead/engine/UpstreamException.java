package org.fairlead.engine;

import java.io.IOException;
import org.fairlead.counters.FailureKind;

/** A failed attempt, and what may follow from it. */
public final class UpstreamException extends IOException {
    private final Kind kind;
    private final boolean reusedConnection;
    private final boolean bodyTouched;

    /** The kind of failure. Each names the status that the client gets when no other attempt is possible. */
    public enum Kind {
        /** No connection was made (refused, unreachable, name unknown, timed out): nothing was sent. */
        CONNECT(503, FailureKind.CONNECT),
        /** TLS failed or the certificate was not accepted: nothing of the request was sent. */
        TLS(502, FailureKind.TLS),
        /** The 100 that {@code ping=} waits for did not come: no byte of the body was sent. */
        PING(503, FailureKind.PING),
        /** The connection broke before the first byte of a response. */
        BROKEN(502, FailureKind.BROKEN),
        /** No response in time: the member may have acted. */
        TIMEOUT(504, FailureKind.TIMEOUT),
        /** A bad response: malformed or dangerous (RFC 9112 framing), never relayed. */
        BAD_ANSWER(502, FailureKind.BAD_ANSWER),
        /** The response was cut: it broke off or its framing was wrong after its head. */
        CUT(502, FailureKind.CUT),
        /** The client's own body could not be read: {@code 400}; the fault is the client's alone. */
        CLIENT_BODY(400, FailureKind.CLIENT_BODY);

        private final int status;
        private final FailureKind failure;

        Kind(int status, FailureKind failure) {
            this.status = status;
            this.failure = failure;
        }

        /** The kind of failure that it is counted as. */
        public FailureKind failure() {
            return failure;
        }

        /** The status for the client, RFC 9110 15.6 and the list of decisions in the manual. */
        public int status() {
            return status;
        }
    }

    /**
     * @param reusedConnection the connection came from the pool, so it may just have been stale
     * @param bodyTouched bytes of the client's body were read, so the request cannot be repeated
     */
    public UpstreamException(
            Kind kind, String message, boolean reusedConnection, boolean bodyTouched, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.reusedConnection = reusedConnection;
        this.bodyTouched = bodyTouched;
    }

    public Kind kind() {
        return kind;
    }

    public boolean reusedConnection() {
        return reusedConnection;
    }

    public boolean bodyTouched() {
        return bodyTouched;
    }

    /**
     * Whether no byte of the request can have reached the member's application: any method may go to another member.
     */
    public boolean nothingSent() {
        return kind == Kind.CONNECT || kind == Kind.TLS || (kind == Kind.PING && !bodyTouched);
    }
}
