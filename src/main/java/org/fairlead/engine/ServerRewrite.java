package org.fairlead.engine;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Source;
import org.fairlead.rewrite.Rewriter;
import org.fairlead.rewrite.Rewritten;
import org.fairlead.rewrite.Rewritten.Outcome;
import org.fairlead.route.Host;
import org.fairlead.route.HostTable;
import org.fairlead.route.Match;

/** mod_rewrite of a whole host: which host has rules, and what their outcome means for a request. Thread-safe. */
final class ServerRewrite implements Phase.Step {
    private final Map<Host, Rewriter> rewriters = new IdentityHashMap<>();

    ServerRewrite(HostTable hosts, int limitRequestLine) {
        for (Host host : hosts.hosts()) {
            if (host.config().rewrite().isActive()) {
                rewriters.put(host, new Rewriter(host.config(), limitRequestLine));
            }
        }
    }

    /**
     * Applies the host's rules, if it has any.
     *
     * @throws RefusedException if the result must not be sent, or is no valid target
     */
    @Override
    public void apply(RequestContext request) throws RefusedException {
        Rewriter rewriter = rewriters.isEmpty() ? null : rewriters.get(request.host());
        if (rewriter == null) {
            return;
        }
        Rewritten made = rewriter.apply(request.exchange(), request.target(), request.server());
        if (made.outcome() instanceof Outcome.Moved moved) {
            request.lead(RequestTarget.parse(moved.target()));
        } else if (made.outcome() instanceof Outcome.Answered answered) {
            request.respond(answered.answer());
        } else if (made.outcome() instanceof Outcome.Local) {
            request.respond(LocalResponse.of(404));
        } else if (made.outcome() instanceof Outcome.Proxied proxied) {
            request.match(checked(request, proxied));
        }
        request.cookies(cookies(made.cookies()));
        if (request.trace().isOn()) {
            tell(request, made.outcome());
        }
    }

    static void tell(RequestContext request, Outcome outcome) {
        Source host = request.host().config().source();
        if (outcome instanceof Outcome.Moved) {
            request.host().explain(request.target(), request.trace());
        } else if (outcome instanceof Outcome.Proxied proxied) {
            request.trace().say(host, "P: forwarded to '" + proxied.balancer() + "' as " + proxied.target());
        } else if (outcome instanceof Outcome.Answered answered) {
            String to = answered.answer()
                    .headers()
                    .first("Location")
                    .map(url -> " to " + url)
                    .orElse("");
            request.trace().say(host, "answered " + answered.answer().status() + to);
        } else if (outcome instanceof Outcome.Local) {
            request.trace()
                    .say(host, "answered 404: a rule makes a local file of it, and no ProxyPass is tried without PT");
        }
    }

    /** {@code CO=}: the cookies that rules have set are added to the response, whatever its source. */
    static void addCookies(RequestContext request) {
        if (!request.cookies().isEmpty()) {
            request.settings(request.settings().withResponseHeaders(request.cookies()));
        }
    }

    /** Refuses a rewritten target that members could read in several ways, as a route does. */
    private static Match.Forward checked(RequestContext request, Outcome.Proxied proxied) throws RefusedException {
        RequestTarget target = RequestTarget.parse(proxied.target());
        if (target.hasDotSegments()) {
            throw new RefusedException(400, "a rule makes a dot segment of the path");
        }
        request.host().refuseHiddenDots(request.target());
        request.host().refuseHiddenDots(target);
        return new Match.Forward(
                proxied.balancer(), target.forwardPath() + target.querySuffix(), Match.Forward.REWRITTEN);
    }

    static List<HeaderRule> cookies(List<String> cookies) {
        return cookies.stream()
                .map(cookie -> new HeaderRule(
                        HeaderRule.Action.ADD,
                        "Set-Cookie",
                        cookie.replace("%", "%%"),
                        Optional.empty(),
                        new HeaderRule.Condition.Always(),
                        true,
                        false,
                        Source.NONE))
                .toList();
    }
}
