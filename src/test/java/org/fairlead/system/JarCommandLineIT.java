package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher as an operator meets it: its options, what it prints, its exit codes and its signals. */
class JarCommandLineIT {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final Pattern URL = Pattern.compile("http://[a-z0-9.]+:\\d+\\S*");

    @RegisterExtension
    final Members members = new Members();

    private static Path file(String name, String text) {
        return Leftovers.file(name, text);
    }

    private static String listening(String configuration) {
        return "Listen 127.0.0.1:0\n" + configuration;
    }

    @Test
    void aValidConfigurationIsSaidToBeSo() {
        FairleadJar.Result result =
                FairleadJar.run("--check", file("a.conf", "Listen 8080\nProxyPass / http://localhost:8000/\n") + "");
        assertThat(result.output()).contains("Syntax OK");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void everyProblemIsToldWithFileAndLineAtOnce() {
        Path file = file("a.conf", """
                Listen 99999
                ProxyPas / http://localhost:8000/
                <Proxy balancer://b>
                BalancerMember http://localhost:8000 loadfactor=1000
                BalancerMember http://localhost:8001 lbset=x
                </Proxy>
                ProxyPass /a/ balancer://b/
                KeepAlive Perhaps
                """);
        FairleadJar.Result result = FairleadJar.run("--check", file + "");
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).doesNotContain("Syntax OK");
        for (int line : new int[] {1, 2, 4, 5, 8}) {
            assertThat(result.output()).contains("a.conf:" + line + ":");
        }
        assertThat(result.output()).contains("ProxyPass", "loadfactor", "1000", "lbset", "KeepAlive");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', textBlock = """
            no file          ~ --check /no/such/file.conf   ~ 1
            no option        ~ ''                           ~ 2
            unknown option   ~ --frobnicate                 ~ 2
            no value         ~ --config                     ~ 2
            two commands     ~ --demo --help                ~ 2
            a stray word     ~ --demo extra                 ~ 2
            a bad port       ~ --demo --port 70000          ~ 2
            a port elsewhere ~ --check a.conf --port 1      ~ 2
            help             ~ --help                       ~ 0
            version          ~ --version                    ~ 0
            """)
    void endsWithTheExitCodeThatTheManualPromises(String name, String arguments, int exitCode) {
        FairleadJar.Result result = FairleadJar.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode);
        assertThat(result.output()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(FairleadJar.run("--help").output())
                .contains("--config", "--check", "--print", "--balance", "--demo", "--port", "--version", "--help");
    }

    @Test
    void whatIsPrintedIsLoadedAgainAndMeansTheSame() throws IOException {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        Path conf = file("a.conf", """
                Listen 127.0.0.1:0
                <Proxy balancer://mycluster>
                BalancerMember %s loadfactor=2 route=r1
                BalancerMember %s status=+H route=r2 retry=5
                ProxySet lbmethod=byrequests stickysession=ROUTEID|routeid
                </Proxy>
                ProxyPass /a/ balancer://mycluster/ nocanon
                ProxyPassReverse /a/ balancer://mycluster/
                RequestHeader set X-A "b c"
                ErrorDocument 503 "Sorry, %%"
                """.formatted(a.uri(), b.uri()));
        FairleadJar.Result printed = FairleadJar.run("--print", conf + "");
        assertThat(printed.exitCode()).as(printed.output()).isZero();
        Path yaml = file("b.yaml", printed.output());
        assertThat(FairleadJar.run("--check", yaml + "").output()).contains("Syntax OK");
        assertThat(FairleadJar.run("--print", yaml + "").output()).isEqualTo(printed.output());
        try (FairleadJar jar = FairleadJar.start("--config", yaml + "")) {
            WireMessage response = RawClient.exchange(jar.port(), GET.replace("/x", "/a/x"));
            assertThat(response.bodyText()).isEqualTo("a");
            assertThat(a.requests().get(0).header("X-A")).containsExactly("b c");
        }
    }

    @Test
    void balanceNeedsNoFile() throws IOException {
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        try (FairleadJar jar = FairleadJar.start("--balance", a.uri() + "," + b.uri(), "--port", "0")) {
            for (int i = 0; i < 6; i++) {
                assertThat(RawClient.exchange(jar.port(), GET).status()).isEqualTo(200);
            }
        }
        assertThat(a.count()).isEqualTo(3);
        assertThat(b.count()).isEqualTo(3);
    }

    @Test
    void theDemoPrintsUrlsThatWork() throws Exception {
        try (FairleadJar jar = FairleadJar.start("--demo", "--port", "0")) {
            await().until(() -> jar.output().lines().count() > 1);
            List<String> urls = URL.matcher(jar.output())
                    .results()
                    .map(MatchResult::group)
                    .filter(url -> !url.contains("BALANCER"))
                    .distinct()
                    .toList();
            assertThat(urls).isNotEmpty();
            HttpClient client = HttpClient.newHttpClient();
            for (String url : urls) {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(url).isEqualTo(200);
            }
            assertThat(jar.stop()).isZero();
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, Loopback.address())) {
            FairleadJar.Result result = FairleadJar.run(
                    "--config",
                    file("a.conf", "Listen 127.0.0.1:" + taken.getLocalPort() + "\nProxyPass / http://localhost:1/\n")
                            + "");
            assertThat(result.exitCode()).as(result.output()).isEqualTo(3);
            assertThat(result.output()).contains(taken.getLocalPort() + "").doesNotContain("\tat ");
        }
    }

    @Test
    void aConfigurationThatIsRefusedDoesNotListen() {
        FairleadJar.Result result =
                FairleadJar.run("--config", file("a.conf", "Listen 127.0.0.1:0\nRequire all denied\n") + "");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("a.conf:2:").doesNotContain("listening on");
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
            assertThatThrownBy(() -> RawClient.exchange(jar.port(), GET).status())
                    .isInstanceOf(Exception.class);
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
    void aMissingCertificateIsAProblemOfTheConfiguration() {
        FairleadJar.Result result = FairleadJar.run(
                "--check",
                file("a.conf", "SSLEngine on\nSSLCertificateFile /no/such.pem\nSSLCertificateKeyFile /no/such.key\n")
                        + "");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("a.conf:2:", "/no/such.pem");
    }

    @Test
    void keepAliveOffClosesBehindEveryAnswer() throws IOException {
        HttpMember a = members.http("a");
        try (FairleadJar jar = FairleadJar.configured(listening("KeepAlive Off\nProxyPass / " + a.uri() + "/\n"));
                RawClient client = RawClient.to(jar.port())) {
            WireMessage response = client.send(GET).readFinal();
            assertThat(response.bodyText()).isEqualTo("a");
            assertThat(response.headers("Connection")).containsExactly("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aConnectionServesAsManyRequestsAsAllowed() throws IOException {
        HttpMember a = members.http("a");
        try (FairleadJar jar =
                        FairleadJar.configured(listening("MaxKeepAliveRequests 3\nProxyPass / " + a.uri() + "/\n"));
                RawClient client = RawClient.to(jar.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(GET).readFinal().status()).isEqualTo(200);
            }
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterKeepAliveTimeout() throws IOException {
        HttpMember a = members.http("a");
        try (FairleadJar jar = FairleadJar.configured(listening("KeepAliveTimeout 1\nProxyPass / " + a.uri() + "/\n"));
                RawClient client = RawClient.to(jar.port()).timeout(Duration.ofSeconds(5))) {
            assertThat(client.send(GET).readFinal().status()).isEqualTo(200);
            assertThat(client.isClosedByServer()).isTrue();
        }
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
