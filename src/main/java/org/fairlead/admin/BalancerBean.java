package org.fairlead.admin;

import java.util.Locale;
import java.util.function.Supplier;
import org.fairlead.balancer.BalancerSnapshot;

/** The bean of a balancer. */
record BalancerBean(Supplier<BalancerSnapshot> seen, BeanOrders orders) implements BalancerMXBean {
    @Override
    public String getName() {
        return seen.get().name();
    }

    @Override
    public String getMethod() {
        return seen.get().config().method().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int getMembers() {
        return seen.get().members().size();
    }

    @Override
    public int getUsableMembers() {
        return (int) seen.get().usable();
    }

    @Override
    public int getWaiting() {
        return seen.get().queue().waiting();
    }

    @Override
    public long getRejectedFull() {
        return seen.get().queue().rejectedFull();
    }

    @Override
    public long getRejectedNoMember() {
        return seen.get().queue().rejectedNoMember();
    }

    @Override
    public long getRetriesDenied() {
        return seen.get().retries().denied();
    }

    @Override
    public int getGrowth() {
        return seen.get().config().growth();
    }

    @Override
    public void order(String set, String reason) {
        orders.forget();
        orders.balancer(seen.get(), set, reason);
    }

    @Override
    public String add(String url, String reason) {
        orders.forget();
        orders.add(seen.get(), url, reason);
        return url;
    }
}
