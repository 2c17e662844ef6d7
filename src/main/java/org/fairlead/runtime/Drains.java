package org.fairlead.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.DrainOrder;
import org.fairlead.operations.DrainSnapshot;
import org.fairlead.operations.DrainSnapshot.State;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.OperatorOrders;
import org.fairlead.operations.OrderException;
import org.fairlead.operations.ServerSnapshot.MemberKey;

/**
 * The running and the finished drains, the last of each member. Owns the daemon thread {@code fairlead-drains}, which
 * samples twice a second while a drain runs. Thread-safe.
 */
final class Drains implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.fairlead.admin");
    private static final int MILLIS_BETWEEN_LOOKS = 500;

    private final Map<MemberKey, DrainJob> jobs = new ConcurrentHashMap<>();
    private final Function<String, Optional<Balancer>> balancers;
    private final OperatorOrders orders;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.called("fairlead-drains"));
    private boolean looking;

    Drains(Function<String, Optional<Balancer>> balancers, OperatorOrders orders) {
        this.balancers = balancers;
        this.orders = orders;
    }

    /** Starts to track the drain of a member; a running drain of it is superseded. */
    synchronized void begin(Balancer balancer, Member member, DrainOrder order, OrderOrigin by) {
        MemberKey key = new MemberKey(balancer.config().name(), member.id());
        DrainJob job = new DrainJob(key, order, by, balancer.config().sticky().isPresent(), System.nanoTime());
        Optional.ofNullable(jobs.put(key, job)).filter(old -> !old.isOver()).ifPresent(old -> {
            balancer.sessions().forget(old.census());
            old.end(State.CANCELLED);
        });
        balancer.sessions().watch(member, job.census());
        if (!looking) {
            looking = true;
            thread.schedule(this::lookAtAll, 0, TimeUnit.MILLISECONDS);
        }
    }

    private void lookAtAll() {
        try {
            jobs.values().stream().filter(job -> !job.isOver()).forEach(this::look);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a drain could not be looked at", e);
        }
        synchronized (this) {
            looking = jobs.values().stream().anyMatch(job -> !job.isOver());
            if (looking && !thread.isShutdown()) {
                thread.schedule(this::lookAtAll, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void look(DrainJob job) {
        Optional<Balancer> balancer = balancers.apply(job.member().balancer());
        Optional<Member> member = balancer.stream()
                .flatMap(of -> of.members().stream())
                .filter(one -> one.id().equals(job.member().member()))
                .findFirst();
        State state;
        if (member.isEmpty()) {
            state = State.REMOVED;
        } else if (!member.get().orders().flags().contains(StatusFlag.DRAIN)) {
            state = State.CANCELLED;
        } else {
            state = job.look(member.get().busy(), System.nanoTime(), Instant.now());
        }
        if (state != State.RUNNING) {
            balancer.ifPresent(of -> of.sessions().forget(job.census()));
            follow(job, state);
            job.end(state);
        }
    }

    private void follow(DrainJob job, State state) {
        MemberKey key = job.member();
        LOG.log(System.Logger.Level.INFO, "balancer {0}: member {1} is {2}", key.balancer(), key.member(), state);
        if (state != State.DRAINED && state != State.EXPIRED || job.order().then() == DrainOrder.Then.NOTHING) {
            return;
        }
        StatusFlag flag = job.order().then() == DrainOrder.Then.STOP ? StatusFlag.STOPPED : StatusFlag.DISABLED;
        try {
            orders.member(key.balancer(), key.member(), MemberChange.flag(flag, true), job.origin());
        } catch (OrderException e) {
            LOG.log(System.Logger.Level.WARNING, "balancer {0}: {1}", key.balancer(), e.getMessage());
        }
    }

    /** Waits until a member's drain is over. @return empty on timeout, or if there is none */
    Optional<DrainSnapshot> await(MemberKey member, Duration time) throws InterruptedException {
        DrainJob job = jobs.get(member);
        return job != null && job.awaitEnd(time) ? Optional.of(job.snapshot()) : Optional.empty();
    }

    /** Returns the drains that run, and the last one of each member that is still known. */
    List<DrainSnapshot> snapshot() {
        return jobs.values().stream().map(DrainJob::snapshot).toList();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        jobs.values().stream().filter(job -> !job.isOver()).forEach(job -> job.end(State.CANCELLED));
    }
}
