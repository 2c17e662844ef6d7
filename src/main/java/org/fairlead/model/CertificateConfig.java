package org.fairlead.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The certificate that a TLS host shows ({@code SSLEngine on} in its scope).
 *
 * @param hostNames names (ServerName and ServerAlias, lower case, {@code *.} wildcards allowed) it answers for by SNI
 * @param certificateFile PEM, the leaf first; {@code SSLCertificateFile}
 * @param keyFile PEM, PKCS#8 or PKCS#1, readable now; {@code SSLCertificateKeyFile}, else the certificate file
 * @param chainFile PEM of intermediate certificates; {@code SSLCertificateChainFile}
 * @param protocols names as the JDK knows them ({@code TLSv1.2}); {@code SSLProtocol}, default TLSv1.2 and TLSv1.3
 * @param ciphers OpenSSL cipher string as written; empty = the JDK's own choice; {@code SSLCipherSuite}
 * @param honorCipherOrder {@code SSLHonorCipherOrder}, default off
 */
public record CertificateConfig(
        List<String> hostNames,
        Path certificateFile,
        Path keyFile,
        Optional<Path> chainFile,
        List<String> protocols,
        String ciphers,
        boolean honorCipherOrder,
        Source source) {
    public CertificateConfig {
        hostNames = List.copyOf(hostNames);
        protocols = List.copyOf(protocols);
    }

    /** The same wherever it was written: equal for two readings of a file that was edited elsewhere. */
    CertificateConfig withoutSource() {
        return new CertificateConfig(
                hostNames, certificateFile, keyFile, chainFile, protocols, ciphers, honorCipherOrder, Source.NONE);
    }
}
