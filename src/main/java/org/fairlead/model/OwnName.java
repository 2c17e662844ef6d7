package org.fairlead.model;

import java.util.Optional;

/**
 * The server's name and port in self-referential URLs.
 *
 * @param canonical {@code UseCanonicalName}: by {@code ServerName} instead of the client's {@code Host}; default off
 * @param physicalPort {@code UseCanonicalPhysicalPort}: the port that the connection came to, where none is said;
 *     default off
 * @param scheme that of {@code ServerName}, which counts where a device in front ends TLS
 */
public record OwnName(Optional<Boolean> canonical, Optional<Boolean> physicalPort, Optional<String> scheme) {
    public static final OwnName NONE = new OwnName(Optional.empty(), Optional.empty(), Optional.empty());

    /** The same for a host whose {@code ServerName} says this scheme; an empty one is none, whatever it inherits. */
    public OwnName withScheme(String said) {
        return new OwnName(canonical, physicalPort, said.isEmpty() ? Optional.empty() : Optional.of(said));
    }

    public boolean isCanonical() {
        return canonical.orElse(false);
    }

    public boolean usesPhysicalPort() {
        return physicalPort.orElse(false);
    }

    OwnName merge(OwnName over) {
        return new OwnName(
                over.canonical.or(() -> canonical),
                over.physicalPort.or(() -> physicalPort),
                over.scheme.or(() -> scheme));
    }
}
