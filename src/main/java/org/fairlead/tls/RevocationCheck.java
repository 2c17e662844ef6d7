package org.fairlead.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.fairlead.model.ClientCertificates.Revocation;

/**
 * A check of certificates against revocation lists that were read from files ({@code SSLCARevocationCheck},
 * {@code SSLProxyCARevocationCheck}). As with OpenSSL, a certificate whose issuer has no valid list is not accepted.
 * Immutable, thread-safe.
 *
 * @param which the certificates of a chain that are looked up
 * @param lists the lists, of any number of issuers
 */
public record RevocationCheck(Revocation which, List<X509CRL> lists) {
    public RevocationCheck {
        lists = List.copyOf(lists);
    }

    /** Adds the check to how chains are judged; nothing else asks for revocations then. */
    public void addTo(PKIXBuilderParameters parameters) throws GeneralSecurityException {
        parameters.setRevocationEnabled(false);
        if (which == Revocation.NONE) {
            return;
        }
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        Set<Option> options = EnumSet.of(Option.PREFER_CRLS, Option.NO_FALLBACK);
        if (which == Revocation.LEAF) {
            options.add(Option.ONLY_END_ENTITY);
        }
        checker.setOptions(options);
        parameters.addCertPathChecker(checker);
    }

    /**
     * Looks up a chain whose dates are not to be asked about, so that {@link #addTo} cannot judge it: lists of the past
     * are not kept. A list's signature does not matter, as it can only refuse more.
     *
     * @param chain of the peer, its own certificate first
     * @throws CertificateException if one is revoked, or its issuer has no list
     */
    public void checkUndated(X509Certificate[] chain) throws CertificateException {
        int count = which == Revocation.NONE ? 0 : which == Revocation.LEAF ? 1 : chain.length;
        for (int i = 0; i < count; i++) {
            X509Certificate certificate = chain[i];
            boolean root = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            List<X509CRL> ofIssuer = lists.stream()
                    .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                    .toList();
            if (ofIssuer.isEmpty() && !root || ofIssuer.stream().anyMatch(list -> list.isRevoked(certificate))) {
                throw new CertificateException(
                        ofIssuer.isEmpty() ? "no revocation list of its issuer" : "certificate revoked");
            }
        }
    }
}
