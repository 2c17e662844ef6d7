package org.fairlead.health;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.DoubleSupplier;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.expression.ExpressionException;

/**
 * A monitor that probes every watched member at its interval and reports the result to it (mod_proxy_hcheck). Members
 * come and go at any time; a member's first probe comes one interval after it came, and until then it counts as
 * healthy.
 *
 * <p>Each wait is {@code hcinterval} give or take a tenth, so that members which came together are not probed together
 * for long. It begins when the last probe ended: probes of one member never overlap. A probe that hangs holds one
 * thread of the pool and nothing else.
 *
 * <p>Owns its threads, daemons called {@code fairlead-health-…}; thread-safe.
 */
public final class HealthMonitor implements AutoCloseable {
    private final Probe probe;
    private final Scheduler scheduler;
    private final Executor workers;
    private final DoubleSupplier random;
    private final Runnable closing;
    private final Map<Member, MemberProbing> watches = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private HealthMonitor(Probe probe, Scheduler scheduler, Executor workers, DoubleSupplier random, Runnable closing) {
        this.probe = probe;
        this.scheduler = scheduler;
        this.workers = workers;
        this.random = random;
        this.closing = closing;
    }

    /**
     * Starts a monitor that watches no member yet.
     *
     * @param threads {@code ProxyHCTPsize}: probes that may run at once; 0 = one after the other
     */
    public static HealthMonitor start(Probe probe, int threads) {
        Scheduler timer = new TimerScheduler("fairlead-health-timer");
        if (threads == 0) {
            return new HealthMonitor(probe, timer, Runnable::run, Math::random, () -> {});
        }
        ThreadPoolExecutor pool = DaemonThreads.pool("fairlead-health", threads);
        return new HealthMonitor(probe, timer, pool, Math::random, pool::shutdownNow);
    }

    /** A monitor on a given scheduler, for tests; {@code random} gives 0 (inclusive) to 1. */
    static HealthMonitor on(Probe probe, Scheduler scheduler, Executor workers, DoubleSupplier random) {
        return new HealthMonitor(probe, scheduler, workers, random, () -> {});
    }

    /**
     * Probes this member from now on; does nothing if it is watched already or has no probe configured.
     *
     * @throws IllegalArgumentException if its {@code hcexpr} is no expression, which a read configuration never has
     */
    public void watch(Member member) {
        if (member.config().health().isEmpty() || closed) {
            return;
        }
        watches.computeIfAbsent(member, this::begin);
        if (closed) {
            forget(member);
        }
    }

    private MemberProbing begin(Member member) {
        try {
            MemberProbing watch = new MemberProbing(
                    member, member.config().health().orElseThrow(), probe, scheduler, workers, random);
            watch.scheduleNext();
            return watch;
        } catch (ExpressionException e) {
            throw new IllegalArgumentException("hcexpr of " + member.id() + ": " + e.getMessage(), e);
        }
    }

    /** Stops probing this member: after this returns, no probe changes its status, also not one that still runs. */
    public void forget(Member member) {
        MemberProbing watch = watches.remove(member);
        if (watch != null) {
            watch.end();
        }
    }

    /**
     * Watches exactly the members of these balancers: at a start, a reload, and whenever members came or went in one of
     * them. A member that is watched already stays so, with its counts.
     */
    public synchronized void watchAll(Collection<Balancer> balancers) {
        Set<Member> present = new HashSet<>();
        balancers.forEach(balancer -> present.addAll(balancer.members()));
        watches.keySet().stream().filter(member -> !present.contains(member)).forEach(this::forget);
        present.forEach(this::watch);
    }

    /** The number of watched members. */
    public int size() {
        return watches.size();
    }

    /** Forgets all members and ends the threads; running probes are interrupted. Does not wait. */
    @Override
    public void close() {
        closed = true;
        watches.keySet().forEach(this::forget);
        scheduler.close();
        closing.run();
    }
}
