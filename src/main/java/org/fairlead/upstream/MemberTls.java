package org.fairlead.upstream;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.fairlead.model.MemberTlsConfig;

/** How TLS is spoken with members: {@code SSLProxy*} turned into the JDK's terms. Immutable, thread-safe. */
final class MemberTls {
    private static final char[] NO_PASSWORD = new char[0];

    private final SSLContext context;
    private final String[] protocols;
    private final Optional<String[]> ciphers;

    /** @throws IllegalArgumentException if a file cannot be used, or a protocol or cipher is unknown; it names which */
    MemberTls(MemberTlsConfig config) {
        try {
            context = SSLContext.getInstance("TLS");
            context.init(keys(config), new TrustManager[] {new MemberTrust(config, authorities(config))}, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("TLS to members cannot be set up: " + e.getMessage(), e);
        }
        protocols = protocols(config, context);
        ciphers = config.ciphers().isBlank()
                ? Optional.empty()
                : Optional.of(CipherList.parse(
                                config.ciphers(),
                                context.getSupportedSSLParameters().getCipherSuites())
                        .toArray(String[]::new));
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

    SSLContext context() {
        return context;
    }

    /** Sets what belongs to one connection: protocols, ciphers and the name asked for (SNI, RFC 6066 3). */
    void configure(SSLParameters parameters, PeerName name) {
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        ciphers.ifPresent(parameters::setCipherSuites);
        name.sni().ifPresent(parameters::setServerNames);
    }

    private static X509ExtendedTrustManager authorities(MemberTlsConfig config)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        boolean own = config.caCertificateFile().isPresent()
                || config.caCertificatePath().isPresent();
        factory.init(own ? store(config) : null);
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
            found.addAll(certificates("SSLProxyCACertificateFile", file));
        }
        if (config.caCertificatePath().isPresent()) {
            found.addAll(folder(config.caCertificatePath().get()));
        }
        KeyStore store = empty();
        for (int i = 0; i < found.size(); i++) {
            store.setCertificateEntry("ca-" + i, found.get(i));
        }
        return store;
    }

    private static List<X509Certificate> certificates(String key, Path file) throws GeneralSecurityException {
        List<X509Certificate> found;
        try {
            found = Pem.read(file).certificates();
        } catch (IOException e) {
            throw new IllegalArgumentException(key + " '" + file + "' (" + e.getMessage() + ")", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(key + " '" + file + "' (expected: PEM certificates)");
        }
        return found;
    }

    private static List<X509Certificate> folder(Path folder) throws GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path file : files) {
                Pem pem = Pem.read(file);
                found.addAll(pem.certificates());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "SSLProxyCACertificatePath '" + folder + "' (" + e.getMessage() + ")", e);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "SSLProxyCACertificatePath '" + folder + "' (expected: a folder of PEM certificates)");
        }
        return found;
    }

    private static KeyManager[] keys(MemberTlsConfig config) throws GeneralSecurityException, IOException {
        if (config.machineCertificateFile().isEmpty()) {
            return new KeyManager[0];
        }
        Path file = config.machineCertificateFile().get();
        List<X509Certificate> chain = certificates("SSLProxyMachineCertificateFile", file);
        PrivateKey key = Pem.read(file)
                .privateKey()
                .orElseThrow(() -> new IllegalArgumentException(
                        "SSLProxyMachineCertificateFile '" + file + "' (expected: a certificate and its private key)"));
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
