package org.fairlead.connector;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Tells slow members from a crowd, where requests wait for threads: whether more threads would help. They would where
 * processors are to spare. The system's word for that is of the last tenth of a second, in which a crowd may not have been
 * there yet; as long as it was not, what the threads get done tells. Used by one thread, but for {@link #isBrisk}.
 */
final class StallDetector {
    /** Longer than the turns of threads that only wait for a processor, shorter than anybody notices. */
    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** How much of the machine's processors in use leaves none to spare. */
    private static final double SATURATED = 0.7;

    /** The system counts in hundredths of a second, so a look at less than ten of them says little. */
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A thread that has done so many requests in that time has none that waits for a slow member. */
    private static final int MIN_TASKS_PER_TICK = 10;

    /** So long a processor has at most for a request where no request waits for anything else. */
    private static final long MAX_SERVICE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final DoubleSupplier load;
    private final LongSupplier done;
    private final int threads;

    private long looked;
    private long doneAtLook;
    private volatile boolean brisk;

    private long sampled;
    private long doneAtSample;
    private boolean quick;
    private boolean saturated;
    /** Whether something has waited at each look since the last sample, and all the time before it. */
    private boolean crowded;

    private boolean crowdedBefore;

    /**
     * @param load how much of the machine's processors is in use, from 0 to 1; negative if nobody knows
     * @param done how many requests the threads have done
     * @param threads how many there are
     */
    StallDetector(DoubleSupplier load, LongSupplier done, int threads, long now) {
        this.load = load;
        this.done = done;
        this.threads = threads;
        looked = now;
        sampled = now;
    }

    /** To be called every {@link #STALL_NANOS}, and after a rest. @param waits whether any request does */
    void look(long now, boolean waits) {
        long doneNow = done.getAsLong();
        if (now - looked >= STALL_NANOS) {
            brisk = doneNow - doneAtLook >= PROCESSORS * (now - looked) / MAX_SERVICE_NANOS;
            doneAtLook = doneNow;
            looked = now;
        }
        crowded &= waits;
        if (now - sampled >= SAMPLE_NANOS) {
            quick = (doneNow - doneAtSample) / threads >= MIN_TASKS_PER_TICK * (now - sampled) / SAMPLE_NANOS;
            saturated = load.getAsDouble() > SATURATED;
            doneAtSample = doneNow;
            sampled = now;
            crowdedBefore = crowded;
            crowded = waits;
        }
    }

    /** Whether members are what a request waits for that has waited so long. */
    boolean isSeenIn(long waitedNanos) {
        return isLong(waitedNanos) || waitedNanos > MAX_WAIT_NANOS && !quick;
    }

    /** Whether members are what the threads wait for, where nobody has looked for requests for so long. */
    boolean isSeenAround(long unlookedNanos) {
        return isLong(unlookedNanos) || unlookedNanos > MAX_WAIT_NANOS;
    }

    /** Whether the threads got done, when it was last looked, what threads do that only wait for a processor. Any thread. */
    boolean isBrisk() {
        return brisk;
    }

    private boolean isLong(long nanos) {
        return nanos > STALL_NANOS && !saturated && (crowdedBefore || !brisk);
    }
}
