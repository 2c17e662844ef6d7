package org.fairlead.counters;

/** Responses by class of their status (RFC 9110 15). */
public record ResponseCounts(long informational, long success, long redirection, long clientError, long serverError) {
    /** No response. */
    public static final ResponseCounts NONE = new ResponseCounts(0, 0, 0, 0, 0);

    /** Returns all of them together. */
    public long total() {
        return informational + success + redirection + clientError + serverError;
    }

    /** Returns these and {@code count} more of one status; a status outside 100 to 599 counts nowhere. */
    public ResponseCounts plus(int status, long count) {
        return switch (status / 100) {
            case 1 -> new ResponseCounts(informational + count, success, redirection, clientError, serverError);
            case 2 -> new ResponseCounts(informational, success + count, redirection, clientError, serverError);
            case 3 -> new ResponseCounts(informational, success, redirection + count, clientError, serverError);
            case 4 -> new ResponseCounts(informational, success, redirection, clientError + count, serverError);
            case 5 -> new ResponseCounts(informational, success, redirection, clientError, serverError + count);
            default -> this;
        };
    }

    /** Returns both together. */
    public ResponseCounts plus(ResponseCounts other) {
        return new ResponseCounts(
                informational + other.informational,
                success + other.success,
                redirection + other.redirection,
                clientError + other.clientError,
                serverError + other.serverError);
    }
}
