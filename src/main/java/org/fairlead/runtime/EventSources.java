package org.fairlead.runtime;

import java.util.List;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.StatusListener;
import org.fairlead.operations.EventLog;
import org.fairlead.operations.EventLog.Kind;

/** Puts what happens to the running proxy into its event log, and into a flight recording. Thread-safe. */
final class EventSources implements StatusListener {
    private static final String CONFIGURATION = "configuration";

    private final EventLog log = new EventLog();

    EventLog log() {
        return log;
    }

    @Override
    public void changed(String balancer, Member member, String cause) {
        String status = member.status().words();
        log.add(Kind.MEMBER, object(balancer, member.id()), status + " (" + cause + ")");
        FlightRecording.stateChanged(balancer, member.id(), status, cause);
    }

    /** The name of a member, or of a balancer where {@code member} is empty, in events. */
    static String object(String balancer, String member) {
        return "balancer://" + balancer + (member.isEmpty() ? "" : " " + member);
    }

    void inForce() {
        log.add(Kind.RELOAD, CONFIGURATION, "in force");
    }

    /** @param problems why a configuration was refused; at least one */
    void refused(List<String> problems) {
        String more = problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "";
        log.add(Kind.RELOAD, CONFIGURATION, "refused: " + problems.get(0) + more);
    }
}
