package org.fairlead.exchange;

import java.io.IOException;

/** A response head that the container refuses, before any part of the response was sent. */
public final class HeadRefusedException extends IOException {
    /**
     * @param bytes the approximate length of the head
     * @param setting the container's setting that limits it, for the operator
     */
    public HeadRefusedException(long bytes, String setting) {
        super("a head of " + bytes + " bytes is more than this container sends: " + setting);
    }
}
