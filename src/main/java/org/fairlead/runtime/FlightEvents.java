package org.fairlead.runtime;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * The events themselves. They are named {@code org.fairlead.Attempt} and so on. Only {@link FlightRecording} uses this
 * class, as it cannot be loaded in a Java without {@code jdk.jfr}.
 */
final class FlightEvents {
    private static final AttemptEvent ATTEMPT = new AttemptEvent();
    private static final QueueWaitEvent QUEUE_WAIT = new QueueWaitEvent();
    private static final StateChangeEvent STATE_CHANGE = new StateChangeEvent();
    private static final ReloadEvent RELOAD = new ReloadEvent();

    private FlightEvents() {}

    static boolean attempts() {
        return ATTEMPT.isEnabled();
    }

    static boolean queueWaits() {
        return QUEUE_WAIT.isEnabled();
    }

    static boolean stateChanges() {
        return STATE_CHANGE.isEnabled();
    }

    static boolean reloads() {
        return RELOAD.isEnabled();
    }

    /** An attempt at a member, from its beginning to the head of the response or to its failure. */
    @Name("org.fairlead.Attempt")
    @Label("Attempt")
    @Description("An attempt at a member, to the head of its response")
    @Category("Fairlead")
    @StackTrace(false)
    static final class AttemptEvent extends Event {
        @Label("Request")
        String request;

        @Label("Balancer")
        String balancer;

        @Label("Member")
        String member;

        @Label("Status")
        int status;

        @Label("Failure")
        String failure;
    }

    /** A request that waited 20 ms or more for its member. */
    @Name("org.fairlead.QueueWait")
    @Label("Queue Wait")
    @Description("A request has waited for its member")
    @Category("Fairlead")
    @StackTrace(false)
    static final class QueueWaitEvent extends Event {
        @Label("Request")
        String request;

        @Label("Balancer")
        String balancer;

        @Label("Member")
        String member;

        @Label("Waited")
        @Timespan(Timespan.NANOSECONDS)
        long waited;
    }

    /** A change of a member's status. */
    @Name("org.fairlead.StateChange")
    @Label("State Change")
    @Description("The status of a member has changed")
    @Category("Fairlead")
    @StackTrace(false)
    static final class StateChangeEvent extends Event {
        @Label("Balancer")
        String balancer;

        @Label("Member")
        String member;

        @Label("Status")
        String status;

        @Label("Cause")
        String cause;
    }

    /** A configuration that is put in force, or cannot run. */
    @Name("org.fairlead.Reload")
    @Label("Reload")
    @Description("A configuration is put in force")
    @Category("Fairlead")
    @StackTrace(false)
    static final class ReloadEvent extends Event {
        @Label("Successful")
        boolean successful;
    }

    static FlightRecording.Attempt begin(String request, String balancer, String member) {
        AttemptEvent event = new AttemptEvent();
        event.request = request;
        event.balancer = balancer;
        event.member = member;
        event.begin();
        return (status, failure) -> {
            event.status = status;
            event.failure = failure;
            event.commit();
        };
    }

    static void queued(String request, String balancer, String member, long nanos) {
        QueueWaitEvent event = new QueueWaitEvent();
        event.request = request;
        event.balancer = balancer;
        event.member = member;
        event.waited = nanos;
        event.commit();
    }

    static void changed(String balancer, String member, String status, String cause) {
        StateChangeEvent event = new StateChangeEvent();
        event.balancer = balancer;
        event.member = member;
        event.status = status;
        event.cause = cause;
        event.commit();
    }

    static void reload(Runnable reload) {
        ReloadEvent event = new ReloadEvent();
        event.begin();
        try {
            reload.run();
            event.successful = true;
        } finally {
            event.commit();
        }
    }
}
