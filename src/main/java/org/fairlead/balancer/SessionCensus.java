package org.fairlead.balancer;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A counter of distinct sessions seen within a time: exact up to {@link #MAX_EXACT}, above that by HyperLogLog
 * (Flajolet and others, 2007) with a standard error of 1.6 %. It keeps hashes, no session. Thread-safe.
 */
public final class SessionCensus {
    /** The number of sessions that are counted exactly. */
    public static final int MAX_EXACT = 10_000;

    private static final int SLICES = 16;
    private static final int REGISTER_BITS = 12;
    private static final int REGISTERS = 1 << REGISTER_BITS;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final long idleNanos;
    /** When each session was last seen, the longest unseen first. */
    private final Map<Long, Long> lastSeen = new LinkedHashMap<>(16, 0.75f, true);

    private boolean exact = true;
    private byte[][] slices = {};
    private final long[] sliceOf = new long[SLICES];
    private long lastNew = Long.MIN_VALUE;

    /** @param idle how long a session lives that is not seen; more than zero */
    public SessionCensus(Duration idle) {
        this.idleNanos = idle.toNanos();
    }

    /** Records a request of this session. @param now nanoseconds as {@link System#nanoTime()} */
    synchronized void saw(String session, long now) {
        long hash = hash(session);
        if (!exact) {
            note(hash, now);
            return;
        }
        if (lastSeen.put(hash, now) == null) {
            lastNew = now;
            forgetIdle(now);
            if (lastSeen.size() > MAX_EXACT) {
                estimateFromNowOn();
            }
        }
    }

    private void forgetIdle(long now) {
        Iterator<Long> oldest = lastSeen.values().iterator();
        while (oldest.hasNext() && now - oldest.next() > idleNanos) {
            oldest.remove();
        }
    }

    private void estimateFromNowOn() {
        exact = false;
        slices = new byte[SLICES][REGISTERS];
        lastSeen.forEach(this::note);
        lastSeen.clear();
    }

    private void note(long hash, long at) {
        long number = Math.floorDiv(at, Math.max(1, idleNanos / (SLICES - 1)));
        int index = Math.floorMod(number, SLICES);
        if (sliceOf[index] != number) {
            sliceOf[index] = number;
            slices[index] = new byte[REGISTERS];
        }
        int register = (int) (hash >>> Long.SIZE - REGISTER_BITS);
        int rank = Long.numberOfLeadingZeros(hash << REGISTER_BITS | 1L << REGISTER_BITS - 1) + 1;
        slices[index][register] = (byte) Math.max(slices[index][register], rank);
    }

    /** Returns how many sessions were seen within the idle time. */
    public synchronized long count(long now) {
        if (exact) {
            forgetIdle(now);
            return lastSeen.size();
        }
        return estimate(Math.floorDiv(now, Math.max(1, idleNanos / (SLICES - 1))));
    }

    private long estimate(long number) {
        double sum = 0;
        int empty = 0;
        for (int register = 0; register < REGISTERS; register++) {
            int rank = 0;
            for (int i = 0; i < SLICES; i++) {
                if (number - sliceOf[i] < SLICES) {
                    rank = Math.max(rank, slices[i][register]);
                }
            }
            sum += 1.0 / (1L << rank);
            empty += rank == 0 ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        boolean few = raw < 2.5 * REGISTERS && empty > 0;
        return Math.round(few ? REGISTERS * Math.log((double) REGISTERS / empty) : raw);
    }

    /** Whether {@link #count} is exact. */
    public synchronized boolean isExact() {
        return exact;
    }

    /** Returns the time of the last new session, by the clock of {@link #saw}; {@link Long#MIN_VALUE} = never. */
    public synchronized long lastNew() {
        return lastNew;
    }

    /** FNV-1a with a final mix, so that all bits depend on all characters. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
