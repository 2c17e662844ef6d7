package org.fairlead.exchange;

import java.io.IOException;

/** The continuation of a suspended exchange. Exactly one of the two methods is called, once, by one thread. */
public interface Suspension {
    /**
     * Resumes the exchange: there is an event to handle.
     *
     * @return whether the exchange is over; false = it is suspended again
     * @throws IOException if the client is gone, or its response has to be truncated
     */
    boolean resume() throws IOException;

    /** Cancels the exchange without a response, as the client is gone. Must not touch the exchange's response. */
    void cancel();
}
