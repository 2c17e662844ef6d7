package org.fairlead.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.fairlead.balancer.Balancer;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.model.MemberConfig;

/**
 * DNS discovery of members ({@code resolve=all}, {@code resolve=srv}): resolves the names of a balancer's members again
 * and again and puts the result into the balancer. The last result stays when the name service fails or knows nothing.
 *
 * <p>Lookups run on threads of its own, daemons called {@code fairlead-discovery-…}, never on a request's; a name whose
 * server is silent delays no other, up to {@value #THREADS} of them. Thread-safe.
 */
public final class Discovery implements AutoCloseable {
    private static final int THREADS = 4;
    private final Resolver resolver;
    private final Scheduler scheduler;
    private final Executor workers;
    private final DoubleSupplier random;
    private final Consumer<Balancer> changed;
    private final Runnable closing;
    private final Map<Balancer, List<NameWatch>> watches = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private Discovery(
            Resolver resolver,
            Scheduler scheduler,
            Executor workers,
            DoubleSupplier random,
            Consumer<Balancer> changed,
            Runnable closing) {
        this.resolver = resolver;
        this.scheduler = scheduler;
        this.workers = workers;
        this.random = random;
        this.changed = changed;
        this.closing = closing;
    }

    /**
     * Starts a discovery that follows no balancer yet.
     *
     * @param changed is called on a thread of the discovery when a balancer got other members, so that they are probed
     */
    public static Discovery start(Resolver resolver, Consumer<Balancer> changed) {
        ThreadPoolExecutor pool = DaemonThreads.pool("fairlead-discovery", THREADS);
        return new Discovery(
                resolver,
                new TimerScheduler("fairlead-discovery-timer"),
                pool,
                Math::random,
                changed,
                pool::shutdownNow);
    }

    /** A discovery on a given scheduler, for tests; {@code random} gives 0 (inclusive) to 1. */
    static Discovery on(
            Resolver resolver,
            Scheduler scheduler,
            Executor workers,
            DoubleSupplier random,
            Consumer<Balancer> changed) {
        return new Discovery(resolver, scheduler, workers, random, changed, () -> {});
    }

    /**
     * Follows the names of this balancer's members from now on, the first time at once; does nothing if it is followed
     * already or none of its members has {@code resolve=}.
     */
    public void follow(Balancer balancer) {
        if (!closed) {
            watches.computeIfAbsent(balancer, this::begin);
        }
    }

    private List<NameWatch> begin(Balancer balancer) {
        List<NameWatch> begun = new ArrayList<>();
        for (MemberConfig member : balancer.config().members()) {
            if (member.resolve() != MemberConfig.Resolve.OFF) {
                NameWatch watch = new NameWatch(
                        balancer, member, new Lookup(resolver, member), scheduler, workers, random, changed);
                watch.lookAfter(Duration.ZERO);
                begun.add(watch);
            }
        }
        return begun;
    }

    /**
     * Waits until every name of this balancer was looked up once, with or without success, so that its first request
     * finds its members.
     *
     * @return false if that took longer than {@code limit}
     */
    public boolean awaitFirst(Balancer balancer, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (NameWatch watch : watches.getOrDefault(balancer, List.of())) {
            CountDownLatch first = watch.first();
            if (!first.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Stops following this balancer; its members stay as they are. After this returns, discovery changes none of them.
     */
    public void forget(Balancer balancer) {
        watches.getOrDefault(balancer, List.of()).forEach(NameWatch::end);
        watches.remove(balancer);
    }

    /** Forgets all balancers and ends the threads. Does not wait for a lookup in progress. */
    @Override
    public void close() {
        closed = true;
        watches.keySet().forEach(this::forget);
        scheduler.close();
        closing.run();
    }
}
