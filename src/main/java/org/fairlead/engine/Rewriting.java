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

    /** What the rules of a host made of a call. At most one of the two is there. */
    record Led(Call call, Optional<OwnAnswer> answer, Optional<Outcome.Proxied> proxied) {
        private static Led on(Call call) {
            return new Led(call, Optional.empty(), Optional.empty());
        }

        private static Led answered(Call call, OwnAnswer answer) {
            return new Led(call, Optional.of(answer), Optional.empty());
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
            return Led.on(call);
        }
        Rewritten made =
                rewriter.apply(call.exchange(), call.target(), call.host().name());
        if (made.outcome() instanceof Outcome.Moved moved) {
            return Led.on(withCookies(call.at(RequestTarget.parse(moved.target())), made.cookies()));
        }
        Call same = withCookies(call, made.cookies());
        if (made.outcome() instanceof Outcome.Answered answered) {
            return Led.answered(same, answered.answer());
        }
        if (made.outcome() instanceof Outcome.Local) {
            return Led.answered(same, OwnAnswer.of(404));
        }
        if (made.outcome() instanceof Outcome.Proxied proxied) {
            return new Led(same, Optional.empty(), Optional.of(checked(call, proxied)));
        }
        return Led.on(same);
    }

    /** What goes to a member says the same to every reader, as with a route. */
    private static Outcome.Proxied checked(Call call, Outcome.Proxied proxied) throws RefusedException {
        RequestTarget target = RequestTarget.parse(proxied.target());
        if (!target.forwardPath().equals(target.path())) {
            throw new RefusedException(400, "a rule makes a dot segment of the path");
        }
        call.host().refuseHiddenDots(call.target());
        call.host().refuseHiddenDots(target);
        return proxied;
    }

    private static Call withCookies(Call call, List<String> cookies) {
        if (cookies.isEmpty()) {
            return call;
        }
        List<HeaderRule> fields = cookies.stream()
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
        return call.with(call.settings().withResponseHeaders(fields));
    }
}
