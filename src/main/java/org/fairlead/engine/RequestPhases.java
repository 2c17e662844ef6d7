package org.fairlead.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.access.AccessControl;
import org.fairlead.balancer.Balancer;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.filter.BodyFilters;
import org.fairlead.http.RefusedException;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Settings.Handler;
import org.fairlead.route.HeaderRules;
import org.fairlead.route.Host;
import org.fairlead.route.HostTable;
import org.fairlead.route.Match;

/**
 * The decision on a request: the phases in httpd's hook order, and the result of what they found. Immutable and
 * thread-safe.
 */
final class RequestPhases {
    private static final System.Logger LOG = System.getLogger(RequestPhases.class.getName());

    /** The number of phases before SetEnvIf. */
    private static final int CONNECTION_PHASES = 5;

    private final List<Phase> phases;
    private final Map<String, Balancer> balancers;

    RequestPhases(ServerConfig server, HostTable hosts, Map<String, Balancer> balancers, AccessControl access) {
        this.balancers = balancers;
        ServerRewrite rewrite = new ServerRewrite(hosts, server.limitRequestLine());
        AccessCheck check = new AccessCheck(access);
        SectionRewriting sections = new SectionRewriting(hosts, server.limitRequestLine());
        this.phases = List.of(
                Phase.of("sni", new SniChecks(hosts)),
                Phase.of(
                        "request limits",
                        request -> RequestLimits.check(request.exchange().request(), server)),
                Phase.of("client", new ClientSettlement(hosts)),
                Phase.of("trace context", TraceContextPhase::settle),
                Phase.of("early request headers", RequestPhases::earlyHeaders),
                Phase.of("SetEnvIf", SectionRules::hostVariables),
                Phase.of("rewrite", rewrite),
                Phase.always("If", SectionRules::decide),
                Phase.always("route", Routing::match),
                Phase.of("host redirect", Routing::redirect),
                Phase.of("proxy sections", SectionRules::proxySections),
                Phase.of("section SetEnvIf", SectionRules::sectionVariables),
                Phase.of("access", check),
                Phase.of("section rewrite", sections),
                Phase.of("SetEnv", SectionRules::setVariables),
                Phase.of("section redirect", SectionRules::redirect),
                Phase.of("other readings", new ReadingCheck(ofReadings(rewrite, check, sections))),
                Phase.always("rewrite cookies", ServerRewrite::addCookies),
                Phase.of("body limit", RequestLimits::checkBody),
                Phase.of("loop limits", LoopLimits::check));
    }

    /**
     * Decides on a request that was made inside another one. Its connection and its client were settled for the outer
     * request.
     */
    RequestDecision decideInternally(RequestContext request) {
        return decide(request, phases.subList(CONNECTION_PHASES, phases.size()));
    }

    /** The phases that may refuse a request by its path, for other paths that a member may read in the target. */
    private static List<Phase> ofReadings(ServerRewrite rewrite, AccessCheck check, SectionRewriting sections) {
        return List.of(
                Phase.of("SetEnvIf", SectionRules::hostVariables),
                Phase.of("rewrite", rewrite),
                Phase.of("If", SectionRules::decide),
                Phase.of("host redirect", Routing::redirect),
                Phase.of("proxy sections", SectionRules::proxySections),
                Phase.of("section SetEnvIf", SectionRules::sectionVariables),
                Phase.of("access", check),
                Phase.of("section rewrite", sections),
                Phase.of("SetEnv", SectionRules::setVariables),
                Phase.of("section redirect", SectionRules::redirect));
    }

    /** The phases by their names, in order. */
    List<Phase> phases() {
        return phases;
    }

    /** Decides. Blocks only while an access rule looks a name up or compares a password. */
    RequestDecision decide(RequestContext request) {
        if (request.trace().isOn()) {
            request.trace().phase("host");
            request.trace().say(request.host().config().source(), words(request.host()));
            request.trace().phase("sections");
            request.host().explain(request.target(), request.trace());
        }
        return decide(request, phases);
    }

    private static String words(Host host) {
        return (host.config().addresses().isEmpty() ? "main server " : "virtual host ")
                + (host.name().isEmpty() ? "without a ServerName" : host.name());
    }

    private RequestDecision decide(RequestContext request, List<Phase> steps) {
        for (Phase phase : steps) {
            try {
                phase.apply(request);
            } catch (RefusedException e) {
                return new RequestDecision.Respond(refusal(request, phase.name(), e));
            }
        }
        return decision(request);
    }

    /**
     * The response to a refused request; the reason goes to the log and to a trace, not to the client.
     *
     * @param phase the phase that refuses it, for metrics
     */
    static LocalResponse refusal(RequestContext request, String phase, RefusedException e) {
        request.refusedBy(phase);
        LOG.log(
                System.Logger.Level.DEBUG,
                "{0} refused with {1}: {2}",
                request.exchange().id(),
                e.status(),
                e.getMessage());
        if (request.trace().isOn()) {
            request.trace().say(request.host().config().source(), "refused with " + e.status() + ": " + e.getMessage());
        }
        return LocalResponse.of(e.status());
    }

    private RequestDecision decision(RequestContext request) {
        if (request.response().isPresent()) {
            return new RequestDecision.Respond(request.response().get());
        }
        Optional<Handler> handler = request.settings().handler();
        if (handler.isPresent() && handler.get() == Handler.HEARTBEAT) {
            return new RequestDecision.Handle(RequestDecision.Handler.HEARTBEAT);
        }
        if (handler.isPresent() && request.forward().isEmpty()) {
            // A route goes before a handler, as in httpd, where mod_proxy decides first.
            return new RequestDecision.Handle(RequestDecision.Handler.LOCAL);
        }
        if (request.forward().isEmpty()) {
            return declined(request);
        }
        if (request.isLastRecipient()) {
            return new RequestDecision.Handle(RequestDecision.Handler.MAX_FORWARDS);
        }
        Match.Forward forward = request.forward().get();
        return new RequestDecision.Forward(
                balancers.get(forward.balancer()), forward.target(), request.settings(), filters(request));
    }

    private static BodyFilters filters(RequestContext request) {
        BodyFilters filters = BodyFilters.of(
                request.settings().outputFilters(), request.target().normalPath());
        if (request.trace().isOn() && !filters.isEmpty()) {
            request.trace().phase("body filters");
            filters.words()
                    .forEach(line -> request.trace().say(request.host().config().source(), line));
        }
        return filters;
    }

    /** The container would look for the client's path, which is not the path that rules made of it. */
    private static RequestDecision declined(RequestContext request) {
        return request.target() == request.exchange().request().target()
                ? new RequestDecision.Decline()
                : new RequestDecision.Respond(LocalResponse.of(404));
    }

    private static void earlyHeaders(RequestContext request) throws RefusedException {
        request.claims(HeaderRules.earlyRequest(
                request.settings().requestHeaders(), request.headers(), request.claims(), request.subject()));
    }
}
