package org.fairlead.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.exchange.TlsAgreement;
import org.fairlead.tls.CertificateVariables;
import org.fairlead.tls.CipherNames;

/**
 * Variables of mod_ssl as far as a container supplies them. Attributes that begin with {@code org.fairlead} come from
 * the executable jar. Elsewhere they are left out, and a certificate that the container has accepted counts as valid.
 */
final class TlsVariables {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String CLIENT = "SSL_CLIENT_";
    private static final String CHAIN = "SSL_CLIENT_CERT_CHAIN_";
    private static final String SERVER = "SSL_SERVER_";

    /** Attribute of a request, a Boolean: whether whole names are written in OpenSSL's old form. */
    static final String LEGACY_NAMES = "org.fairlead.tls.legacy-names";

    private TlsVariables() {}

    static Optional<String> read(HttpServletRequest request, String written) {
        boolean legacy = Boolean.TRUE.equals(request.getAttribute(LEGACY_NAMES));
        String name = written.toUpperCase(Locale.ROOT);
        Optional<String> ofConnection = ofConnection(request, name);
        if (ofConnection.isPresent()) {
            return ofConnection;
        }
        X509Certificate[] client = certificates(request, CERTIFICATES);
        if (name.startsWith(CHAIN)) {
            return inChain(client, name.substring(CHAIN.length()));
        } else if (name.startsWith(CLIENT)) {
            return of(client, name.substring(CLIENT.length()), legacy);
        } else if (name.startsWith(SERVER)) {
            return of(
                    certificates(request, LauncherAttributes.TLS_SERVER_CHAIN),
                    name.substring(SERVER.length()),
                    legacy);
        }
        return Optional.empty();
    }

    private static Optional<String> ofConnection(HttpServletRequest request, String name) {
        return switch (name) {
            case "HTTPS" -> Optional.of("on");
            case "SSL_CIPHER" ->
                attribute(request, "jakarta.servlet.request.cipher_suite").map(CipherNames::openSsl);
            case "SSL_CIPHER_USEKEYSIZE", "SSL_CIPHER_ALGKEYSIZE" ->
                attribute(request, "jakarta.servlet.request.key_size");
            case "SSL_CIPHER_EXPORT" -> Optional.of("false");
            case "SSL_COMPRESS_METHOD" -> Optional.of("NULL");
            case "SSL_SECURE_RENEG" -> Optional.of("true");
            case "SSL_SESSION_ID" ->
                attribute(request, "jakarta.servlet.request.ssl_session_id").map(id -> id.toUpperCase(Locale.ROOT));
            case "SSL_PROTOCOL" ->
                attribute(request, "jakarta.servlet.request.secure_protocol")
                        .or(() -> attribute(request, "org.apache.tomcat.util.net.secure_protocol_version"));
            case "SSL_TLS_SNI" -> agreement(request).map(TlsAgreement::name).filter(sent -> !sent.isEmpty());
            case "SSL_CLIENT_VERIFY" ->
                attribute(request, LauncherAttributes.TLS_VERDICT)
                        .or(() -> Optional.of(certificates(request, CERTIFICATES).length > 0 ? "SUCCESS" : "NONE"));
            default -> Optional.empty();
        };
    }

    /** Settings by which the connection was made; empty in a container. */
    static Optional<TlsAgreement> agreement(HttpServletRequest request) {
        return request.getAttribute(LauncherAttributes.TLS_AGREEMENT) instanceof TlsAgreement agreement
                ? Optional.of(agreement)
                : Optional.empty();
    }

    private static Optional<String> attribute(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getAttribute(name)).map(Object::toString);
    }

    private static X509Certificate[] certificates(HttpServletRequest request, String attribute) {
        return request.getAttribute(attribute) instanceof X509Certificate[] chain ? chain : new X509Certificate[0];
    }

    private static Optional<String> of(X509Certificate[] chain, String name, boolean legacy) {
        return chain.length == 0 ? Optional.empty() : new CertificateVariables(chain[0]).read(name, legacy);
    }

    /** Numbers begin behind the client's own certificate, which OpenSSL's chain of a client has not. */
    private static Optional<String> inChain(X509Certificate[] chain, String number) {
        int index = number.matches("\\d{1,4}") ? Integer.parseInt(number) + 1 : chain.length;
        return index < chain.length ? Optional.of(new CertificateVariables(chain[index]).pem()) : Optional.empty();
    }
}
