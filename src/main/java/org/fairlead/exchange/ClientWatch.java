package org.fairlead.exchange;

/** A client that is looked after while its request waits for a member; closing it ends that. */
public interface ClientWatch extends AutoCloseable {
    /** Where the container does not tell when a client leaves. */
    ClientWatch NONE = () -> {};

    /** Ends the watch. When this returns, what was to be told of the client's end runs no more. */
    @Override
    void close();
}
