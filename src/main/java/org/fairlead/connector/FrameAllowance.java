package org.fairlead.connector;

import java.util.concurrent.TimeUnit;

/**
 * Token bucket: how many frames of a kind a client may send on one connection. It starts full and refills with time,
 * since connections live long. Used by one thread at a time.
 */
final class FrameAllowance {
    private final int capacity;
    private final long nanosPerFrame;
    private double left;
    private long since;

    /**
     * @param capacity frames at once
     * @param perSecond frames that may follow in each second
     * @param now in {@link System#nanoTime}
     */
    FrameAllowance(int capacity, int perSecond, long now) {
        this.capacity = capacity;
        this.nanosPerFrame = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.left = capacity;
        this.since = now;
    }

    /** Frames that ask for nothing and carry nothing: acknowledgements, and those of unknown types. */
    static FrameAllowance forIdleFrames() {
        return new FrameAllowance(200, 2, System.nanoTime());
    }

    /** WINDOW_UPDATE of a few octets: a client that reads a stream of events sends one for each. */
    static FrameAllowance forWindowUpdates() {
        return new FrameAllowance(10_000, 1000, System.nanoTime());
    }

    /** Takes one token; false if there is none. */
    boolean take(long now) {
        left = Math.min(capacity, left + (double) (now - since) / nanosPerFrame);
        since = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
