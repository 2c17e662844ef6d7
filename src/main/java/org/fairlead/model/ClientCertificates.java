package org.fairlead.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether a TLS host asks its clients for certificates, and which ones it takes ({@code SSLVerifyClient} and its kin).
 *
 * @param verify {@code SSLVerifyClient}, default none
 * @param depth {@code SSLVerifyDepth}: how many intermediate authorities may stand between a client and one that is
 *     trusted, 0 or more; default 1
 * @param authorityFile {@code SSLCACertificateFile}: PEM of the authorities whose clients are taken
 * @param authorityPath {@code SSLCACertificatePath}: a folder of such files
 * @param namesFile {@code SSLCADNRequestFile}: PEM of the authorities that clients are told of; without it, those whose
 *     clients are taken
 * @param revocationFile {@code SSLCARevocationFile}: PEM of revocation lists
 * @param revocationPath {@code SSLCARevocationPath}: a folder of such files
 * @param revocation {@code SSLCARevocationCheck}, default none
 */
public record ClientCertificates(
        Verify verify,
        int depth,
        Optional<Path> authorityFile,
        Optional<Path> authorityPath,
        Optional<Path> namesFile,
        Optional<Path> revocationFile,
        Optional<Path> revocationPath,
        Revocation revocation) {
    /** Clients are not asked. */
    public static final ClientCertificates NONE = new ClientCertificates(
            Verify.NONE,
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Revocation.NONE);

    public ClientCertificates {
        Check.range("SSLVerifyDepth", depth, 0, 100);
    }

    /** {@code SSLVerifyClient}. */
    public enum Verify {
        /** Clients are not asked. */
        NONE,
        /** They are asked; who has none comes in, who has one that is not good does not. */
        OPTIONAL,
        /** Nobody comes in without a good one. */
        REQUIRE,
        /** They are asked; whose authority is not known comes in too, and {@code SSL_CLIENT_VERIFY} tells. */
        OPTIONAL_NO_CA
    }

    /** {@code SSLCARevocationCheck}: whose certificates are looked up in the revocation lists. */
    public enum Revocation {
        /** Nobody's. */
        NONE,
        /** The client's own. */
        LEAF,
        /** All of a chain. */
        CHAIN
    }

    /** Whether clients are asked at all. */
    public boolean asks() {
        return verify != Verify.NONE;
    }

    /** The files that a change of matters, the folder itself among them. */
    public List<Path> files() {
        return List.of(authorityFile, authorityPath, namesFile, revocationFile, revocationPath).stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
