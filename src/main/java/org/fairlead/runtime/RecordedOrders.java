package org.fairlead.runtime;

import org.fairlead.balancer.OrderOrigin;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.DrainOrder;
import org.fairlead.operations.EventLog;
import org.fairlead.operations.EventLog.Kind;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.OperatorOrders;
import org.fairlead.operations.OrderException;

/** Orders that are put into the event log once they are carried out. */
record RecordedOrders(OperatorOrders orders, EventLog log) implements OperatorOrders {
    private void record(String balancer, String member, String words, OrderOrigin by) {
        log.add(Kind.ORDER, EventSources.object(balancer, member), words, by.author(), by.reason());
    }

    @Override
    public void member(String balancer, String member, MemberChange change, OrderOrigin by) throws OrderException {
        orders.member(balancer, member, change, by);
        record(balancer, member, change.words(), by);
    }

    @Override
    public void drain(String balancer, String member, DrainOrder order, OrderOrigin by) throws OrderException {
        orders.drain(balancer, member, order, by);
        String until = order.until().map(end -> " until " + end).orElse("");
        record(
                balancer,
                member,
                "drain" + until + ", then " + order.then().name().toLowerCase(java.util.Locale.ROOT),
                by);
    }

    @Override
    public void balancer(String balancer, BalancerChange change, OrderOrigin by) throws OrderException {
        orders.balancer(balancer, change, by);
        record(balancer, "", change.words(), by);
    }

    @Override
    public String add(String balancer, String url, OrderOrigin by) throws OrderException {
        String name = orders.add(balancer, url, by);
        record(balancer, name, "added", by);
        return name;
    }

    @Override
    public void remove(String balancer, String member, OrderOrigin by) throws OrderException {
        orders.remove(balancer, member, by);
        record(balancer, member, "removed", by);
    }
}
