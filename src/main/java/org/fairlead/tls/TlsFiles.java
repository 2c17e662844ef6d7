package org.fairlead.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.ClientCertificates;

/**
 * The verified content of a TLS host's files at one moment: each key fits its certificate.
 *
 * @param identities the certificates with their keys, at least one
 * @param authorities the trusted authorities of client certificates; empty where no authority is named
 * @param named the authorities that are announced to clients; empty = the trusted ones
 * @param revoked revocation lists
 */
public record TlsFiles(
        List<Identity> identities,
        List<X509Certificate> authorities,
        List<X509Certificate> named,
        List<X509CRL> revoked) {
    /**
     * One certificate that the host sends.
     *
     * @param chain that certificate first, then those of its authorities
     */
    public record Identity(PrivateKey key, List<X509Certificate> chain) {}

    /** An unusable file of a TLS host; the message names the file and what was expected. */
    public static final class UnfitException extends Exception {
        UnfitException(String directive, Path file, PemException cause) {
            super(directive + " '" + file + "' (expected: " + cause.getMessage() + ")", cause);
        }
    }

    private interface Read<T> {
        T from(Path file) throws PemException;
    }

    /** Reads them all now. */
    public static TlsFiles read(CertificateConfig config) throws UnfitException {
        List<X509Certificate> further = all("SSLCertificateChainFile", config.chainFile(), PemFile::certificates);
        List<Identity> identities = new ArrayList<>();
        for (int i = 0; i < config.pairs().size(); i++) {
            identities.add(identity(config, i, further));
        }
        ClientCertificates clients = config.clients();
        List<X509Certificate> authorities =
                new ArrayList<>(all("SSLCACertificateFile", clients.authorityFile(), PemFile::certificates));
        authorities.addAll(all("SSLCACertificatePath", clients.authorityPath(), PemFile::folder));
        List<X509CRL> revoked =
                new ArrayList<>(all("SSLCARevocationFile", clients.revocationFile(), PemFile::revocations));
        revoked.addAll(all("SSLCARevocationPath", clients.revocationPath(), PemFile::revocationFolder));
        return new TlsFiles(
                List.copyOf(identities),
                List.copyOf(authorities),
                all("SSLCADNRequestFile", clients.namesFile(), PemFile::certificates),
                List.copyOf(revoked));
    }

    private static Identity identity(CertificateConfig config, int index, List<X509Certificate> further)
            throws UnfitException {
        CertificateConfig.Pair pair = config.pairs().get(index);
        List<X509Certificate> chain =
                new ArrayList<>(read("SSLCertificateFile", pair.certificate(), PemFile::certificates));
        X509Certificate leaf = chain.get(0);
        PrivateKey key = read(
                pair.key().equals(pair.certificate()) ? "SSLCertificateFile" : "SSLCertificateKeyFile",
                pair.key(),
                file -> PemFile.key(file, phrase(config, index), pair.certificate(), leaf));
        chain.addAll(further);
        return new Identity(key, List.copyOf(chain));
    }

    /** @param index of the pair, which the program gets as in httpd */
    public static PhraseReader phrase(CertificateConfig config, int index) {
        String name = config.hostNames().stream().findFirst().orElse("localhost");
        return new PhraseReader(
                config.passPhrase(), name + ":" + (config.port() == 0 ? 443 : config.port()) + ":" + index);
    }

    private static <T> List<T> all(String directive, Optional<Path> file, Read<List<T>> how) throws UnfitException {
        return file.isPresent() ? read(directive, file.get(), how) : List.of();
    }

    private static <T> T read(String directive, Path file, Read<T> how) throws UnfitException {
        try {
            return how.from(file);
        } catch (PemException e) {
            throw new UnfitException(directive, file, e);
        }
    }
}
