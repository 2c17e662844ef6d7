package org.fairlead.upstream;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.exchange.ReadinessNotifier;

/**
 * Closes member connections on which nothing has moved for too long, so that reads and writes themselves need no timer.
 *
 * <p>One daemon thread for all members; it is started with the first connection and rests while there is none. Why a
 * thread: a blocking write has no time limit in Java, a Unix-domain socket has none for reads either, and a timed read
 * costs two more system calls in every exchange. A limit is never cut short; it is overrun by at most
 * {@link #resolution()}. Thread-safe.
 */
final class TimeoutMonitor implements AutoCloseable {
    private static final long FINEST_NANOS = Duration.ofMillis(10).toNanos();
    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long COARSEST_NANOS = Duration.ofMillis(250).toNanos();

    private final Set<Monitored> watched = ConcurrentHashMap.newKeySet();
    private final Set<MemberPool> sweepers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile long tickNanos = COARSEST_NANOS;
    private volatile boolean closed;
    private volatile boolean resting;
    private volatile Thread thread;
    private final ReadinessNotifier readiness;

    TimeoutMonitor(ReadinessNotifier readiness) {
        this.readiness = readiness;
    }

    /** The notifier that signals when there is something to read. */
    ReadinessNotifier readiness() {
        return readiness;
    }

    /** A connection with a time limit. */
    interface Monitored {
        /** Closes it if it is overdue at {@code now} ({@link System#nanoTime()}). Must not block or throw. */
        void expire(long now);
    }

    /** Makes the monitor check often enough for a limit of this length. */
    void notice(Duration limit) {
        long wanted = Math.max(FINEST_NANOS, limit.toNanos() / 10);
        if (wanted < tickNanos) {
            tickNanos = wanted;
        }
    }

    /** The longest time that an overdue connection may stay open. */
    Duration resolution() {
        return Duration.ofNanos(tickNanos);
    }

    void add(Monitored one) {
        watched.add(one);
        if (started.compareAndSet(false, true)) {
            Thread created = DaemonThreads.called("fairlead-member-watch").newThread(this::run);
            thread = created;
            created.start();
        } else if (resting) {
            LockSupport.unpark(thread);
        }
    }

    void remove(Monitored one) {
        watched.remove(one);
    }

    /** Sweeps this pool about once a second for as long as there are connections. */
    void addSweeper(MemberPool sweeper) {
        sweepers.add(sweeper);
    }

    void removeSweeper(MemberPool sweeper) {
        sweepers.remove(sweeper);
    }

    private void run() {
        long lastSweep = System.nanoTime();
        while (!closed || !watched.isEmpty()) {
            if (watched.isEmpty()) {
                rest();
            } else {
                LockSupport.parkNanos(this, tickNanos);
                long now = System.nanoTime();
                watched.forEach(one -> one.expire(now));
                if (now - lastSweep >= SWEEP_NANOS) {
                    lastSweep = now;
                    sweepers.forEach(MemberPool::sweep);
                }
            }
        }
    }

    private void rest() {
        resting = true;
        // Checked again after the flag is set: a thread that adds after this line sees the flag and wakes this one.
        if (watched.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        resting = false;
    }

    /** Ends the thread once the last connection is gone. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
