package org.fairlead.upstream;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;

/** Describes in one line why TLS to a member failed, so that an operator knows which setting to change. */
final class TlsFailure {
    private TlsFailure() {}

    /** Returns the cause: expired, unknown CA, wrong name, protocol, or the JDK's own message. */
    static String describe(Throwable failure) {
        if (find(failure, CertificateExpiredException.class).isPresent()) {
            return "certificate has expired (SSLProxyCheckPeerExpire): " + root(failure);
        }
        if (find(failure, CertificateNotYetValidException.class).isPresent()) {
            return "certificate is not yet valid (SSLProxyCheckPeerExpire): " + root(failure);
        }
        Optional<Reason> reason =
                find(failure, CertPathValidatorException.class).map(CertPathValidatorException::getReason);
        if (reason.filter(r -> r == BasicReason.REVOKED).isPresent()) {
            return "certificate is revoked (SSLProxyCARevocationCheck): " + root(failure);
        }
        if (reason.filter(r -> r == BasicReason.UNDETERMINED_REVOCATION_STATUS).isPresent()) {
            return "no valid revocation list tells about the certificate (SSLProxyCARevocationFile): " + root(failure);
        }
        if (find(failure, CertPathBuilderException.class).isPresent()) {
            return "certificate is from an unknown CA (SSLProxyCACertificateFile): " + root(failure);
        }
        String text = root(failure);
        if (find(failure, MemberTrust.WrongNameException.class).isPresent()) {
            return "certificate is for another name (SSLProxyCheckPeerName): " + text;
        }
        if (text.contains("protocol_version")
                || text.contains("protocol version")
                || text.contains("protocol is disabled")) {
            return "no common TLS protocol (SSLProxyProtocol): " + text;
        }
        if (text.contains("handshake_failure") || text.contains("cipher suites in common")) {
            return "handshake refused, no common protocol or cipher (SSLProxyProtocol, SSLProxyCipherSuite) or a"
                    + " certificate of ours is wanted (SSLProxyMachineCertificateFile): " + text;
        }
        if (text.contains("certificate_required") || text.contains("bad_certificate")) {
            return "the member wants a certificate of ours (SSLProxyMachineCertificateFile): " + text;
        }
        return "TLS failed: " + text;
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }

    private static String root(Throwable failure) {
        Throwable t = failure;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return String.valueOf(t.getMessage());
    }
}
