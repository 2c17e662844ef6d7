package org.fairlead.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.balancer.SessionCensus;
import org.fairlead.operations.DrainOrder;
import org.fairlead.operations.DrainSnapshot;
import org.fairlead.operations.DrainSnapshot.State;
import org.fairlead.operations.ServerSnapshot.MemberKey;

/**
 * The drain of one member: its remaining sessions, their trend, and its end. {@link #look} is called by one thread at a
 * time, all other methods by any.
 */
final class DrainJob {
    private final MemberKey member;
    private final DrainOrder order;
    private final OrderOrigin origin;
    private final boolean sticky;
    private final SessionCensus census;
    private final long start;
    private final DrainTrend trend = new DrainTrend();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile DrainSnapshot seen;

    /**
     * @param sticky whether the balancer has sessions, so that a member is drained only when none was seen for their
     *     idle time
     * @param start nanoseconds as {@link System#nanoTime()}
     */
    DrainJob(MemberKey member, DrainOrder order, OrderOrigin origin, boolean sticky, long start) {
        this.member = member;
        this.order = order;
        this.origin = origin;
        this.sticky = sticky;
        this.census = new SessionCensus(order.idle());
        this.start = start;
        this.seen = snapshot(State.RUNNING, 0, 0, Optional.empty(), Optional.empty());
    }

    MemberKey member() {
        return member;
    }

    DrainOrder order() {
        return order;
    }

    OrderOrigin origin() {
        return origin;
    }

    SessionCensus census() {
        return census;
    }

    DrainSnapshot snapshot() {
        return seen;
    }

    boolean isOver() {
        return seen.state() != State.RUNNING;
    }

    /**
     * Samples the member.
     *
     * @param busy requests and tunnels at it
     * @param now by the clock of {@code start}
     * @param time the same moment
     * @return the state of the drain; a caller that gets a state other than {@code RUNNING} calls {@link #end}
     */
    State look(int busy, long now, Instant time) {
        long sessions = census.count(now);
        trend.add(now, sticky ? sessions : busy);
        OptionalLong left = trend.untilZero();
        // Sessions that were never seen may still be there until the idle time is over.
        boolean settled = !sticky || now - start >= order.idle().toNanos();
        State state = State.RUNNING;
        if (busy == 0 && sessions == 0 && settled) {
            state = State.DRAINED;
        } else if (order.until().isPresent() && !time.isBefore(order.until().get())) {
            state = State.EXPIRED;
        }
        long born = census.lastNew();
        seen = snapshot(
                State.RUNNING,
                busy,
                sessions,
                born == Long.MIN_VALUE ? Optional.empty() : Optional.of(time.minusNanos(now - born)),
                left.isEmpty() ? Optional.empty() : Optional.of(time.plusNanos(left.getAsLong())));
        return state;
    }

    private DrainSnapshot snapshot(
            State state, int busy, long sessions, Optional<Instant> lastNew, Optional<Instant> expectedEnd) {
        return new DrainSnapshot(
                member.balancer(),
                member.member(),
                order,
                origin,
                state,
                busy,
                sessions,
                census.isExact(),
                lastNew,
                trend.perMinute(),
                expectedEnd);
    }

    /** Marks the drain as ended, and wakes the threads that wait for it. */
    void end(State state) {
        DrainSnapshot last = seen;
        seen = new DrainSnapshot(
                last.balancer(),
                last.member(),
                last.order(),
                last.origin(),
                state,
                last.busy(),
                last.sessions(),
                last.exact(),
                last.lastNew(),
                last.perMinute(),
                Optional.empty());
        over.countDown();
    }

    /** Waits until it is over, or the time is. @return whether it is over */
    boolean awaitEnd(Duration time) throws InterruptedException {
        return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
