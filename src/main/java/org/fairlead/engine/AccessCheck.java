package org.fairlead.engine;

import java.util.Optional;
import org.fairlead.access.AccessControl;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.http.RefusedException;
import org.fairlead.model.AccessConfig;
import org.fairlead.route.Match;

/**
 * Whether a request may go where it was found to go, be that a member or the container's own content. What may not is
 * answered before anything is sent. Thread-safe.
 */
final class AccessCheck implements Phase.Step {
    private final AccessControl access;

    AccessCheck(AccessControl access) {
        this.access = access;
    }

    /**
     * Answers a request that may not go on.
     *
     * @param request with the settings of all sections that it lies in
     * @throws RefusedException if it may not, and nothing that the client could say of itself would help; 400 where it may
     *     as we read the path, but might not as another recipient does
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
