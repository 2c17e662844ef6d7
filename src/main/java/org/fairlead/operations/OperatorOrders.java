package org.fairlead.operations;

import org.fairlead.balancer.OrderOrigin;

/**
 * Port: orders that change the running proxy, one at a time. Each is atomic and in force when the call returns. It
 * survives a reload unless the configuration of the same parameter has changed. What an order would do to new requests
 * says {@link OrderImpact} before; here an order is carried out whatever it does. Thread-safe.
 */
public interface OperatorOrders {
    /**
     * Changes what is wanted of a member.
     *
     * @param member {@link org.fairlead.balancer.MemberSnapshot#id} or name; a name that {@code resolve=} made several
     *     members of means all of them
     */
    void member(String balancer, String member, MemberChange change, OrderOrigin by) throws OrderException;

    /**
     * Drains a member: sets its flag N, and follows what is left of it. An order that sets N by {@link #member} is the
     * same with {@link DrainOrder#DEFAULT}.
     */
    void drain(String balancer, String member, DrainOrder order, OrderOrigin by) throws OrderException;

    /** Changes a balancer's parameters. */
    void balancer(String balancer, BalancerChange change, OrderOrigin by) throws OrderException;

    /**
     * Adds a member, which starts disabled, as in httpd's manager.
     *
     * @param url scheme, host, port and path as {@code BalancerMember} takes them
     * @return the member's name
     * @throws OrderException {@code CONFLICT} if {@code growth} is used up or the member is there
     */
    String add(String balancer, String url, OrderOrigin by) throws OrderException;

    /** Removes a member that {@link #add} has added; its running requests end in peace. */
    void remove(String balancer, String member, OrderOrigin by) throws OrderException;
}
