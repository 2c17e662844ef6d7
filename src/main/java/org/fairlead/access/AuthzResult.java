package org.fairlead.access;

import java.util.Optional;
import org.fairlead.model.Requirement.Logic;

/** What a requirement says of a client (httpd's authz_status). */
enum AuthzResult {
    GRANTED,
    DENIED,
    /** Not yet: who the client is might change it. */
    DENIED_NO_USER,
    /** Nothing either way. */
    NEUTRAL;

    /** The word of a group's parts so far together with that of one more. */
    AuthzResult and(AuthzResult next, Logic logic) {
        if (next == NEUTRAL || this == NEUTRAL) {
            return this == NEUTRAL ? next : this;
        }
        AuthzResult strongest = logic == Logic.ALL ? DENIED : GRANTED;
        if (this == strongest || next == strongest) {
            return strongest;
        }
        return this == DENIED_NO_USER || next == DENIED_NO_USER ? DENIED_NO_USER : this;
    }

    /** {@code not}: who would be let in is kept out, and nobody is let in. */
    AuthzResult negated() {
        return this == GRANTED ? DENIED : NEUTRAL;
    }

    static AuthzResult of(boolean granted) {
        return granted ? GRANTED : DENIED;
    }

    static AuthzResult ofUser(Optional<String> user, boolean granted) {
        return user.isEmpty() ? DENIED_NO_USER : of(granted);
    }
}
