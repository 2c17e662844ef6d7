package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The launcher while it serves: listeners, TLS, kept connections, and how it ends. */
class JarServiceIT {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @RegisterExtension
    final Members members = new Members();

    private static String listening(String configuration) {
        return "Listen 127.0.0.1:0\n" + configuration;
    }

    @Test
    void everyListenerPrintsALineAndAnswers() throws IOException {
        HttpMember a = members.http("a");
        try (FairleadJar jar = FairleadJar.configured(
                "Listen 127.0.0.1:0\nListen 127.0.0.1:0\nListen 127.0.0.1:0\nProxyPass / " + a.uri() + "/\n")) {
            List<URI> listeners = jar.awaitListeners(3);
            assertThat(listeners).hasSize(3).doesNotHaveDuplicates();
            for (URI listener : listeners) {
                assertThat(RawClient.exchange(listener.getPort(), GET).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aSlowRequestIsFinishedBeforeTheEnd() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        HttpMember slow = members.http("slow", exchange -> {
            try {
                if (!mayAnswer.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("nobody asked to go on");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("done".getBytes());
        });
        try (FairleadJar jar = FairleadJar.configured(listening("ProxyPass / " + slow.uri() + "/\n"));
                RawClient client = RawClient.to(jar.port())) {
            client.send(GET);
            await().until(() -> slow.count() == 1);
            ProcessHandle.of(jar.pid()).orElseThrow().destroy();
            await("no new connections").atMost(Duration.ofSeconds(10)).until(() -> !Loopback.accepts(jar.port()));
            assertThat(jar.isRunning()).isTrue();
            mayAnswer.countDown();
            assertThat(client.readFinal().bodyText()).isEqualTo("done");
            assertThat(jar.stop()).isZero();
        }
    }

    @Test
    void idleConnectionsDoNotHoldUpTheEnd() throws Exception {
        HttpMember a = members.http("a");
        try (FairleadJar jar = FairleadJar.configured(listening("ProxyPass / " + a.uri() + "/\n"));
                RawClient used = RawClient.to(jar.port());
                RawClient fresh = RawClient.to(jar.port())) {
            used.send(GET).readFinal();
            long before = System.nanoTime();
            assertThat(jar.stop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
            assertThat(fresh.isClosedByServer()).isTrue();
        }
    }

    @Test
    void tlsIsSpokenWithTheCertificateOfThePem() throws Exception {
        HttpMember a = members.http("a");
        Path folder = Leftovers.directory("tls");
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("cert.pem");
        ServerProcess openssl = ServerProcess.finish(new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                key + "",
                "-out",
                certificate + "",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1"));
        assertThat(openssl.awaitExit()).as(openssl.output()).isZero();
        try (FairleadJar jar = FairleadJar.configured(listening("SSLEngine on\nSSLCertificateFile " + certificate
                + "\nSSLCertificateKeyFile " + key + "\nProxyPass / " + a.uri() + "/\n"))) {
            assertThat(jar.uri().getScheme()).isEqualTo("https");
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(certificate)).build();
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + jar.port() + "/x"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("a");
            assertThat(a.requests().get(0).header("X-Forwarded-Proto")).containsExactly("https");
            assertThat(spokenPlainly(jar.port())).isNotEqualTo(200);
        }
    }

    /** Returns the status of a request without TLS, or 0 if there is none. */
    private static int spokenPlainly(int port) {
        try {
            return RawClient.exchange(port, GET).status();
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "it", CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(certificate)));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    @Test
    void theExampleOfTheReadmeBalancesTwoMembers() throws IOException {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        try (FairleadJar jar = FairleadJar.configured(listening("""
                <Proxy balancer://mycluster>
                BalancerMember %s
                BalancerMember %s
                </Proxy>
                ProxyPass / balancer://mycluster/
                ProxyPassReverse / balancer://mycluster/
                """.formatted(a.uri(), b.uri())))) {
            for (int i = 0; i < 10; i++) {
                assertThat(RawClient.exchange(jar.port(), GET).status()).isEqualTo(200);
            }
        }
        assertThat(List.of(a.count(), b.count())).containsExactly(5, 5);
    }
}
