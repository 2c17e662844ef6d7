package org.fairlead.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.balancer.Affinity;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.SelectionPreview;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.model.MemberAddress;

/** A dry run of the phases that decide on real requests: explains the decision. Changes nothing. Thread-safe. */
final class Explainer {
    private final RequestPhases phases;

    Explainer(RequestPhases phases) {
        this.phases = phases;
    }

    /** @param trace the exchange's, so that the lines of the phases are part of the result */
    Explanation explain(RequestContext request, TraceLines trace) {
        RequestDecision decision = phases.decide(request);
        if (decision instanceof RequestDecision.Forward forward) {
            return forwarded(request, forward, trace);
        } else if (decision instanceof RequestDecision.Respond respond) {
            return answered("respond", respond.response(), trace);
        } else if (decision instanceof RequestDecision.Handle handle) {
            trace.phase("handler");
            trace.say(request.host().config().source(), told(request, handle.handler()));
            return answered("respond", LocalResponse.of(200), trace);
        }
        trace.phase("handler");
        trace.say(request.host().config().source(), "no rule proxies it: 404, or the web application's own content");
        return answered("decline", LocalResponse.of(404), trace);
    }

    private static String told(RequestContext request, RequestDecision.Handler handler) {
        return switch (handler) {
            case HEARTBEAT -> "SetHandler heartbeat takes the report of a member";
            case LOCAL ->
                "SetHandler " + request.settings().handler().orElseThrow().word() + " answers, after its own checks";
            case MAX_FORWARDS -> "Max-Forwards is 0: the request ends here (RFC 9110 7.6.2)";
        };
    }

    private static Explanation answered(String decision, LocalResponse response, TraceLines trace) {
        return new Explanation(
                decision,
                OptionalInt.of(response.status()),
                trace.lines(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "",
                Optional.empty(),
                response.headers());
    }

    private static Explanation forwarded(RequestContext request, RequestDecision.Forward forward, TraceLines trace) {
        Balancer balancer = forward.balancer();
        Affinity affinity =
                balancer.wish(request.exchange().request(), request.exchange().connection());
        AttemptTrace attempts = new AttemptTrace(trace, ExchangeObserver.NONE, balancer);
        attempts.session(affinity);
        SelectionPreview preview = attempts.member(affinity, List.of());
        try {
            Optional<Explanation.Sends> sends = Optional.empty();
            if (preview.chosen().isPresent()) {
                sends = Optional.of(sends(request, forward, affinity, preview));
            }
            return new Explanation(
                    "forward",
                    preview.chosen().isPresent() ? OptionalInt.empty() : OptionalInt.of(503),
                    trace.lines(),
                    Optional.of(balancer.config().name()),
                    Explanation.Candidate.of(preview),
                    preview.chosen().map(Member::id),
                    preview.said(),
                    sends,
                    new Headers());
        } catch (RefusedException e) {
            return answered("respond", RequestPhases.refusal(request, "request", e), trace);
        }
    }

    private static Explanation.Sends sends(
            RequestContext request, RequestDecision.Forward forward, Affinity affinity, SelectionPreview preview)
            throws RefusedException {
        Member member = preview.chosen().orElseThrow();
        BalancerVariables.set(
                request.exchange().environment(), forward.balancer(), affinity, member, preview.routeChanged());
        request.trace().phase("request headers");
        OutgoingRequest sent = new RequestWriter(request, forward.target()).to(member);
        MemberAddress address = member.config().address();
        String url = address.protocol().scheme() + "://" + address.authority() + sent.target();
        return new Explanation.Sends(sent.method(), url, sent.headers());
    }
}
