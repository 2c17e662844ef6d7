package org.fairlead.engine;

import java.util.Optional;
import java.util.function.Predicate;
import org.fairlead.exchange.Exchange;
import org.fairlead.exchange.TlsAgreement;
import org.fairlead.http.RefusedException;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.ClientCertificates.Verify;

/**
 * The SNI check: refuses requests for a host whose TLS settings the connection does not satisfy. Else a client that
 * names one host in its handshake (SNI) and another in its request would get in without the other host's required
 * certificate. Immutable.
 */
final class SniCheck {
    private final boolean speaksTls;
    private final String settings;
    private final String clients;
    private final boolean asks;

    /** @param tls of the host; empty = it requires nothing */
    SniCheck(Optional<CertificateConfig> tls) {
        this.speaksTls = tls.isPresent();
        this.settings = tls.map(CertificateConfig::agreement).orElse("");
        this.clients = tls.map(config -> config.clients().toString()).orElse("");
        this.asks = tls.filter(config -> config.clients().verify() == Verify.REQUIRE)
                .isPresent();
    }

    /**
     * Lets a request pass.
     *
     * @param isOwnName whether a name is one of the host's; its present certificate does not matter then
     * @throws RefusedException 421 (RFC 9110 15.5.20) for one on a connection that was made by other settings, as
     *     httpd's SSLVHostSNIPolicy secure; 403 for one without the certificate that the host requires, whatever
     *     settings made it
     */
    void check(Exchange exchange, Predicate<String> isOwnName) throws RefusedException {
        if (!speaksTls) {
            return;
        }
        Optional<TlsAgreement> made = exchange.tlsAgreement();
        if (made.isPresent() && isMisdirected(made.get(), isOwnName)) {
            throw new RefusedException(421, "the connection was made for a host with other TLS settings");
        }
        if (asks && !exchange.tlsVariable("SSL_CLIENT_VERIFY").orElse("").equals("SUCCESS")) {
            throw new RefusedException(403, "SSLVerifyClient require, and the client has shown no certificate");
        }
    }

    private boolean isMisdirected(TlsAgreement made, Predicate<String> isOwnName) {
        return !made.clients().equals(clients) || !made.settings().equals(settings) && !isOwnName.test(made.name());
    }
}
