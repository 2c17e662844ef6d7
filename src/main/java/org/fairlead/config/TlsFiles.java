package org.fairlead.config;

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
 * What the files of a TLS host hold at one moment, and have been found to be worth: the key is the certificate's.
 *
 * @param chain of the host's certificate, that first
 * @param authorities whose clients are taken; empty where no authority is named
 * @param named which authorities clients are told of; empty = those whose clients are taken
 * @param revoked revocation lists
 */
public record TlsFiles(
        PrivateKey key,
        List<X509Certificate> chain,
        List<X509Certificate> authorities,
        List<X509Certificate> named,
        List<X509CRL> revoked) {
    /** The files of a TLS host cannot serve; the message names the one and says what was expected. */
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
        List<X509Certificate> chain =
                new ArrayList<>(read("SSLCertificateFile", config.certificateFile(), PemFile::certificates));
        X509Certificate leaf = chain.get(0);
        PrivateKey key = read(
                config.keyFile().equals(config.certificateFile()) ? "SSLCertificateFile" : "SSLCertificateKeyFile",
                config.keyFile(),
                file -> PemFile.key(file, phrase(config), config.certificateFile(), leaf));
        chain.addAll(all("SSLCertificateChainFile", config.chainFile(), PemFile::certificates));
        ClientCertificates clients = config.clients();
        List<X509Certificate> authorities =
                new ArrayList<>(all("SSLCACertificateFile", clients.authorityFile(), PemFile::certificates));
        authorities.addAll(all("SSLCACertificatePath", clients.authorityPath(), PemFile::folder));
        return new TlsFiles(
                key,
                List.copyOf(chain),
                List.copyOf(authorities),
                all("SSLCADNRequestFile", clients.namesFile(), PemFile::certificates),
                all("SSLCARevocationFile", clients.revocationFile(), PemFile::revocations));
    }

    static PhraseReader phrase(CertificateConfig config) {
        String name = config.hostNames().stream().findFirst().orElse("localhost");
        return new PhraseReader(config.passPhrase(), name + ":" + (config.port() == 0 ? 443 : config.port()) + ":0");
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
