package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the jar's process ends, what it shows on TLS, and how many requests it holds. */
class FrontLifeIT {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Path NEWEST_JAVA =
            Path.of(System.getProperty("fairlead.java.newest", "/usr/lib/jvm/temurin-25-jdk-amd64/bin/java"));

    @RegisterExtension
    final Members members = new Members();

    @Test
    void aRunningRequestFinishesWhileNewConnectionsAreRefusedAndIdleOnesEnd() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        RawMember member = members.raw(conversation -> {
            while (conversation.readRequest().filter(r -> !r.cut()).isPresent()) {
                go.await(10, TimeUnit.SECONDS);
                conversation.send(OK);
            }
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "GracefulShutdownTimeout 20"));
                RawClient running = RawClient.to(jar.port());
                RawClient idle = RawClient.to(jar.port())) {
            running.send(REQUEST);
            await().until(() -> member.requests().size() == 1);
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(jar::stop);
            await().until(() -> !Loopback.accepts(jar.port()));
            go.countDown();
            WireMessage answer = running.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Connection")).contains("close");
            assertThat(running.isClosedByServer()).isTrue();
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(exit.get(15, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aTunnelIsEndedInOrderWhenItsTimeIsOverAndItsMemberHasTheLastWord() throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            conversation.input().transferTo(conversation.output());
            conversation.send("bye");
        });
        try (FairleadJar jar = FairleadJar.configured("Listen 127.0.0.1:0\nGracefulShutdownTimeout 1\n"
                        + "ProxyPass / http://127.0.0.1:" + member.port() + "/ upgrade=websocket\n");
                RawClient client = RawClient.to(jar.port())) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(101);
            client.send("before, ");
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(jar::stop);
            // Not a reset, which would be an exception.
            assertThat(client.input().readAllBytes()).asString().isEqualTo("before, bye");
            assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void aRequestThatOutlivesGracefulShutdownTimeoutDoesNotKeepTheProcess() throws Exception {
        RawMember member = members.silent();
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "GracefulShutdownTimeout 1"));
                RawClient running = RawClient.to(jar.port())) {
            running.send(REQUEST);
            await().until(() -> member.openConnections() == 1);
            assertThat(jar.stop()).isZero();
        }
    }

    @Test
    void theProcessEndsAfterSoManyConnectionsWithItsLastAnswersGiven() throws Exception {
        RawMember member = members.answering(request -> OK);
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "MaxConnectionsPerChild 3"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(RawClient.exchange(jar.port(), REQUEST).status()).isEqualTo(200);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> !jar.isRunning());
            assertThat(jar.stop()).isZero();
            assertThat(jar.output()).contains("MaxConnectionsPerChild is reached");
        }
    }

    @ParameterizedTest
    @CsvSource({"rsa.test, RSA", "ec.test, EC", "unknown.test, RSA"})
    void theNameThatAClientSendsChoosesTheCertificate(String name, String key) throws Exception {
        try (FairleadJar jar = FairleadJar.configured(twoHosts());
                SSLSocket socket = connect(jar.port(), name, "TLSv1.3")) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(shown.getPublicKey().getAlgorithm()).isEqualTo(key);
        }
    }

    @Test
    void eachHostHasItsOwnProtocols() throws Exception {
        try (FairleadJar jar = FairleadJar.configured(twoHosts())) {
            try (SSLSocket socket = connect(jar.port(), "rsa.test", "TLSv1.2")) {
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            }
            try (SSLSocket socket = connect(jar.port(), "ec.test", "TLSv1.2")) {
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    private static String twoHosts() {
        return "Listen 127.0.0.1:0\n<VirtualHost *>\nServerName rsa.test\n" + FrontDoor.certificate("rsa")
                + "ProxyPass / http://127.0.0.1:1/\n</VirtualHost>\n<VirtualHost *>\nServerName ec.test\nSSLProtocol TLSv1.3\n"
                + FrontDoor.certificate("ec") + "ProxyPass / http://127.0.0.1:1/\n</VirtualHost>\n";
    }

    private static SSLSocket connect(int port, String name, String protocol) throws Exception {
        SSLSocket socket =
                (SSLSocket) FrontDoor.trustingAll().getSocketFactory().createSocket(Loopback.address(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Test
    void twoThousandRequestsWaitForSlowMembersOnVirtualThreads() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(NEWEST_JAVA), "SKIPPED: no JDK with virtual threads at " + NEWEST_JAVA);
        int count = 2_000;
        CountDownLatch all = new CountDownLatch(count);
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            all.countDown();
            all.await(60, TimeUnit.SECONDS);
            conversation.send(OK);
        });
        String configuration = "Listen 127.0.0.1:0\nProxyPass / http://127.0.0.1:" + member.port() + "/\n";
        List<String> command = List.of(
                NEWEST_JAVA.toString(),
                "-Xmx512m",
                "-jar",
                FairleadJar.path().toString(),
                "--config",
                Leftovers.file("fairlead.conf", configuration).toString());
        List<RawClient> clients = new ArrayList<>();
        try (FairleadJar jar = FairleadJar.launch(command)) {
            for (int i = 0; i < count; i++) {
                clients.add(
                        RawClient.to(jar.port()).timeout(Duration.ofSeconds(90)).send(REQUEST));
            }
            for (RawClient client : clients) {
                assertThat(client.read().status()).isEqualTo(200);
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}
