package org.fairlead.exchange;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A tunnel on a connection after 101: it copies bytes in both directions until both sides have ended. */
public interface Tunnel {
    /**
     * Starts to copy bytes and returns at once; {@code closed} is run when both directions have ended.
     *
     * @param toClient closed when the member has ended, and again from time to time until the reading of
     *     {@code fromClient} ends
     */
    void start(InputStream fromClient, OutputStream toClient, Runnable closed);

    /**
     * Ends it gracefully, for a shutdown: the member's direction is closed, and bytes that it still sends are forwarded
     * until it ends too, or until this time is over. Returns at once.
     */
    void finish(Duration longest);

    /** Aborts it from outside: on a shutdown that cannot wait, or when the client connection has failed. */
    void close();
}
