package org.fairlead.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The TLS settings of one host towards its clients ({@code SSLEngine on} in its scope).
 *
 * @param hostNames names (ServerName and ServerAlias, lower case, {@code *} wildcards allowed) it serves by SNI
 * @param port of the host's first address, for the pass phrase program; 0 = not said
 * @param pairs the certificates with their keys, at least one; of several (RSA and ECDSA) a client is shown one that it
 *     can verify
 * @param chainFile PEM of intermediate certificates; {@code SSLCertificateChainFile}
 * @param passPhrase where an encrypted key's phrase comes from; {@code SSLPassPhraseDialog}
 * @param protocols names as the JDK knows them ({@code TLSv1.2}); {@code SSLProtocol}, default TLSv1.2 and TLSv1.3
 * @param ciphers OpenSSL cipher string as written; empty = the JDK's own choice; {@code SSLCipherSuite}
 * @param groups named groups for the key exchange, preferred ones first; empty = the JDK's own choice
 * @param honorCipherOrder {@code SSLHonorCipherOrder}, default off
 * @param sessionTickets {@code SSLSessionTickets}: whether sessions are kept by the clients, encrypted, rather than by
 *     us; default on
 * @param stapling {@code SSLUseStapling}: whether the handshake says what the authority's responder (OCSP) says of the
 *     certificate; default off
 * @param clients whether clients show certificates
 */
public record CertificateConfig(
        List<String> hostNames,
        int port,
        List<Pair> pairs,
        Optional<Path> chainFile,
        PassPhrase passPhrase,
        List<String> protocols,
        String ciphers,
        List<String> groups,
        boolean honorCipherOrder,
        boolean sessionTickets,
        boolean stapling,
        ClientCertificates clients,
        Source source) {
    /**
     * One {@code SSLCertificateFile} and its {@code SSLCertificateKeyFile}.
     *
     * @param certificate PEM, the leaf first
     * @param key PEM, PKCS#8 or an older form; the certificate's file where no other is named
     */
    public record Pair(Path certificate, Path key) {}

    public CertificateConfig {
        pairs = List.copyOf(pairs);
        hostNames = List.copyOf(hostNames);
        protocols = List.copyOf(protocols);
        groups = List.copyOf(groups);
    }

    /** The first certificate's file, by which messages call the host's files. */
    public Path certificateFile() {
        return pairs.get(0).certificate();
    }

    /** The same wherever it was written: equal for two readings of a file that was edited elsewhere. */
    CertificateConfig withoutSource() {
        return new CertificateConfig(
                hostNames,
                port,
                pairs,
                chainFile,
                passPhrase,
                protocols,
                ciphers,
                groups,
                honorCipherOrder,
                sessionTickets,
                stapling,
                clients,
                Source.NONE);
    }

    /**
     * The settings of a connection as a text that is equal for hosts whose clients may share one: protocols, ciphers,
     * certificate, and how clients are verified (httpd's {@code SSLVHostSNIPolicy secure}).
     */
    public String agreement() {
        return String.join(
                "\n",
                String.valueOf(protocols),
                ciphers,
                String.valueOf(groups),
                pairs.toString(),
                String.valueOf(chainFile),
                clients.toString());
    }
}
