package org.fairlead.exchange;

import java.io.IOException;

/** What is left to do for an exchange whose thread was let go. One of the two is called, once, by one thread. */
public interface Suspension {
    /**
     * Goes on: there is something to hear.
     *
     * @return whether the exchange is over; false = it has paused again
     * @throws IOException if the client is gone, or its answer has to be cut
     */
    boolean resume() throws IOException;

    /** Ends it without an answer, as nobody is there any more to take one. Must not touch the exchange's answer. */
    void cancel();
}
