package org.fairlead.engine;

import java.util.Optional;
import org.fairlead.access.AccessControl;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.http.RefusedException;
import org.fairlead.model.AccessConfig;
import org.fairlead.route.Match;

/**
 * The access check for a request's target, be that a member or the container's own content. A request without access
 * gets a response before anything is sent to a member. Thread-safe.
 */
final class AccessCheck implements Phase.Step {
    private final AccessControl access;

    AccessCheck(AccessControl access) {
        this.access = access;
    }

    /**
     * Checks one request.
     *
     * @param request with the settings of all sections that it lies in
     * @throws RefusedException if access is denied and no credentials could change that; 400 where our reading of the
     *     path is allowed, but another recipient's might not be
     */
    @Override
    public void apply(RequestContext request) throws RefusedException {
        AccessConfig asked = request.settings().access();
        Optional<LocalResponse> refusal = check(request, asked);
        if (refusal.isPresent()) {
            if (request.trace().isOn()) {
                request.trace()
                        .say(
                                request.host().config().source(),
                                "answered " + refusal.get().status() + ": a login is asked for");
            }
            request.respond(refusal.get());
            request.refusedBy("access");
            return;
        }
        Match match = request.match().orElse(Match.UNMATCHED);
        for (AccessConfig other : request.host().otherAccess(request.target(), match)) {
            if (!other.equals(asked) && keepsOut(request, other)) {
                throw new RefusedException(400, "path can be read as one that this client may not ask for");
            }
        }
    }

    private Optional<LocalResponse> check(RequestContext request, AccessConfig asked) throws RefusedException {
        return access.check(asked, request.exchange(), request.server());
    }

    private boolean keepsOut(RequestContext request, AccessConfig asked) {
        try {
            return check(request, asked).isPresent();
        } catch (RefusedException e) {
            return true;
        }
    }
}
