package org.fairlead.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairlead.admin.ApiTargets.Target;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.counters.FailureCount;
import org.fairlead.operations.PoolSnapshot;

/** The bean of a member. */
record MemberBean(Supplier<Target> seen, Supplier<PoolSnapshot> pool, BeanOrders orders) implements MemberMXBean {
    private MemberSnapshot member() {
        return seen.get().member();
    }

    @Override
    public String getBalancer() {
        return seen.get().balancer().name();
    }

    @Override
    public String getId() {
        return member().id();
    }

    @Override
    public String getStatus() {
        return member().status().words();
    }

    @Override
    public boolean isUsable() {
        return member().status().isUsable();
    }

    @Override
    public String getCause() {
        return member().change().cause();
    }

    @Override
    public long getSinceMillis() {
        return member().change().at().toEpochMilli();
    }

    @Override
    public String[] getOrders() {
        return member().orders().flags().stream().map(ApiSet::word).sorted().toArray(String[]::new);
    }

    @Override
    public String getOrderedBy() {
        return member().origin().author();
    }

    @Override
    public double getLoadFactor() {
        return member().orders().loadFactorHundredths() / 100.0;
    }

    @Override
    public int getLbset() {
        return member().orders().lbset();
    }

    @Override
    public String getRoute() {
        return member().orders().route();
    }

    @Override
    public int getBusy() {
        return member().load().busy();
    }

    @Override
    public long getElected() {
        return member().load().elected();
    }

    @Override
    public long getServerErrors() {
        return member().traffic().responses().serverError();
    }

    @Override
    public long getFailures() {
        return member().traffic().failures().stream()
                .mapToLong(FailureCount::count)
                .sum();
    }

    @Override
    public long getBytesSent() {
        return member().load().to();
    }

    @Override
    public long getBytesReceived() {
        return member().load().from();
    }

    @Override
    public double getP50Seconds() {
        return seconds(member().traffic().durations().quantile(0.5));
    }

    @Override
    public double getP99Seconds() {
        return seconds(member().traffic().durations().quantile(0.99));
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(time -> time.toNanos() / 1e9).orElse(0.0);
    }

    @Override
    public int getIdleConnections() {
        return pool.get().idle();
    }

    @Override
    public void drain(String reason) {
        order("{\"draining\":true}", reason, false);
    }

    @Override
    public void enable(String reason) {
        order("{\"draining\":false,\"disabled\":false,\"stopped\":false}", reason, false);
    }

    @Override
    public void disable(String reason) {
        order("{\"disabled\":true}", reason, false);
    }

    @Override
    public void stop(String reason) {
        order("{\"stopped\":true}", reason, false);
    }

    @Override
    public void order(String set, String reason, boolean force) {
        orders.forget();
        orders.member(seen.get().balancer(), member(), set, reason == null ? "" : reason, force);
    }

    @Override
    public void remove(String reason) {
        orders.forget();
        orders.remove(seen.get().balancer(), member(), reason);
    }
}
