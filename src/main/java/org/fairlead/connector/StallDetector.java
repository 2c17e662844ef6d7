package org.fairlead.connector;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Detector of slow members: where requests wait for threads, it distinguishes slow members from overload, that is
 * whether more threads would help. They would where processors are to spare. The system reports the load of the last
 * tenth of a second, which may not include a new overload; until it does, the threads' throughput decides. Used by one
 * thread, but for {@link #isBrisk}.
 */
final class StallDetector {
    /** Longer than the tasks of threads that only wait for a processor, shorter than a user notices. */
    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Share of the machine's processors in use that leaves none to spare. */
    private static final double SATURATED = 0.7;

    /** The system counts in hundredths of a second, so a sample of less than ten of them is inaccurate. */
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A thread that has done so many requests in that time is not waiting for a slow member. */
    private static final int MIN_TASKS_PER_TICK = 10;

    /** Maximum processor time of a request where no request waits for anything else. */
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
    /** Whether a request has waited at each poll since the last sample, and all the time before it. */
    private boolean crowded;

    private boolean crowdedBefore;

    /**
     * @param load how much of the machine's processors is in use, from 0 to 1; negative if unknown
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

    /**
     * Samples the counters; to be called every {@link #STALL_NANOS}, and after a rest.
     *
     * @param waits whether any request waits for a thread
     */
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

    /** Whether a slow member is the cause, if a request has waited so long. */
    boolean isSeenIn(long waitedNanos) {
        return isLong(waitedNanos) || waitedNanos > MAX_WAIT_NANOS && !quick;
    }

    /** Whether slow members hold the threads, if no thread has polled for requests for so long. */
    boolean isSeenAround(long unlookedNanos) {
        return isLong(unlookedNanos) || unlookedNanos > MAX_WAIT_NANOS;
    }

    /** Whether the threads' last throughput was that of threads which only wait for a processor. Any thread. */
    boolean isBrisk() {
        return brisk;
    }

    private boolean isLong(long nanos) {
        return nanos > STALL_NANOS && !saturated && (crowdedBefore || !brisk);
    }
}
