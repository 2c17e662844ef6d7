package org.fairlead.http;

/** A request that gets an error response before any member is contacted. The reason is for the log, not the client. */
public final class RefusedException extends Exception {
    private final int status;

    /** @param status 400 to 599 */
    public RefusedException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
