package org.fairlead.admin;

/**
 * JMX: a balancer, as {@code org.fairlead:type=Balancer,context="/",name=shop}. Public, as JMX requires it. Orders are
 * those of the API; a refused one is an {@link IllegalStateException} or {@link IllegalArgumentException} that says why.
 */
public interface BalancerMXBean {
    /** Its name; for a lone member its URL. */
    String getName();

    /** {@code lbmethod}. */
    String getMethod();

    /** How many members it has. */
    int getMembers();

    /** How many of them can be chosen. */
    int getUsableMembers();

    /** Requests that wait for a member. */
    int getWaiting();

    /** Requests that were refused because the queue was full. */
    long getRejectedFull();

    /** Requests that were refused because no member was usable. */
    long getRejectedNoMember();

    /** Second attempts that the retry budget forbade. */
    long getRetriesDenied();

    /** How many members may still be added. */
    int getGrowth();

    /** Changes its parameters. @param set as {@code set} of the API ({@code {"lbmethod":"bybusyness"}}) */
    void order(String set, String reason);

    /** Adds a member, which starts disabled; returns its name. */
    String add(String url, String reason);
}
