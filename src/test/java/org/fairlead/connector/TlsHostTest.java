package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.ClientCertificates;
import org.fairlead.model.PassPhrase;
import org.fairlead.model.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsHostTest {
    private static final Path FIXTURES = Path.of("src/test/resources/org/fairlead/config/tls");
    private static final Logger LOG = Logger.getLogger(TlsHost.class.getName());

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private final List<String> told = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void write() throws Exception {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        copy("rsa.crt", certificate);
        copy("rsa.key", key);
        LOG.addHandler(listener);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(listener);
        LOG.setUseParentHandlers(true);
    }

    private static void copy(String fixture, Path to) throws Exception {
        Files.write(to, Files.readAllBytes(FIXTURES.resolve(fixture)));
    }

    private void rename(String fixture, Path to) throws Exception {
        Path fresh = folder.resolve("fresh");
        copy(fixture, fresh);
        Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private TlsHost host() {
        return new TlsHost(config(ClientCertificates.NONE));
    }

    private CertificateConfig config(ClientCertificates clients) {
        return config(clients, true);
    }

    private CertificateConfig config(ClientCertificates clients, boolean tickets) {
        return new CertificateConfig(
                List.of("www.example.com"),
                443,
                List.of(new CertificateConfig.Pair(certificate, key)),
                Optional.empty(),
                new PassPhrase.None(),
                List.of("TLSv1.3"),
                "",
                List.of(),
                false,
                tickets,
                false,
                clients,
                Source.NONE);
    }

    @ParameterizedTest(name = "{0} {1} is shown {2}")
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,   RSA",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, EC",
        "TLSv1.3, TLS_AES_128_GCM_SHA256,                  EC"
    })
    void aClientIsShownTheCertificateThatItCanVerify(String protocol, String cipher, String algorithm)
            throws Exception {
        Path ec = folder.resolve("ec.crt");
        Path ecKey = folder.resolve("ec.key");
        copy("ec.crt", ec);
        copy("ec.key", ecKey);
        CertificateConfig config = new CertificateConfig(
                List.of("www.example.com"),
                443,
                List.of(new CertificateConfig.Pair(certificate, key), new CertificateConfig.Pair(ec, ecKey)),
                Optional.empty(),
                new PassPhrase.None(),
                List.of(protocol),
                "",
                List.of(),
                false,
                true,
                false,
                ClientCertificates.NONE,
                Source.NONE);
        SSLEngine client = trustingAll().createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {protocol});
        client.setEnabledCipherSuites(new String[] {cipher});
        SSLEngine server = new TlsHost(config).createSSLEngine();
        server.setUseClientMode(false);
        shakeHands(client, server);
        assertThat(client.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm())
                .isEqualTo(algorithm);
    }

    private static SSLContext trustingAll() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustingAll()}, null);
        return context;
    }

    private static final class TrustingAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Carries what one says to the other until the client has finished. */
    private static void shakeHands(SSLEngine client, SSLEngine server) throws Exception {
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        for (int i = 0; i < 100 && client.getSession().getCipherSuite().contains("NULL"); i++) {
            step(client, toServer, toClient);
            step(server, toClient, toServer);
        }
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws Exception {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_UNWRAP) {
            in.flip();
            engine.unwrap(in, ByteBuffer.allocate(1 << 16));
            in.compact();
        } else {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
    }

    @Test
    void withoutAListClientsAreOfferedForwardSecretAeadSuitesOnly() {
        TlsHost host = host();
        SSLEngine engine = host.createSSLEngine();
        host.configure(engine);
        assertThat(engine.getEnabledCipherSuites())
                .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .allSatisfy(suite -> assertThat(suite).doesNotContain("_CBC_", "_anon_", "_NULL_", "TLS_RSA_"));
    }

    private static String shown(TlsHost host) {
        X509Certificate leaf = host.getCertificateChain("host")[0];
        return leaf.getPublicKey().getAlgorithm();
    }

    @Test
    void aPairThatIsRenamedOverTheOldOneIsTakenOverOnceItRests() throws Exception {
        TlsHost host = host();
        host.look();
        rename("ec.crt", certificate);
        rename("ec.key", key);
        host.look();
        assertThat(shown(host)).isEqualTo("RSA");
        host.look();
        assertThat(shown(host)).isEqualTo("EC");
        assertThat(told).singleElement().asString().startsWith("INFO certificate " + certificate + " (serial ");
    }

    @Test
    void aPairOfWhichOneFileComesLaterIsTakenOverWithTheSecond() throws Exception {
        TlsHost host = host();
        copy("ec.crt", certificate);
        host.look();
        copy("ec.key", key);
        host.look();
        assertThat(shown(host)).isEqualTo("RSA");
        host.look();
        assertThat(shown(host)).isEqualTo("EC");
        assertThat(told).hasSize(1);
    }

    @Test
    void aLinkThatLeadsElsewhereIsAChange() throws Exception {
        Files.delete(certificate);
        Files.delete(key);
        Files.createSymbolicLink(certificate, FIXTURES.resolve("rsa.crt").toAbsolutePath());
        Files.createSymbolicLink(key, FIXTURES.resolve("rsa.key").toAbsolutePath());
        TlsHost host = host();
        Files.delete(certificate);
        Files.delete(key);
        Files.createSymbolicLink(certificate, FIXTURES.resolve("ec.crt").toAbsolutePath());
        Files.createSymbolicLink(key, FIXTURES.resolve("ec.key").toAbsolutePath());
        host.look();
        host.look();
        assertThat(shown(host)).isEqualTo("EC");
    }

    @Test
    void whatCannotServeIsToldOnceWithItsReasonAndTheOldOneStays() throws Exception {
        TlsHost host = host();
        copy("ec.key", key);
        for (int i = 0; i < 4; i++) {
            host.look();
        }
        assertThat(shown(host)).isEqualTo("RSA");
        assertThat(told)
                .containsExactly("SEVERE new TLS files are not taken over, what was read before stays:"
                        + " SSLCertificateKeyFile '" + key + "' (expected: the key of the certificate in " + certificate
                        + ", which is another one's)");

        copy("text.pem", certificate);
        host.look();
        host.look();
        assertThat(told).hasSize(2);
        assertThat(told.get(1))
                .contains("SSLCertificateFile '" + certificate + "' (expected: a file with certificates");

        copy("rsa.crt", certificate);
        copy("rsa.key", key);
        host.look();
        host.look();
        assertThat(told).hasSize(3);
        assertThat(told.get(2)).isEqualTo("INFO TLS files of " + certificate + " read anew");
    }

    @Test
    void aCertificateThatHasRunOutIsTakenOverWithAWarning() throws Exception {
        TlsHost host = host();
        copy("client-expired.crt", certificate);
        copy("client-expired.key", key);
        host.look();
        host.look();
        assertThat(shown(host)).isEqualTo("EC");
        assertThat(told).singleElement().satisfies(line -> {
            assertThat(line).startsWith(Level.WARNING.getName());
            assertThat(line).endsWith("taken over, but it is not valid now");
        });
    }

    @Test
    void newAuthoritiesJudgeNewConnections() throws Exception {
        Path authorities = Files.createDirectory(folder.resolve("authorities"));
        copy("client-stranger.crt", authorities.resolve("a.pem"));
        ClientCertificates clients = new ClientCertificates(
                ClientCertificates.Verify.REQUIRE,
                1,
                Optional.empty(),
                Optional.of(authorities),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ClientCertificates.Revocation.NONE);
        TlsHost host = new TlsHost(config(clients));
        ClientTrust before = host.trust();
        copy("ca.crt", authorities.resolve("b.pem"));
        host.look();
        host.look();
        assertThat(before.getAcceptedIssuers()).hasSize(1);
        assertThat(host.trust().getAcceptedIssuers()).hasSize(2);
        copy("ca.crt", authorities.resolve("a.pem"));
        host.look();
        host.look();
        assertThat(host.trust().getAcceptedIssuers()).hasSize(1);
    }

    @Test
    void aHostWhoseFilesCannotServeIsNotMade() throws Exception {
        copy("ec.key", key);
        assertThatThrownBy(this::host)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SSLCertificateKeyFile");
    }

    @ParameterizedTest(name = "SSLSessionTickets {0}: kept here {1}")
    @CsvSource({"true, 0", "false, 1"})
    void sessionsAreKeptHereOnlyWithoutTickets(boolean tickets, int kept) throws Exception {
        TlsHost host = new TlsHost(config(ClientCertificates.NONE, tickets));
        SSLContext client = SSLContext.getInstance("TLSv1.2");
        client.init(null, new TrustManager[] {new AnyCertificate()}, null);
        try (ServerSocket listening =
                        host.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SSLSocket socket = (SSLSocket) client.getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> shakeHands(listening));
            socket.startHandshake();
            served.get(20, TimeUnit.SECONDS);
        }
        assertThat(Collections.list(host.getServerSessionContext().getIds())).hasSize(kept);
        assertThat(System.getProperties()).doesNotContainKey("jdk.tls.server.enableSessionTicketExtension");
    }

    private static void shakeHands(ServerSocket listening) {
        try (SSLSocket accepted = (SSLSocket) listening.accept()) {
            accepted.startHandshake();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
