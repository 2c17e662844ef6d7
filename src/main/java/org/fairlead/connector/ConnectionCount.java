package org.fairlead.connector;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Counter for {@code MaxConnectionsPerChild}: reports once when so many connections were accepted. Thread-safe. */
final class ConnectionCount {
    private volatile long limit;
    private final Runnable reached;
    private final AtomicLong count = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param limit 0 = never */
    ConnectionCount(long limit, Runnable reached) {
        this.limit = limit;
        this.reached = reached;
    }

    /** Sets the limit; one that is reached already is reported at the next connection. */
    void limit(long next) {
        limit = next;
    }

    void accepted() {
        long now = count.incrementAndGet();
        if (limit > 0 && now >= limit && told.compareAndSet(false, true)) {
            reached.run();
        }
    }
}
