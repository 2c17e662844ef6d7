package org.fairlead.counters;

import java.util.concurrent.atomic.LongAdder;

/** Requests that went one way (to a member, along a route): responses, failures, durations, bytes. Thread-safe. */
public final class TrafficCounters {
    private final ResponseSeries series = new ResponseSeries();
    private final FailureCounters failures = new FailureCounters();
    private final LongAdder bytes = new LongAdder();

    /** Counts a request that ended. @param status 0 = no response */
    public void ended(String method, int status, FailureKind failure, long nanos) {
        series.record(method, status, failure, nanos);
    }

    /** Adds bytes of response bodies. */
    public void sent(long count) {
        bytes.add(count);
    }

    /** Counts a failure for the record of reasons. @param text as {@link FailureCounters#record} wants it */
    public void failed(FailureKind kind, String text) {
        failures.record(kind, text);
    }

    /** Returns what was counted so far. Counting goes on, so its parts may be a moment apart. */
    public TrafficSnapshot snapshot() {
        return new TrafficSnapshot(series.samples(), failures.counts(), bytes.sum());
    }
}
