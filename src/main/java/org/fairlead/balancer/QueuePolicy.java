package org.fairlead.balancer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.fairlead.counters.FailureKind;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.PoolConfig;

/**
 * The rule for waiting requests. A request waits for a usable member as long as the balancer's {@code timeout} says. It
 * waits for a place under {@code max} as long as {@code acquire} says, if {@code queue} has room. Thread-safe.
 */
final class QueuePolicy {
    /** The queue's limit where {@code acquire} asks for waiting and {@code queue} is not set. */
    static final int DEFAULT_QUEUE = 1024;

    private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);
    /** The longest {@code Retry-After}, since a member may come back earlier than its retry time. */
    private static final long MAX_RETRY_AFTER_SECONDS = 60;

    private final BalancerConfig config;
    private final WaitQueue room;
    private final BalancerCounters counters;
    private final BalancerEnvironment surroundings;
    private volatile boolean closed;

    QueuePolicy(BalancerConfig config, WaitQueue room, BalancerCounters counters, BalancerEnvironment surroundings) {
        this.config = config;
        this.room = room;
        this.counters = counters;
        this.surroundings = surroundings;
    }

    /** Parks until woken or the time is over. */
    static void park(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    /** Whether one more request may wait for these members; with the lock held. */
    boolean admits(Selection.AtCapacity full) {
        long places = full.members().stream().mapToLong(QueuePolicy::queue).sum();
        Optional<Member> pinned = full.own() ? Optional.of(full.members().get(0)) : Optional.empty();
        return room.waitingForPlace(pinned) < places;
    }

    private static int queue(Member member) {
        PoolConfig pool = member.config().pool();
        if (pool.queue() > 0) {
            return pool.queue();
        }
        return pool.acquire().filter(wait -> !wait.isZero()).isPresent() ? DEFAULT_QUEUE : 0;
    }

    /**
     * Adds a waiter to the wait queue; with the lock held.
     *
     * @return whether it was served on the way
     * @throws NoMemberException if it may not wait
     */
    boolean enter(Waiter waiter) throws NoMemberException {
        if (isFullForOwn(waiter) && !mayWait(waiter) && waiter.seatAnywhere()) {
            return true;
        }
        if (!mayWait(waiter)) {
            throw refusal(waiter.last());
        }
        room.enter(waiter);
        // A place that became free before this waiter was in the queue has woken no waiter.
        if (waiter.trySelect()) {
            room.leave(waiter);
            return true;
        }
        return false;
    }

    private boolean mayWait(Waiter waiter) {
        return !closed
                && (waiter.last() instanceof Selection.AtCapacity full ? admits(full) : limit(waiter.last()) > 0);
    }

    /** Whether it waits for its session's member and would rather have another one than none. */
    private boolean isFullForOwn(Waiter waiter) {
        return config.failover() && waiter.last() instanceof Selection.AtCapacity full && full.own();
    }

    /** Waits until it is served. A session that waited in vain for its own member is served by another one. */
    Lease await(Waiter waiter) throws NoMemberException {
        long since = now();
        try {
            return await(waiter, since);
        } finally {
            counters.waited(now() - since);
        }
    }

    private Lease await(Waiter waiter, long since) throws NoMemberException {
        while (true) {
            long nanos = rest(waiter, since);
            // A wake-up that came before we held the lock may be used up by the lock's own sleep; later ones are kept.
            if (waiter.lease().isEmpty() && !closed) {
                surroundings.rest().accept(nanos);
            }
            if (waiter.lease().isPresent()) {
                return waiter.lease().get();
            }
            room.lock();
            try {
                room.serve();
                if (waiter.lease().isPresent()) {
                    return waiter.lease().get();
                }
                if (closed || Thread.currentThread().isInterrupted() || now() - since >= limit(waiter.last())) {
                    room.leave(waiter);
                    if (!closed && isFullForOwn(waiter) && waiter.seatAnywhere()) {
                        return waiter.lease().orElseThrow();
                    }
                    throw refusal(waiter.last());
                }
            } finally {
                room.unlock();
            }
        }
    }

    /** The time to the end of the wait, or to the moment that brings a member back if that is earlier. */
    private long rest(Waiter waiter, long since) {
        room.lock();
        try {
            long now = now();
            long left = limit(waiter.last()) - (now - since);
            if (waiter.last() instanceof Selection.NoneAvailable nobody && nobody.dueAt() != Long.MAX_VALUE) {
                left = Math.min(left, nobody.dueAt() - now);
            }
            return Math.max(left, 1);
        } finally {
            room.unlock();
        }
    }

    /** The time limit in nanoseconds for this reason to wait. */
    private long limit(Selection reason) {
        if (reason instanceof Selection.AtCapacity full) {
            return full.members().stream()
                    .map(member -> member.config().pool())
                    .mapToLong(pool -> pool.acquire().orElse(pool.timeout()).toNanos())
                    .max()
                    .orElse(0);
        }
        return config.timeout().toNanos();
    }

    private NoMemberException refusal(Selection reason) {
        if (reason instanceof Selection.AtCapacity full) {
            counters.rejected(FailureKind.QUEUE_FULL);
            return new NoMemberException(
                    FailureKind.QUEUE_FULL,
                    "balancer " + config.name() + ": " + full.members().size()
                            + " usable member(s) at their max, and no room or time left to wait",
                    Optional.of(MIN_RETRY_AFTER));
        }
        counters.rejected(FailureKind.NO_MEMBER);
        Selection.NoneAvailable nobody = (Selection.NoneAvailable) reason;
        return new NoMemberException(
                FailureKind.NO_MEMBER,
                "balancer " + config.name() + ": " + nobody.reason(),
                nobody.dueAt() == Long.MAX_VALUE ? Optional.empty() : Optional.of(until(nobody.dueAt())));
    }

    private Duration until(long due) {
        long seconds = Math.floorDiv(due - now() + 999_999_999L, 1_000_000_000L);
        return Duration.ofSeconds(Math.max(1, Math.min(MAX_RETRY_AFTER_SECONDS, seconds)));
    }

    private long now() {
        return surroundings.clock().getAsLong();
    }

    void close() {
        closed = true;
        room.lock();
        try {
            room.wakeAll();
        } finally {
            room.unlock();
        }
    }
}
