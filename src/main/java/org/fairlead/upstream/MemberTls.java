package org.fairlead.upstream;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.fairlead.model.ClientCertificates.Revocation;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.RevocationConfig;
import org.fairlead.tls.CipherList;
import org.fairlead.tls.PemException;
import org.fairlead.tls.PemFile;
import org.fairlead.tls.PhraseReader;
import org.fairlead.tls.RevocationCheck;

/** TLS settings towards members: {@code SSLProxy*} turned into the JDK's terms. Immutable, thread-safe. */
final class MemberTls {
    private static final String MACHINE = "SSLProxyMachineCertificateFile";
    private static final char[] NO_PASSWORD = new char[0];

    private final SSLContext context;
    private final String[] protocols;
    private final Optional<String[]> ciphers;

    /** @throws IllegalArgumentException if a file cannot be used, or a protocol or cipher is unknown; it names which */
    MemberTls(MemberTlsConfig config) {
        try {
            context = SSLContext.getInstance("TLS");
            RevocationCheck revocation = revocation(config.revocation());
            MemberTrust trust = new MemberTrust(config, authorities(config, revocation), revocation);
            context.init(keys(config), new TrustManager[] {trust}, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS to members cannot be set up: " + e.getMessage(), e);
        }
        protocols = protocols(config, context);
        ciphers = config.ciphers().isBlank() ? Optional.empty() : Optional.of(ciphers(config.ciphers()));
    }

    private static String[] ciphers(String list) {
        try {
            return CipherList.parse(list, CipherList.supported()).toArray(String[]::new);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("SSLProxyCipherSuite " + e.getMessage(), e);
        }
    }

    private static String[] protocols(MemberTlsConfig config, SSLContext context) {
        List<String> supported = List.of(context.getSupportedSSLParameters().getProtocols());
        for (String protocol : config.protocols()) {
            if (!supported.contains(protocol)) {
                throw new IllegalArgumentException(
                        "SSLProxyProtocol '" + protocol + "' (expected: " + String.join(", ", supported) + ")");
            }
        }
        return config.protocols().toArray(String[]::new);
    }

    /**
     * Makes the engine of one connection, with its protocols, ciphers and server name (SNI, RFC 6066 3). Sessions of
     * earlier connections for the same name and port are resumed.
     */
    SSLEngine engine(PeerName name, int port) {
        SSLEngine engine = context.createSSLEngine(name.text(), port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        ciphers.ifPresent(parameters::setCipherSuites);
        name.sni().ifPresent(parameters::setServerNames);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static X509ExtendedTrustManager authorities(MemberTlsConfig config, RevocationCheck revocation)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        boolean own = config.caCertificateFile().isPresent()
                || config.caCertificatePath().isPresent();
        factory.init(own ? store(config) : null);
        X509ExtendedTrustManager unrevoked = manager(factory);
        if (revocation.which() == Revocation.NONE) {
            return unrevoked;
        }
        Set<TrustAnchor> anchors = Arrays.stream(unrevoked.getAcceptedIssuers())
                .map(issuer -> new TrustAnchor(issuer, null))
                .collect(Collectors.toSet());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        revocation.addTo(parameters);
        TrustManagerFactory checking = TrustManagerFactory.getInstance("PKIX");
        checking.init(new CertPathTrustManagerParameters(parameters));
        return manager(checking);
    }

    private static RevocationCheck revocation(RevocationConfig config) {
        List<X509CRL> lists = new ArrayList<>();
        config.file().ifPresent(file -> lists.addAll(read("SSLProxyCARevocationFile", file, PemFile::revocations)));
        config.path()
                .ifPresent(folder -> lists.addAll(read("SSLProxyCARevocationPath", folder, PemFile::revocationFolder)));
        return new RevocationCheck(config.check(), lists);
    }

    private static X509ExtendedTrustManager manager(TrustManagerFactory factory) throws GeneralSecurityException {
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("the JDK offers no X.509 trust manager");
    }

    private static KeyStore store(MemberTlsConfig config) throws GeneralSecurityException, IOException {
        List<X509Certificate> found = new ArrayList<>();
        if (config.caCertificateFile().isPresent()) {
            Path file = config.caCertificateFile().get();
            found.addAll(read("SSLProxyCACertificateFile", file, PemFile::certificates));
        }
        if (config.caCertificatePath().isPresent()) {
            Path folder = config.caCertificatePath().get();
            found.addAll(read("SSLProxyCACertificatePath", folder, PemFile::folder));
        }
        KeyStore store = empty();
        for (int i = 0; i < found.size(); i++) {
            store.setCertificateEntry("ca-" + i, found.get(i));
        }
        return store;
    }

    /** One read of a file or folder. */
    private interface Look<T> {
        T at(Path file) throws PemException;
    }

    private static <T> T read(String key, Path file, Look<T> look) {
        try {
            return look.at(file);
        } catch (PemException e) {
            throw new IllegalArgumentException(key + " '" + file + "' (expected: " + e.getMessage() + ")", e);
        }
    }

    private static KeyManager[] keys(MemberTlsConfig config) throws GeneralSecurityException, IOException {
        if (config.machineCertificateFile().isEmpty()) {
            return new KeyManager[0];
        }
        Path file = config.machineCertificateFile().get();
        List<X509Certificate> chain = read(MACHINE, file, PemFile::certificates);
        PhraseReader phrase = PhraseReader.ofMember(config.passPhrase(), file);
        PrivateKey key = read(MACHINE, file, at -> PemFile.key(at, phrase, file, chain.get(0)));
        KeyStore store = empty();
        store.setKeyEntry("machine", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
