package org.fairlead.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Client certificates of a TLS host: whether they are requested, and which are accepted ({@code SSLVerifyClient} …).
 *
 * @param verify {@code SSLVerifyClient}, default none
 * @param depth {@code SSLVerifyDepth}: how many intermediate authorities may stand between a client and one that is
 *     trusted, 0 or more; default 1
 * @param authorityFile {@code SSLCACertificateFile}: PEM of the trusted authorities
 * @param authorityPath {@code SSLCACertificatePath}: a folder of such files
 * @param namesFile {@code SSLCADNRequestFile}: PEM of the authorities announced to clients; without it, the trusted
 *     ones
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
        /** Clients are not asked for a certificate. */
        NONE,
        /** Clients are asked: one without a certificate is accepted, one with an invalid certificate is refused. */
        OPTIONAL,
        /** A client without a valid certificate is refused. */
        REQUIRE,
        /** Clients are asked; an unknown authority is accepted too, and {@code SSL_CLIENT_VERIFY} reports it. */
        OPTIONAL_NO_CA
    }

    /** {@code SSLCARevocationCheck}: which certificates are looked up in the revocation lists. */
    public enum Revocation {
        /** No certificate. */
        NONE,
        /** The client's own certificate. */
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
