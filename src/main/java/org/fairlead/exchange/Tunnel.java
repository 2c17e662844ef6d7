package org.fairlead.exchange;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** What happens on a connection after 101: bytes both ways until both sides have ended. */
public interface Tunnel {
    /**
     * Starts to carry bytes and returns at once; {@code closed} is run when both directions have ended.
     *
     * @param toClient closed when the member has ended, and again from time to time until the reading of
     *     {@code fromClient} ends
     */
    void start(InputStream fromClient, OutputStream toClient, Runnable closed);

    /**
     * Ends it in order, for a shutdown: the member is told that nothing more comes, and what it still sends is passed on
     * until it ends too, or until this time is over. Returns at once.
     */
    void finish(Duration longest);

    /** Breaks it off from outside: a shutdown that cannot wait, or a client connection that died. */
    void close();
}
