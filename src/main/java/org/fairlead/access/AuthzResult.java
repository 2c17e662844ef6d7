package org.fairlead.access;

import java.util.Optional;
import org.fairlead.model.Requirement.Logic;

/** The authorization result of a requirement for a client (httpd's authz_status). */
enum AuthzResult {
    GRANTED,
    DENIED,
    /** Denied so far: authentication might change it. */
    DENIED_NO_USER,
    /** Neither granted nor denied. */
    NEUTRAL;

    /** Combines the result of a group's parts so far with that of the next part. */
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

    /** The result under {@code not}: granted becomes denied, and no result becomes granted. */
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
