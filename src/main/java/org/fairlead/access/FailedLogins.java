package org.fairlead.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Failed logins by user name and client address. After {@value #FREE_FAILURES} consecutive failures further attempts
 * are delayed, each twice as long as the one before, up to {@link #MAX_DELAY}. A success, or {@link #MEMORY} without a
 * failure, clears them. Thread-safe.
 */
final class FailedLogins {
    static final int FREE_FAILURES = 5;
    static final Duration MAX_DELAY = Duration.ofMinutes(1);
    static final Duration MEMORY = Duration.ofMinutes(10);
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_DOUBLINGS = 6;

    private final LongSupplier nanoTime;
    private final Map<Key, Failures> failures = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Failures> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    FailedLogins(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The user name and client address of a failed login. */
    record Key(String user, String address) {}

    private record Failures(int count, long last) {
        Duration delay() {
            int doublings = Math.min(count - FREE_FAILURES, MAX_DOUBLINGS);
            Duration delay = doublings < 0 ? Duration.ZERO : Duration.ofSeconds(1L << doublings);
            return delay.compareTo(MAX_DELAY) < 0 ? delay : MAX_DELAY;
        }
    }

    /** The delay before the next attempt; empty = it may be made now. */
    synchronized Optional<Duration> delay(Key key) {
        Failures known = failures.get(key);
        if (known == null) {
            return Optional.empty();
        }
        long age = nanoTime.getAsLong() - known.last;
        long left = known.delay().toNanos() - age;
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    synchronized void failed(Key key) {
        long now = nanoTime.getAsLong();
        // Removed first, so that the order is that of the last failures.
        Failures known = failures.remove(key);
        boolean forgotten = known == null || now - known.last > MEMORY.toNanos();
        failures.put(key, new Failures(forgotten ? 1 : known.count + 1, now));
    }

    synchronized void succeeded(Key key) {
        failures.remove(key);
    }
}
