package org.fairlead.upstream;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.tls.RevocationCheck;

/**
 * Judges a member's certificate by three separate questions, as httpd does: its issuer ({@code SSLProxyVerify}), its
 * dates ({@code SSLProxyCheckPeerExpire}) and its name ({@code SSLProxyCheckPeerName}). Thread-safe.
 */
final class MemberTrust extends X509ExtendedTrustManager {
    private static final DefaultHostnameVerifier NAMES = new DefaultHostnameVerifier();

    private final MemberTlsConfig config;
    private final X509ExtendedTrustManager authorities;
    private final RevocationCheck revocation;

    /** The certificate is for another name. */
    static final class WrongNameException extends CertificateException {
        WrongNameException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** @param authorities ask for revocations too; {@code revocation} is for chains that they find out of date */
    MemberTrust(MemberTlsConfig config, X509ExtendedTrustManager authorities, RevocationCheck revocation) {
        this.config = config;
        this.revocation = revocation;
        this.authorities = authorities;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (config.checkPeerExpire()) {
            chain[0].checkValidity();
        }
        if (config.verify()) {
            checkIssuer(chain, authType, engine);
        }
        if (config.checkPeerName()) {
            checkName(engine.getHandshakeSession().getPeerHost(), chain[0]);
        }
    }

    private void checkIssuer(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        try {
            authorities.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            if (config.checkPeerExpire() || !isAboutDates(e)) {
                throw e;
            }
            revocation.checkUndated(chain);
            checkIssuerThen(chain);
        }
    }

    private static boolean isAboutDates(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException || t instanceof CertificateNotYetValidException) {
                return true;
            }
        }
        return false;
    }

    /** Checks the chain as of a day on which all of it was valid. */
    private void checkIssuerThen(X509Certificate[] chain) throws CertificateException {
        long day = Arrays.stream(chain)
                        .mapToLong(c -> c.getNotAfter().getTime())
                        .min()
                        .orElseThrow()
                - 1000;
        long start = Arrays.stream(chain)
                .mapToLong(c -> c.getNotBefore().getTime())
                .max()
                .orElseThrow();
        Set<TrustAnchor> anchors = Arrays.stream(authorities.getAcceptedIssuers())
                .map(issuer -> new TrustAnchor(issuer, null))
                .collect(Collectors.toSet());
        X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain[0]);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(Math.max(day, start)));
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    private static void checkName(String host, X509Certificate certificate) throws CertificateException {
        try {
            NAMES.verify(host, certificate);
        } catch (SSLException e) {
            throw new WrongNameException(e.getMessage(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only a TLS engine tells the member's name");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("members are servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
