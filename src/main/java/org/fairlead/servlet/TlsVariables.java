package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** mod_ssl's variables as far as a container tells them. */
final class TlsVariables {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private TlsVariables() {}

    static Optional<String> read(HttpServletRequest request, String name) {
        return switch (name) {
            case "HTTPS" -> Optional.of("on");
            case "SSL_CIPHER" -> attribute(request, "jakarta.servlet.request.cipher_suite");
            case "SSL_CIPHER_USEKEYSIZE" -> attribute(request, "jakarta.servlet.request.key_size");
            case "SSL_SESSION_ID" -> attribute(request, "jakarta.servlet.request.ssl_session_id");
            case "SSL_PROTOCOL" ->
                attribute(request, "jakarta.servlet.request.secure_protocol")
                        .or(() -> attribute(request, "org.apache.tomcat.util.net.secure_protocol_version"));
            case "SSL_CLIENT_VERIFY" -> Optional.of(clientCertificate(request).isPresent() ? "SUCCESS" : "NONE");
            case "SSL_CLIENT_S_DN" ->
                clientCertificate(request).map(c -> c.getSubjectX500Principal().getName());
            case "SSL_CLIENT_I_DN" ->
                clientCertificate(request).map(c -> c.getIssuerX500Principal().getName());
            case "SSL_CLIENT_M_SERIAL" ->
                clientCertificate(request)
                        .map(c -> c.getSerialNumber().toString(16).toUpperCase(java.util.Locale.ROOT));
            default -> Optional.empty();
        };
    }

    private static Optional<String> attribute(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getAttribute(name)).map(Object::toString);
    }

    private static Optional<X509Certificate> clientCertificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }
}
