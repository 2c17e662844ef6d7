package org.fairlead.connector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.tomcat.util.net.SSLContext;
import org.fairlead.files.FileFingerprint;
import org.fairlead.model.CertificateConfig;
import org.fairlead.tls.CipherList;
import org.fairlead.tls.TlsFiles;

/**
 * TLS settings of one host, from which Tomcat makes connections: the state of its files when they were last read and
 * found valid. New files make a new context, so that connections and their sessions never mix two certificates, nor the
 * verdicts of two sets of authorities. Thread-safe; {@link #look} is for one thread at a time.
 */
final class TlsHost implements SSLContext {
    private static final System.Logger LOG = System.getLogger(TlsHost.class.getName());

    private static final char[] NO_PASSWORD = {};

    private final CertificateConfig config;
    private final String[] ciphers;
    private volatile Live live;
    private Map<Path, String> known;
    private Map<Path, String> seen;

    /** Result of one reading of the files. */
    private record Live(javax.net.ssl.SSLContext context, ClientTrust trust, List<List<X509Certificate>> chains) {}

    /** @throws IllegalArgumentException if the files cannot serve */
    TlsHost(CertificateConfig config) {
        this.config = config;
        String list = config.ciphers().isEmpty() ? CipherList.DEFAULT : config.ciphers();
        this.ciphers = CipherList.parse(list, CipherList.supported()).toArray(String[]::new);
        this.known = state();
        this.seen = known;
        try {
            this.live = made(config);
        } catch (TlsFiles.UnfitException | GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    CertificateConfig config() {
        return config;
    }

    /** Configures one connection: its suites, the most wanted first, and whether a certificate is asked for. */
    void configure(SSLEngine engine) {
        engine.setEnabledCipherSuites(ciphers);
        switch (config.clients().verify()) {
            case NONE -> {}
            case REQUIRE -> engine.setNeedClientAuth(true);
            case OPTIONAL, OPTIONAL_NO_CA -> engine.setWantClientAuth(true);
        }
    }

    /** Current verifier of clients' certificates. */
    ClientTrust trust() {
        return live.trust;
    }

    /**
     * Polls the files and takes over new ones, if two polls in a row have found the same change: a process that writes
     * several of them, or a long one, can finish. Invalid files are logged once, and the previous ones stay in use.
     */
    void look() {
        Map<Path, String> now = state();
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled || now.equals(known)) {
            return;
        }
        known = now;
        try {
            Live next = made(config);
            boolean renewed = !next.chains.equals(live.chains);
            live = next;
            if (renewed) {
                next.chains.forEach(chain -> tell(chain.get(0)));
            } else {
                LOG.log(System.Logger.Level.INFO, "TLS files of {0} read anew", config.certificateFile());
            }
        } catch (TlsFiles.UnfitException | GeneralSecurityException | IOException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "new TLS files are not taken over, what was read before stays: {0}",
                    e.getMessage());
        }
    }

    private void tell(X509Certificate leaf) {
        String what = config.certificateFile() + " (serial "
                + leaf.getSerialNumber().toString(16) + ", until "
                + leaf.getNotAfter().toInstant() + ")";
        try {
            leaf.checkValidity();
            LOG.log(System.Logger.Level.INFO, "certificate {0} taken over", what);
        } catch (CertificateException e) {
            LOG.log(System.Logger.Level.WARNING, "certificate {0} taken over, but it is not valid now", what);
        }
    }

    private static Live made(CertificateConfig config)
            throws TlsFiles.UnfitException, GeneralSecurityException, IOException {
        TlsFiles files = TlsFiles.read(config);
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, NO_PASSWORD);
        for (TlsFiles.Identity identity : files.identities()) {
            // Of two with keys of one kind the later one is shown, as with OpenSSL.
            String alias = "host-" + identity.key().getAlgorithm();
            store.setKeyEntry(
                    alias, identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        ClientTrust trust = ClientTrust.of(config.clients(), files);
        javax.net.ssl.SSLContext context = ServerContexts.create(config);
        context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
        return new Live(
                context,
                trust,
                files.identities().stream().map(TlsFiles.Identity::chain).toList());
    }

    /** Fingerprint of the files. A folder's files are included: a file that is rewritten keeps its name. */
    private Map<Path, String> state() {
        List<Path> files = new ArrayList<>();
        for (CertificateConfig.Pair pair : config.pairs()) {
            files.add(pair.certificate());
            files.add(pair.key());
        }
        config.chainFile().ifPresent(files::add);
        for (Path file : config.clients().files()) {
            files.add(file);
            files.addAll(within(file));
        }
        return FileFingerprint.of(files);
    }

    private static List<Path> within(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public SSLEngine createSSLEngine() {
        return live.context.createSSLEngine();
    }

    /** Does nothing: Tomcat calls it on contexts that it has made itself. */
    @Override
    public void init(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    public void destroy() {}

    @Override
    public SSLSessionContext getServerSessionContext() {
        return live.context.getServerSessionContext();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return live.context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return live.context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return live.chains.get(0).toArray(X509Certificate[]::new);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return live.trust.getAcceptedIssuers();
    }
}
