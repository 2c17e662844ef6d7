package org.fairlead.model;

import java.nio.file.Path;
import java.util.Optional;
import org.fairlead.model.ClientCertificates.Revocation;

/**
 * The revocation lists of one side, and which certificates must not be in them: {@code SSLProxyCARevocation…} for
 * members, {@code SSLCARevocation…} for clients.
 *
 * @param check which certificates of a chain are looked up; default none
 * @param file PEM of revocation lists
 * @param path a folder of such files, whatever their names
 */
public record RevocationConfig(Revocation check, Optional<Path> file, Optional<Path> path) {
    /** No certificate is looked up. */
    public static final RevocationConfig NONE =
            new RevocationConfig(Revocation.NONE, Optional.empty(), Optional.empty());
}
