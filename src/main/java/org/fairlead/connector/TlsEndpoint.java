package org.fairlead.connector;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.tomcat.util.net.SSLSupport;
import org.fairlead.exchange.LauncherAttributes;
import org.fairlead.exchange.TlsAgreement;

/**
 * TLS state of one connection, for Tomcat and for the servlet. The handshake settles all of it, so the JDK is asked
 * once and not for every request. Concurrent requests of one HTTP/2 connection may compute the same value twice.
 */
final class TlsEndpoint implements SSLSupport {
    private static final X509Certificate[] NOBODY = {};

    private final ClientTrust trust;
    private final TlsAgreement agreement;
    private final SSLSupport session;
    private final X509Certificate[] client;
    private final X509Certificate[] server;
    private Optional<Known> known = Optional.empty();
    private String verdict = "";

    /**
     * @param trust verifier of the client's certificate
     * @param name that the client has sent (SNI); empty = none
     * @param session Tomcat's view of it, after the handshake
     */
    TlsEndpoint(TlsHost host, ClientTrust trust, String name, SSLSupport session) throws IOException {
        this.trust = trust;
        this.agreement = new TlsAgreement(
                name, host.config().clients().toString(), host.config().agreement());
        this.session = session;
        // To ask for an absent certificate costs an exception.
        X509Certificate[] shown = host.config().clients().asks() ? session.getPeerCertificateChain() : NOBODY;
        this.client = shown == null ? NOBODY : shown;
        X509Certificate[] own = session.getLocalCertificateChain();
        this.server = own == null ? NOBODY : own;
    }

    /**
     * Publishes the TLS state to the servlet: the API's attributes lack the SNI name, the verifier and the certificate
     * shown.
     */
    void publish(Request request) {
        request.setAttribute(LauncherAttributes.TLS_AGREEMENT, agreement);
        request.setAttribute(LauncherAttributes.TLS_SERVER_CHAIN, server);
        if (client.length > 0) {
            request.setAttribute(LauncherAttributes.TLS_VERDICT, verdict());
        }
    }

    private String verdict() {
        if (verdict.isEmpty()) {
            verdict = trust.verdict(client);
        }
        return verdict;
    }

    @Override
    public X509Certificate[] getPeerCertificateChain() {
        return client.length == 0 ? null : client;
    }

    @Override
    public X509Certificate[] getLocalCertificateChain() {
        return server;
    }

    @Override
    public String getCipherSuite() throws IOException {
        return known().cipherSuite();
    }

    @Override
    public Integer getKeySize() throws IOException {
        return known().keySize();
    }

    @Override
    public String getSessionId() throws IOException {
        return known().sessionId();
    }

    @Override
    public String getProtocol() throws IOException {
        return known().protocol();
    }

    @Override
    public String getRequestedProtocols() throws IOException {
        return known().requestedProtocols();
    }

    @Override
    public String getRequestedCiphers() throws IOException {
        return known().requestedCiphers();
    }

    private Known known() throws IOException {
        if (known.isEmpty()) {
            known = Optional.of(Known.of(session));
        }
        return known.get();
    }

    /** Values that Tomcat asks for with each HTTP/2 request and the JDK computes each time; null = not there. */
    private record Known(
            String cipherSuite,
            Integer keySize,
            String sessionId,
            String protocol,
            String requestedProtocols,
            String requestedCiphers) {
        static Known of(SSLSupport session) throws IOException {
            return new Known(
                    session.getCipherSuite(),
                    session.getKeySize(),
                    session.getSessionId(),
                    session.getProtocol(),
                    session.getRequestedProtocols(),
                    session.getRequestedCiphers());
        }
    }
}
