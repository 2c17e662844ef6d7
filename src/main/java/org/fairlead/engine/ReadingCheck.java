package org.fairlead.engine;

import java.util.List;
import org.fairlead.exchange.Environment;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;

/**
 * The check of other readings: evaluates the path rules for every path that a member might see in the target. A request
 * refused under one of these is refused: a spelling is no way around {@code RewriteRule [F]},
 * {@code SetEnvIf Request_URI}, {@code Require expr}, {@code <If>} or {@code Redirect gone}. Immutable and thread-safe.
 */
final class ReadingCheck implements Phase.Step {
    private final List<Phase> phases;

    /** @param phases those that may keep a request out by its path, in order, without the route */
    ReadingCheck(List<Phase> phases) {
        this.phases = List.copyOf(phases);
    }

    /** @throws RefusedException 400 if the target can be read as one that rules keep out */
    @Override
    public void apply(RequestContext request) throws RefusedException {
        RequestTarget target = request.exchange().request().target();
        for (RequestTarget other : request.host().otherTargets(target)) {
            if (keepsOut(request, other)) {
                throw new RefusedException(400, "path can be read as one that a rule keeps out");
            }
        }
    }

    private boolean keepsOut(RequestContext request, RequestTarget other) {
        RequestHead head = request.exchange().request();
        Headers fields = head.headers().copy();
        Environment environment = request.initialEnvironment();
        ReadExchange read = new ReadExchange(
                request.exchange(), new RequestHead(head.method(), other, head.protocol(), fields), environment);
        RequestContext asked = RequestContext.of(read, request.host(), ExchangeObserver.NONE);
        try {
            for (Phase phase : phases) {
                if (phase.name().equals("If") && asked.match().isEmpty()) {
                    request.match().ifPresent(asked::match);
                }
                phase.apply(asked);
            }
        } catch (RefusedException e) {
            return true;
        }
        return asked.response().filter(response -> response.status() >= 400).isPresent();
    }
}
