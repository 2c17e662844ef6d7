package org.fairlead.servlet;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Policy that decides whether a request that waits for its member gives its thread back to the container.
 *
 * <p>An asynchronous dispatch costs more than a short wait, so for quick members the thread waits. Threads are given
 * back while members are slow. That is for a while after a late response, when no response has come for some time
 * although threads wait, and when many threads wait. Thread-safe.
 */
final class SuspensionPolicy {
    /** Threads that may wait for members at once; containers have 200 by default. */
    static final int MAX_WAITING_THREADS = 64;

    /** A response that takes longer comes from a slow member, and so does none in that time. */
    static final long SLOW_NANOS = Duration.ofMillis(10).toNanos();

    /** How long members count as slow after a late response. */
    static final long SLOW_PERIOD_NANOS = Duration.ofSeconds(5).toNanos();

    private final LongSupplier clock;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long heard;
    private volatile long slowUntil;

    /** @param clock monotonic, in nanoseconds */
    SuspensionPolicy(LongSupplier clock) {
        this.clock = clock;
        heard = clock.getAsLong();
        slowUntil = heard;
    }

    /** Whether a request that begins to wait now is to be suspended. */
    boolean suspends() {
        long now = clock.getAsLong();
        int threads = waiting.get();
        return slowUntil - now > 0 || threads >= MAX_WAITING_THREADS || threads > 0 && now - heard > SLOW_NANOS;
    }

    /** To be called where a thread begins to wait. @return when, for {@link #ends} */
    long begins() {
        long now = clock.getAsLong();
        if (waiting.getAndIncrement() == 0) {
            heard = now;
        }
        return now;
    }

    /** To be called once where a thread's wait is over, whatever has come. @param since what {@link #begins} returned */
    void ends(long since) {
        waiting.decrementAndGet();
        responded(since);
    }

    /** To be called when a member has responded, also to a suspended request. @param since when it began to wait */
    void responded(long since) {
        long now = clock.getAsLong();
        heard = now;
        if (now - since > SLOW_NANOS) {
            slowUntil = now + SLOW_PERIOD_NANOS;
        }
    }
}
