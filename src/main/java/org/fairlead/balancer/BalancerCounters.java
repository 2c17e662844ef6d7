package org.fairlead.balancer;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.fairlead.counters.FailureKind;
import org.fairlead.counters.LatencyHistogram;

/** Counters of a balancer's requests before and between attempts. Its generations share one. Thread-safe, lock-free. */
final class BalancerCounters {
    private final LatencyHistogram waits = new LatencyHistogram();
    private final LongAdder rejectedFull = new LongAdder();
    private final LongAdder rejectedNoMember = new LongAdder();
    private final AtomicLongArray retries = new AtomicLongArray(FailureKind.values().length);
    private final LongAdder retriesDenied = new LongAdder();
    private final DrainingSessions sessions = new DrainingSessions();

    DrainingSessions sessions() {
        return sessions;
    }

    void waited(long nanos) {
        waits.record(nanos);
    }

    void rejected(FailureKind reason) {
        (reason == FailureKind.QUEUE_FULL ? rejectedFull : rejectedNoMember).increment();
    }

    /** Counts a second attempt that was wanted. @param allowed by the retry budget */
    void retry(FailureKind cause, boolean allowed) {
        if (allowed) {
            retries.incrementAndGet(cause.ordinal());
        } else {
            retriesDenied.increment();
        }
    }

    QueueSnapshot queue(int waiting) {
        return new QueueSnapshot(waiting, waits.distribution(), rejectedFull.sum(), rejectedNoMember.sum());
    }

    RetrySnapshot retries() {
        Map<FailureKind, Long> made = new EnumMap<>(FailureKind.class);
        for (FailureKind kind : FailureKind.values()) {
            if (retries.get(kind.ordinal()) > 0) {
                made.put(kind, retries.get(kind.ordinal()));
            }
        }
        return new RetrySnapshot(made, retriesDenied.sum());
    }
}
