package org.fairlead.counters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Durations of requests by method, status and failure. Thread-safe; a series is made when its first request ends, and
 * from then on recording allocates nothing.
 *
 * <p>Methods that OpenTelemetry does not know count as {@code _OTHER}, and after {@link #MAX_SERIES} series whatever is
 * new counts as {@code _OTHER} with the first status of its class: so neither clients nor members can make more.
 */
public final class ResponseSeries {
    /** Series that one of these objects makes before it folds new ones together. */
    static final int MAX_SERIES = 100;

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "_OTHER");
    private static final int OTHER = METHODS.size() - 1;
    private static final int MIN_STATUS = 100;
    private static final int MAX_STATUS = 599;

    private final AtomicReferenceArray<AtomicReferenceArray<LatencyHistogram>> plain =
            new AtomicReferenceArray<>(METHODS.size());
    private final ConcurrentHashMap<Key, LatencyHistogram> failed = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();

    private record Key(int method, int status, FailureKind failure) {}

    /** Counts a request that did not fail. @param status 100 to 599; anything else counts as 0, no status */
    public void record(String method, int status, long nanos) {
        record(method, status, FailureKind.NONE, nanos);
    }

    /** Counts a request. @param status what the client or we got; 0 = none */
    public void record(String method, int status, FailureKind failure, long nanos) {
        int index = index(method);
        if (failure != FailureKind.NONE || status < MIN_STATUS || status > MAX_STATUS) {
            failed(new Key(index, status < MIN_STATUS || status > MAX_STATUS ? 0 : status, failure))
                    .record(nanos);
            return;
        }
        AtomicReferenceArray<LatencyHistogram> statuses = plain.get(index);
        LatencyHistogram known = statuses == null ? null : statuses.get(status - MIN_STATUS);
        (known != null ? known : make(index, status)).record(nanos);
    }

    private LatencyHistogram make(int method, int status) {
        boolean folded = made.get() >= MAX_SERIES;
        int row = folded ? OTHER : method;
        int slot = (folded ? status / 100 * 100 : status) - MIN_STATUS;
        if (plain.get(row) == null) {
            plain.compareAndSet(row, null, new AtomicReferenceArray<>(MAX_STATUS - MIN_STATUS + 1));
        }
        if (plain.get(row).get(slot) == null && plain.get(row).compareAndSet(slot, null, new LatencyHistogram())) {
            made.incrementAndGet();
        }
        return plain.get(row).get(slot);
    }

    private LatencyHistogram failed(Key key) {
        LatencyHistogram known = failed.get(key);
        if (known != null) {
            return known;
        }
        Key kept = made.get() < MAX_SERIES ? key : new Key(OTHER, key.status() / 100 * 100, key.failure());
        return failed.computeIfAbsent(kept, missing -> {
            made.incrementAndGet();
            return new LatencyHistogram();
        });
    }

    private static int index(String method) {
        return switch (method) {
            case "GET" -> 0;
            case "HEAD" -> 1;
            case "POST" -> 2;
            case "PUT" -> 3;
            case "DELETE" -> 4;
            case "CONNECT" -> 5;
            case "OPTIONS" -> 6;
            case "TRACE" -> 7;
            case "PATCH" -> 8;
            default -> OTHER;
        };
    }

    /** Returns every series that has counted anything. */
    public List<ResponseSample> samples() {
        List<ResponseSample> samples = new ArrayList<>();
        for (int method = 0; method < METHODS.size(); method++) {
            AtomicReferenceArray<LatencyHistogram> statuses = plain.get(method);
            for (int slot = 0; statuses != null && slot < statuses.length(); slot++) {
                LatencyHistogram histogram = statuses.get(slot);
                if (histogram != null) {
                    samples.add(new ResponseSample(
                            METHODS.get(method), slot + MIN_STATUS, FailureKind.NONE, histogram.distribution()));
                }
            }
        }
        failed.forEach((key, histogram) -> samples.add(
                new ResponseSample(METHODS.get(key.method()), key.status(), key.failure(), histogram.distribution())));
        return samples;
    }
}
