package org.fairlead.accesslog;

import org.fairlead.counters.FailureKind;

/**
 * The termination state of a request ({@code FAIRLEAD_END}), after HAProxy's: the side that ended it, and the phase in
 * which it did. Two dashes stand for a request that went to its end. Events are reported in their order, by the
 * exchange's thread.
 */
public final class Termination {
    /** A request that went to its end. */
    static final String NORMAL = "--";

    private static final char CLIENT = 'C';
    private static final char MEMBER = 'M';
    /** Fairlead itself, by a rule of the configuration or for want of a member. */
    private static final char FAIRLEAD = 'F';
    /** A limit of the configuration: a time, a size or a number. */
    private static final char LIMIT = 'L';

    private FailureKind failure = FailureKind.NONE;
    private char phase = 'H';

    /** The request is to be forwarded: it waits for a member. */
    public void forwarded() {
        phase = 'Q';
    }

    /** A member was chosen; failures of the attempt before count no more. */
    public void attempted() {
        failure = FailureKind.NONE;
        phase = 'W';
    }

    /** The head of a response is there. */
    public void answered() {
        phase = 'B';
    }

    /** An attempt, or the request as a whole, has failed. */
    public void failed(FailureKind kind) {
        failure = kind;
    }

    /** Fairlead has refused the request. */
    public void refused() {
        failure = FailureKind.DENIED;
        phase = 'H';
    }

    /** Returns the two letters. */
    public String of(Completion ending) {
        FailureKind why = failure == FailureKind.NONE && ending.state() == Completion.State.ABORTED
                ? FailureKind.CLIENT_GONE
                : failure;
        return switch (why) {
            case NONE -> NORMAL;
            case CONNECT, TLS -> letters(MEMBER, 'C');
            case PING -> letters(MEMBER, 'S');
            case BROKEN, BAD_ANSWER -> letters(MEMBER, phase == 'B' ? 'B' : 'W');
            case TIMEOUT -> letters(LIMIT, 'W');
            case CUT -> letters(MEMBER, 'B');
            case CLIENT_BODY -> letters(isLimit(ending.status()) ? LIMIT : CLIENT, 'S');
            case CLIENT_GONE -> letters(CLIENT, phase);
            case NO_MEMBER -> letters(FAIRLEAD, 'Q');
            case QUEUE_FULL -> letters(LIMIT, 'Q');
            case DENIED -> letters(isLimit(ending.status()) ? LIMIT : FAIRLEAD, 'H');
        };
    }

    /** Returns the two letters of a request that never became an exchange. */
    public static String ofRejected(int status) {
        return letters(isLimit(status) ? LIMIT : status >= 500 ? FAIRLEAD : CLIENT, 'H');
    }

    /** Whether the status says that something was too long, too large or too many (RFC 9110, RFC 6585). */
    private static boolean isLimit(int status) {
        return status == 408 || status == 413 || status == 414 || status == 429 || status == 431;
    }

    private static String letters(char side, char phase) {
        return String.valueOf(new char[] {side, phase});
    }
}
