package org.fairlead.counters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Counts failures by kind and keeps the last one's text and time. Thread-safe. */
public final class FailureCounters {
    private static final int KINDS = FailureKind.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(KINDS);
    private final AtomicReferenceArray<Last> last = new AtomicReferenceArray<>(KINDS);

    private record Last(String text, Instant at) {}

    /** Counts one failure. @param text for an operator: no client data, control characters escaped */
    public void record(FailureKind kind, String text) {
        last.set(kind.ordinal(), new Last(text, Instant.now()));
        counts.incrementAndGet(kind.ordinal());
    }

    /** Returns one entry for each kind that happened, in the order of {@link FailureKind}. */
    public List<FailureCount> counts() {
        List<FailureCount> seen = new ArrayList<>();
        for (FailureKind kind : FailureKind.values()) {
            long count = counts.get(kind.ordinal());
            if (count > 0) {
                Last latest = last.get(kind.ordinal());
                seen.add(new FailureCount(kind, count, latest.text(), latest.at()));
            }
        }
        return seen;
    }
}
