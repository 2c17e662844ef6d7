package org.fairlead.balancer;

/**
 * A request's hold on a member: the member counts as busy until it is closed. Used by one thread at a time (a tunnel's
 * last thread may close it); closing twice does nothing.
 */
public interface Lease extends AutoCloseable {
    Member member();

    /** Whether the session's own member was not chosen (or there was no session): BALANCER_ROUTE_CHANGED. */
    boolean routeChanged();

    /** The member responded with this status after so many nanoseconds; to be called once the response was relayed. */
    void answered(int status, long latencyNanos);

    /**
     * The member could not be reached or broke off before its response: it is put in error (unless its flag I forbids).
     */
    void failed();

    /**
     * The member was silent for its whole timeout. It is put in error if {@code failontimeout} says so, or if it sent
     * no other response in that time either (a standalone member stays as it is).
     */
    void timedOut();

    /** A bad response (502): a consecutive failure that counts for ejection, but no reason to call the member dead. */
    void badResponse();

    /** Bytes of bodies sent to the member and received from it; adds to its counters. */
    void transferred(long to, long from);

    @Override
    void close();
}
