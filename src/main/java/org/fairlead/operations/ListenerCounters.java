package org.fairlead.operations;

import java.util.concurrent.atomic.LongAdder;
import org.fairlead.counters.ResponseCounts;

/** Requests that came through the listener on one local port. Thread-safe. */
public final class ListenerCounters {
    private static final int CLASSES = 6;

    private final int port;
    private final LongAdder[] classes = new LongAdder[CLASSES];
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    ListenerCounters(int port) {
        this.port = port;
        for (int i = 0; i < CLASSES; i++) {
            classes[i] = new LongAdder();
        }
    }

    public int port() {
        return port;
    }

    /** Counts a request that ended. @param status 0 = no response */
    public void ended(int status, long sent, long duration) {
        classes[status >= 100 && status < 600 ? status / 100 : 0].increment();
        nanos.add(duration);
        if (sent > 0) {
            bytes.add(sent);
        }
    }

    /** Returns the responses by class. */
    public ResponseCounts responses() {
        return new ResponseCounts(
                classes[1].sum(), classes[2].sum(), classes[3].sum(), classes[4].sum(), classes[5].sum());
    }

    /** Returns how many requests ended, with or without a response. */
    public long requests() {
        return responses().total() + classes[0].sum();
    }

    /** Bytes of response bodies. */
    public long bytes() {
        return bytes.sum();
    }

    /** Nanoseconds that all requests took together. */
    public long nanos() {
        return nanos.sum();
    }
}
