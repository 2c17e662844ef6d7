package org.fairlead.engine;

import java.util.List;
import org.fairlead.balancer.Affinity;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.SelectionPreview;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.http.LogText;

/** The traced side of a forwarding: selections and attempts. Made only where the exchange's trace is on. */
record AttemptTrace(DecisionTrace trace, ExchangeObserver observer, Balancer balancer) {
    /** Says which route was read from the request's session; nothing without a session. */
    void session(Affinity affinity) {
        trace.phase("session");
        affinity.sticky()
                .ifPresent(name -> trace.say(
                        balancer.config().source(),
                        "stickysession: " + name + " says route '"
                                + affinity.route().orElse("") + "'"));
    }

    /** Says which member a selection chooses now, and returns what it sees. */
    SelectionPreview member(Affinity affinity, List<Member> tried) {
        SelectionPreview preview = balancer.preview(affinity, tried);
        trace.phase("member");
        trace.say(balancer.config().source(), preview.said());
        return preview;
    }

    /** Called before a selection; between this and the selection another request may be served. */
    void selecting(Affinity affinity, List<Member> tried) {
        if (tried.isEmpty()) {
            session(affinity);
        }
        observer.selecting(member(affinity, tried));
    }

    void failed(Member member, UpstreamException failure, String next) {
        String error = LogText.clean(failure.getMessage());
        trace.phase("attempt");
        trace.say(
                member.config().source(),
                member.id() + ": " + failure.kind().failure().label() + ", " + error + "; " + next);
        observer.attemptFailed(error, next);
    }

    void unavailable(String reason) {
        trace.phase("attempt");
        trace.say(balancer.config().source(), "no member: " + reason);
    }
}
