package org.fairlead.engine;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.exchange.OwnAnswer;
import org.fairlead.exchange.RefusedException;
import org.fairlead.exchange.RequestTarget;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Source;
import org.fairlead.rewrite.Rewriter;
import org.fairlead.rewrite.Rewritten;
import org.fairlead.rewrite.Rewritten.Outcome;
import org.fairlead.route.Host;
import org.fairlead.route.HostTable;
import org.fairlead.route.Match;

/** Which host has rules, and what their outcome means for a request. Immutable and thread-safe. */
final class Rewriting {
    private final Map<Host, Rewriter> rewriters = new IdentityHashMap<>();

    Rewriting(HostTable hosts, int limitRequestLine) {
        for (Host host : hosts.hosts()) {
            if (host.config().rewrite().isActive()) {
                rewriters.put(host, new Rewriter(host.config(), limitRequestLine));
            }
        }
    }

    /**
     * What the rules of a host made of a call.
     *
     * @param call at the target that they lead to
     * @param answer what they answer; the request goes nowhere then
     * @param forward where they proxy it to, whatever the routes say
     * @param cookies what its answer carries, whoever gives it
     */
    record Led(Call call, Optional<OwnAnswer> answer, Optional<Match.Forward> forward, List<HeaderRule> cookies) {
        /** A later form of the call, whose answer carries the cookies. */
        Call marked(Call later) {
            return cookies.isEmpty() ? later : later.with(later.settings().withResponseHeaders(cookies));
        }
    }

    /**
     * Applies the host's rules, if it has any.
     *
     * @throws RefusedException if they make of the request what must not be sent, or what is no target
     */
    Led lead(Call call) throws RefusedException {
        Rewriter rewriter = rewriters.isEmpty() ? null : rewriters.get(call.host());
        if (rewriter == null) {
            return new Led(call, Optional.empty(), Optional.empty(), List.of());
        }
        Rewritten made =
                rewriter.apply(call.exchange(), call.target(), call.host().name());
        Call at = made.outcome() instanceof Outcome.Moved moved ? call.at(RequestTarget.parse(moved.target())) : call;
        Optional<OwnAnswer> answer = Optional.empty();
        Optional<Match.Forward> forward = Optional.empty();
        if (made.outcome() instanceof Outcome.Answered answered) {
            answer = Optional.of(answered.answer());
        } else if (made.outcome() instanceof Outcome.Local) {
            answer = Optional.of(OwnAnswer.of(404));
        } else if (made.outcome() instanceof Outcome.Proxied proxied) {
            forward = Optional.of(checked(call, proxied));
        }
        return new Led(at, answer, forward, cookies(made.cookies()));
    }

    /** What goes to a member says the same to every reader, as with a route. */
    private static Match.Forward checked(Call call, Outcome.Proxied proxied) throws RefusedException {
        RequestTarget target = RequestTarget.parse(proxied.target());
        if (!target.forwardPath().equals(target.path())) {
            throw new RefusedException(400, "a rule makes a dot segment of the path");
        }
        call.host().refuseHiddenDots(call.target());
        call.host().refuseHiddenDots(target);
        return new Match.Forward(proxied.balancer(), proxied.target());
    }

    private static List<HeaderRule> cookies(List<String> cookies) {
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
