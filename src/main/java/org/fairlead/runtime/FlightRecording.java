package org.fairlead.runtime;

import java.time.Duration;

/**
 * Events for Java's Flight Recorder. Without a recording that asks for them they cost a branch, and in a Java without
 * its module {@code jdk.jfr} nothing at all. Thread-safe.
 */
public final class FlightRecording {
    private static final boolean AVAILABLE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    private static final long MIN_QUEUE_NANOS = Duration.ofMillis(20).toNanos();

    /** The recording of an attempt that no recording asks for. */
    public static final Attempt OFF = (status, failure) -> {};

    private FlightRecording() {}

    /** An attempt that is being recorded. Used by one thread at a time. */
    public interface Attempt {
        /** Ends it. @param status of the member's response; 0 = none; @param failure empty = none */
        void end(int status, String failure);
    }

    /** Begins to record an attempt; {@link #OFF} where no recording asks for it. */
    public static Attempt attempt(String request, String balancer, String member) {
        return AVAILABLE && FlightEvents.attempts() ? FlightEvents.begin(request, balancer, member) : OFF;
    }

    /** Records that a request has waited for its member, if that took 20 ms or more. */
    public static void queued(String request, String balancer, String member, long nanos) {
        if (nanos >= MIN_QUEUE_NANOS && AVAILABLE && FlightEvents.queueWaits()) {
            FlightEvents.queued(request, balancer, member, nanos);
        }
    }

    static void stateChanged(String balancer, String member, String status, String cause) {
        if (AVAILABLE && FlightEvents.stateChanges()) {
            FlightEvents.changed(balancer, member, status, cause);
        }
    }

    /** Runs a reload, and records it. @throws IllegalArgumentException that of the reload */
    static void reload(Runnable reload) {
        if (AVAILABLE && FlightEvents.reloads()) {
            FlightEvents.reload(reload);
        } else {
            reload.run();
        }
    }
}
