package org.fairlead.operations;

import java.util.Locale;

/** The phases of a request; its letter is the second one of {@code FAIRLEAD_END}. */
public enum RequestPhase {
    /** Its head is read, or Fairlead decides on it. */
    HEAD,
    /** It waits for a member that may take it. */
    QUEUE,
    /** A connection to a member is made. */
    CONNECT,
    /** Head and body are sent to the member. */
    SEND,
    /** The member has the request, and its response is awaited. */
    WAIT,
    /** The response is relayed, or a handler writes one. */
    BODY;

    /** Returns the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the first letter of the name. */
    public char letter() {
        return name().charAt(0);
    }
}
