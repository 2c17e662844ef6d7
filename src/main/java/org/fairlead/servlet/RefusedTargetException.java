package org.fairlead.servlet;

import org.fairlead.http.RefusedException;

/** A request that must not go to its target, thrown through hooks that declare no exception. */
final class RefusedTargetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedTargetException(RefusedException cause) {
        super(cause.getMessage(), cause);
        this.status = cause.status();
    }

    /** Status for the client. */
    int status() {
        return status;
    }
}
