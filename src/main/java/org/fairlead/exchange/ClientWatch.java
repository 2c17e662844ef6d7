package org.fairlead.exchange;

/** A watch for the client's disconnect while its request waits for a member; closing it ends the watch. */
public interface ClientWatch extends AutoCloseable {
    /** No watch, where the container does not report when a client disconnects. */
    ClientWatch NONE = () -> {};

    /** Ends the watch. When this returns, the callback does not run any more. */
    @Override
    void close();
}
