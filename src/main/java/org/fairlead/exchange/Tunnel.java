package org.fairlead.exchange;

import java.io.InputStream;
import java.io.OutputStream;

/** What happens on a connection after 101: bytes both ways until both sides have ended. */
public interface Tunnel {
    /** Starts to carry bytes and returns at once; {@code closed} is run when both directions have ended. */
    void start(InputStream fromClient, OutputStream toClient, Runnable closed);

    /** Ends it from outside: shutdown, or a client connection that died. */
    void close();
}
