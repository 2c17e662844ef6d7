package org.fairlead.connector;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.fairlead.model.ClientCertificates;
import org.fairlead.model.ClientCertificates.Verify;
import org.fairlead.tls.RevocationCheck;
import org.fairlead.tls.TlsFiles;

/** Verifier of client certificates by {@code SSLVerifyClient} and related directives. Immutable, thread-safe. */
final class ClientTrust extends X509ExtendedTrustManager {
    private static final X509Certificate[] NONE = {};

    private final ClientCertificates clients;
    private final Optional<X509ExtendedTrustManager> judge;
    private final Set<X509Certificate> authorities;
    private final X509Certificate[] named;

    private ClientTrust(
            ClientCertificates clients,
            Optional<X509ExtendedTrustManager> judge,
            List<X509Certificate> authorities,
            List<X509Certificate> named) {
        this.clients = clients;
        this.judge = judge;
        this.authorities = Set.copyOf(authorities);
        this.named = named.toArray(NONE);
    }

    static ClientTrust of(ClientCertificates clients, TlsFiles files) throws GeneralSecurityException {
        List<X509Certificate> named = files.named().isEmpty() ? files.authorities() : files.named();
        Optional<X509ExtendedTrustManager> judge =
                clients.asks() && !files.authorities().isEmpty()
                        ? Optional.of(judge(clients, files))
                        : Optional.empty();
        return new ClientTrust(clients, judge, files.authorities(), clients.asks() ? named : List.of());
    }

    private static X509ExtendedTrustManager judge(ClientCertificates clients, TlsFiles files)
            throws GeneralSecurityException {
        PKIXBuilderParameters parameters =
                new PKIXBuilderParameters(anchors(files.authorities()), new X509CertSelector());
        parameters.addCertStore(store(files.authorities()));
        parameters.setMaxPathLength(clients.depth());
        new RevocationCheck(clients.revocation(), files.revoked()).addTo(parameters);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /** Self-signed authorities; an authority under another one is trusted by itself only where none is self-signed. */
    private static Set<TrustAnchor> anchors(Collection<X509Certificate> authorities) {
        Set<TrustAnchor> roots = new HashSet<>();
        Set<TrustAnchor> all = new HashSet<>();
        for (X509Certificate authority : authorities) {
            TrustAnchor anchor = new TrustAnchor(authority, null);
            all.add(anchor);
            if (authority.getSubjectX500Principal().equals(authority.getIssuerX500Principal())) {
                roots.add(anchor);
            }
        }
        return roots.isEmpty() ? all : roots;
    }

    /**
     * Value of {@code SSL_CLIENT_VERIFY} for a client that was accepted with this chain.
     *
     * @param chain empty = the client showed no certificate
     */
    String verdict(X509Certificate[] chain) {
        if (chain.length == 0) {
            return "NONE";
        }
        if (clients.verify() != Verify.OPTIONAL_NO_CA) {
            return "SUCCESS";
        }
        try {
            judge(chain, chain[0].getPublicKey().getAlgorithm());
            return "SUCCESS";
        } catch (CertificateException e) {
            return isOfUnknownAuthority(e) ? "GENEROUS" : "FAILED:" + reason(e);
        }
    }

    private void judge(X509Certificate[] chain, String type) throws CertificateException {
        if (clients.depth() == 0 && !authorities.contains(chain[0])) {
            throw new CertificateException("SSLVerifyDepth 0, and the client's certificate is not among those trusted");
        }
        if (judge.isEmpty()) {
            chain[0].checkValidity();
            throw new UnknownAuthorityException();
        }
        judge.get().checkClientTrusted(chain, type);
        if (!authorities.contains(chain[0])) {
            checkDepth(chain);
        }
    }

    /** The JDK's trust manager does not check the maximum path length where the client has shown a whole chain. */
    private void checkDepth(X509Certificate[] chain) throws CertificateException {
        X509CertSelector client = new X509CertSelector();
        client.setCertificate(chain[0]);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors(authorities), client);
            parameters.addCertStore(store(authorities));
            parameters.addCertStore(store(List.of(chain)));
            // httpd counts the authority that is trusted, the JDK only those between it and the client.
            parameters.setMaxPathLength(clients.depth() - 1);
            parameters.setRevocationEnabled(false);
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException e) {
            throw new TooDeepException(clients.depth(), e);
        }
    }

    private static CertStore store(Collection<?> content) throws GeneralSecurityException {
        return CertStore.getInstance("Collection", new CollectionCertStoreParameters(content));
    }

    private static final class TooDeepException extends CertificateException {
        TooDeepException(int depth, GeneralSecurityException cause) {
            super("its authority is further up than SSLVerifyDepth " + depth, cause);
        }
    }

    private static final class UnknownAuthorityException extends CertificateException {
        UnknownAuthorityException() {
            super("no authority is named that could have issued it");
        }
    }

    /** Whether the only fault of a certificate is that its issuer is unknown. */
    private static boolean isOfUnknownAuthority(CertificateException failure) {
        if (failure instanceof UnknownAuthorityException || failure instanceof TooDeepException) {
            return failure instanceof UnknownAuthorityException;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException invalid) {
                return invalid.getReason() == PKIXReason.NO_TRUST_ANCHOR;
            }
        }
        return failure.getCause() instanceof java.security.cert.CertPathBuilderException;
    }

    private static String reason(CertificateException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException invalid) {
                if (invalid.getReason() == BasicReason.EXPIRED) {
                    return "certificate has expired";
                } else if (invalid.getReason() == BasicReason.REVOKED) {
                    return "certificate revoked";
                }
            }
        }
        return "certificate not accepted";
    }

    private void check(X509Certificate[] chain, String type) throws CertificateException {
        try {
            judge(chain, type);
        } catch (CertificateException e) {
            if (clients.verify() != Verify.OPTIONAL_NO_CA || !isOfUnknownAuthority(e)) {
                throw e;
            }
            chain[0].checkValidity();
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("only clients are judged here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("only clients are judged here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("only clients are judged here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return named.clone();
    }
}
