package org.fairlead.engine;

import java.util.Optional;
import org.fairlead.access.AccessControl;
import org.fairlead.exchange.OwnAnswer;
import org.fairlead.exchange.RefusedException;
import org.fairlead.model.AccessConfig;
import org.fairlead.route.Match;

/**
 * Whether a request may go where it was found to go, be that a member or the container's own content. What may not is
 * answered before anything is sent. Thread-safe.
 */
final class Admission {
    private final AccessControl access;

    Admission(AccessControl access) {
        this.access = access;
    }

    /**
     * What answers a request that may not go on; empty for one that may.
     *
     * @param call with the settings of all sections that it lies in
     * @throws RefusedException if it may not, and nothing that the client could say of itself would help; 400 where it may
     *     as we read the path, but might not as somebody else does
     */
    Optional<OwnAnswer> refusal(Call call, Match match) throws RefusedException {
        AccessConfig asked = call.settings().access();
        Optional<OwnAnswer> refusal = check(call, asked);
        if (refusal.isPresent()) {
            return refusal;
        }
        for (AccessConfig other : call.host().otherAccess(call.target(), match)) {
            if (!other.equals(asked) && keepsOut(call, other)) {
                throw new RefusedException(400, "path can be read as one that this client may not ask for");
            }
        }
        return Optional.empty();
    }

    private Optional<OwnAnswer> check(Call call, AccessConfig asked) throws RefusedException {
        return access.check(asked, call.exchange(), call.host().name());
    }

    private boolean keepsOut(Call call, AccessConfig asked) {
        try {
            return check(call, asked).isPresent();
        } catch (RefusedException e) {
            return true;
        }
    }
}
