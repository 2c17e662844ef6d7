package org.fairlead.boot;

import java.util.concurrent.atomic.AtomicLong;

/** {@code MaxConnectionsPerChild}: tells once when so many connections were accepted. Thread-safe. */
final class ConnectionCount {
    private final long limit;
    private final Runnable reached;
    private final AtomicLong count = new AtomicLong();

    /** @param limit 0 = never */
    ConnectionCount(long limit, Runnable reached) {
        this.limit = limit;
        this.reached = reached;
    }

    void accepted() {
        if (count.incrementAndGet() == limit) {
            reached.run();
        }
    }
}
