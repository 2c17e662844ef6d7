package org.fairlead.model;

import java.util.Optional;

/**
 * By which name and port the server calls itself in URLs of its own making.
 *
 * @param canonical {@code UseCanonicalName}: by {@code ServerName} instead of the client's word; default off
 * @param physicalPort {@code UseCanonicalPhysicalPort}: the port that the connection came to, where none is said; default
 *     off
 */
public record OwnName(Optional<Boolean> canonical, Optional<Boolean> physicalPort) {
    public static final OwnName NONE = new OwnName(Optional.empty(), Optional.empty());

    public boolean isCanonical() {
        return canonical.orElse(false);
    }

    public boolean usesPhysicalPort() {
        return physicalPort.orElse(false);
    }

    OwnName merge(OwnName over) {
        return new OwnName(over.canonical.or(() -> canonical), over.physicalPort.or(() -> physicalPort));
    }
}
