package org.fairlead.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * TLS towards a member: verification of its certificate, and ours ({@code SSLProxy*}). Unlike httpd's, the default
 * verifies.
 *
 * @param verify {@code SSLProxyVerify}: false for {@code none}, {@code optional} and {@code optional_no_ca}
 * @param checkPeerName {@code SSLProxyCheckPeerName}, default on
 * @param checkPeerExpire {@code SSLProxyCheckPeerExpire}, default on
 * @param caCertificateFile {@code SSLProxyCACertificateFile}: PEM bundle; empty (with no path) = the JDK's trust store
 * @param caCertificatePath {@code SSLProxyCACertificatePath}: a folder of PEM files
 * @param machineCertificateFile {@code SSLProxyMachineCertificateFile}: PEM of our certificate and its key
 * @param passPhrase where the phrase of an encrypted key of ours comes from; {@code SSLPassPhraseDialog}
 * @param protocols {@code SSLProxyProtocol} as the JDK names them
 * @param ciphers {@code SSLProxyCipherSuite} as written; empty = the JDK's choice
 * @param revocation whether members' certificates are looked up in revocation lists
 */
public record MemberTlsConfig(
        boolean verify,
        boolean checkPeerName,
        boolean checkPeerExpire,
        Optional<Path> caCertificateFile,
        Optional<Path> caCertificatePath,
        Optional<Path> machineCertificateFile,
        PassPhrase passPhrase,
        List<String> protocols,
        String ciphers,
        RevocationConfig revocation) {
    public static final MemberTlsConfig DEFAULTS = new MemberTlsConfig(
            true,
            true,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new PassPhrase.None(),
            List.of("TLSv1.2", "TLSv1.3"),
            "",
            RevocationConfig.NONE);

    public MemberTlsConfig {
        protocols = List.copyOf(protocols);
    }
}
