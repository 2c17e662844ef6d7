package org.fairlead.admin;

/**
 * JMX: a member, as {@code org.fairlead:type=Member,context="/",balancer=shop,name="http://app1:8080"}. Public, as JMX
 * requires it. Orders are those of the API; a refused one is an {@link IllegalStateException} or
 * {@link IllegalArgumentException} that says why.
 */
public interface MemberMXBean {
    /** The balancer's name. */
    String getBalancer();

    /** Its identity within the balancer: its URL and, where {@code resolve=} made it, its address. */
    String getId();

    /** httpd's words ({@code Drn Ok}). */
    String getStatus();

    /** Whether it can be chosen. */
    boolean isUsable();

    /** Why it has this status. */
    String getCause();

    /** Milliseconds since 1970, since when it has this status. */
    long getSinceMillis();

    /** What is ordered of it ({@code draining}, {@code disabled} …). */
    String[] getOrders();

    /** The author of that order: a user's name, or {@code configuration}. */
    String getOrderedBy();

    double getLoadFactor();

    int getLbset();

    String getRoute();

    /** Requests at it. */
    int getBusy();

    /** Times it was chosen. */
    long getElected();

    /** Responses with a status of 500 or more. */
    long getServerErrors();

    /** Attempts that failed. */
    long getFailures();

    /** Bytes of bodies sent to it. */
    long getBytesSent();

    /** Bytes of bodies from it. */
    long getBytesReceived();

    /** Seconds to the head of a response that half of its requests stay below; 0 = none yet. */
    double getP50Seconds();

    /** The same for 99 of 100. */
    double getP99Seconds();

    /** Pooled connections that are idle. */
    int getIdleConnections();

    /** Takes no new sessions. */
    void drain(String reason);

    /** Takes requests again: ends drain, disable and stop. */
    void enable(String reason);

    void disable(String reason);

    void stop(String reason);

    /**
     * Changes it.
     *
     * @param set as {@code set} of the API ({@code {"loadfactor":5}})
     * @param force whether it is done even if no member is left for new requests
     */
    void order(String set, String reason, boolean force);

    /** Removes it, if it was added while running. */
    void remove(String reason);
}
