package org.fairlead.engine;

import org.fairlead.http.RefusedException;
import org.fairlead.route.Match;
import org.fairlead.route.Redirects;

/** The routing phases of a whole host, after mod_proxy and mod_alias. */
final class Routing {
    private Routing() {}

    /**
     * Finds the request's route, unless a rule has set its target already. None if the variable {@code no-proxy}
     * excludes it from the routes (mod_proxy).
     *
     * @throws RefusedException for a path that must not be routed, see {@link org.fairlead.route.Host#match}
     */
    static void match(RequestContext request) throws RefusedException {
        if (request.match().isEmpty()) {
            boolean kept = request.exchange().environment().isSet("no-proxy");
            request.match(kept ? Match.EXCLUDED : request.host().match(request.target(), request.trace()));
            if (request.trace().isOn() && request.forward().isEmpty()) {
                tell(request, kept);
            }
        }
    }

    private static void tell(RequestContext request, boolean kept) {
        String said = kept
                ? "the variable no-proxy keeps " + request.target().raw() + " from the members"
                : "no ProxyPass forwards " + request.target().raw();
        request.trace().say(request.host().config().source(), said);
    }

    /** mod_alias after mod_proxy: the host's redirects apply to requests that no route takes. */
    static void redirect(RequestContext request) throws RefusedException {
        boolean none = request.host().config().redirects().isEmpty()
                && request.settings().redirects().isEmpty();
        if (!none && request.forward().isEmpty()) {
            redirects(request).ofHost().ifPresent(request::respond);
        }
    }

    static Redirects redirects(RequestContext request) {
        return new Redirects(
                request.exchange(), request.host(), request.target(), request.settings(), request.variables());
    }
}
