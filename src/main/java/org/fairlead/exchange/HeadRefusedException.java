package org.fairlead.exchange;

import java.io.IOException;

/** A response's head that the container does not take, while nothing of the response was sent. */
public final class HeadRefusedException extends IOException {
    /**
     * @param bytes about as long as the head is
     * @param setting what bounds it there, for the operator
     */
    public HeadRefusedException(long bytes, String setting) {
        super("a head of " + bytes + " bytes is more than this container sends: " + setting);
    }
}
