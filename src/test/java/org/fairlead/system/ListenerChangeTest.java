package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.fairlead.boot.RunningHere;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of listeners, and of the connections that they have, when the configuration changes. */
class ListenerChangeTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Members members = new Members();

    @TempDir
    private Path folder;

    private Path file;

    private RunningHere start(String configuration) throws Exception {
        file = Files.writeString(folder.resolve("fairlead.conf"), configuration);
        return RunningHere.start(file);
    }

    private void change(RunningHere running, String configuration) throws Exception {
        // JMX shows it from the watch's first look on.
        await().atMost(PATIENCE).ignoreExceptions().until(() -> jmx("LastReloadSuccessful") != null);
        double before = (double) jmx("LastReloadSuccessTimestampSeconds");
        Files.writeString(file, configuration);
        running.reload();
        await().atMost(PATIENCE).until(() -> (double) jmx("LastReloadSuccessTimestampSeconds") > before);
        assertThat(jmx("LastReloadSuccessful")).isEqualTo(true);
    }

    private static Object jmx(String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("org.fairlead:type=Configuration,context=\"/\""), attribute);
    }

    private static int port(RunningHere running, int listener) {
        return running.listeners().get(listener).getPort();
    }

    private static void assertServed(RawClient client, String body) throws IOException {
        assertThat(client.send(GET).readFinal().bodyText()).isEqualTo(body);
    }

    private static void assertRefused(int port) {
        assertThatThrownBy(() -> RawClient.to(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void oneIsOpenedOneClosedAndTheOthersConnectionsLiveOn() throws Exception {
        HttpMember first = members.http("first");
        HttpMember second = members.http("second");
        String listen = "Listen 127.0.0.1:0\n";
        try (RunningHere running = start(listen + "ProxyPass / " + first.uri() + "/\n")) {
            int staying = port(running, 0);
            try (RawClient kept = RawClient.to(staying)) {
                assertServed(kept, "first");
                change(running, listen + listen + "ProxyPass / " + second.uri() + "/\n");
                assertThat(port(running, 0)).isEqualTo(staying);
                int added = port(running, 1);
                assertServed(kept, "second");
                try (RawClient client = RawClient.to(added)) {
                    assertServed(client, "second");
                    change(running, listen + "ProxyPass / " + first.uri() + "/\n");
                    assertThat(client.isClosedByServer()).isTrue();
                }
                assertRefused(added);
                assertServed(kept, "first");
            }
        }
    }

    @Test
    void aRequestThatRunsOnAListenerThatIsClosedGetsItsAnswer() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            mayAnswer.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        String routes = "ProxyPass / " + member.uri() + "/\n";
        String listen = "Listen 127.0.0.1:0\n";
        try (RunningHere running = start(listen + listen + routes);
                RawClient client = RawClient.to(port(running, 1))) {
            int removed = port(running, 1);
            client.send(GET);
            member.awaitRequests(1);
            change(running, listen + routes);
            assertRefused(removed);
            mayAnswer.countDown();
            WireMessage answer = client.readFinal();
            assertThat(answer.bodyText()).isEqualTo("ok");
            assertThat(answer.headers("Connection")).containsExactly("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenRefusesAllOfTheNewConfiguration() throws Exception {
        HttpMember first = members.http("first");
        HttpMember second = members.http("second");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningHere running = start("Listen 127.0.0.1:0\nProxyPass / " + first.uri() + "/\n");
                RawClient client = RawClient.to(port(running, 0))) {
            Files.writeString(
                    file,
                    "Listen 127.0.0.1:0\nListen 127.0.0.1:" + taken.getLocalPort() + "\nProxyPass / " + second.uri()
                            + "/\n");
            running.reload();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> jmx("LastReloadSuccessful").equals(false));
            assertThat((String[]) jmx("Problems"))
                    .singleElement()
                    .asString()
                    .startsWith(file + ":2: cannot listen on http://127.0.0.1:" + taken.getLocalPort() + ": Address");
            assertServed(client, "first");
            assertThat(running.listeners()).hasSize(1);

            change(running, "Listen 127.0.0.1:0\nProxyPass / " + second.uri() + "/\n");
            assertThat((String[]) jmx("Problems")).isEmpty();
            assertServed(client, "second");
        }
    }

    @Test
    void otherCertificatesAreShownToTheNextAndTakeNobodysConnection() throws Exception {
        HttpMember member = members.http("m");
        String routes = "ProxyPass / " + member.uri() + "/\n";
        try (RunningHere running = start("Listen 127.0.0.1:0\n" + FrontDoor.certificate("rsa") + routes);
                SSLSocket before = connect(running, "rsa.test")) {
            RawClient client = RawClient.over(before);
            assertThat(key(before)).isEqualTo("RSA");
            assertServed(client, "m");
            change(running, hosts(routes, "rsa", "ec"));
            assertServed(client, "m");
            try (SSLSocket named = connect(running, "other.test")) {
                assertThat(key(named)).isEqualTo("EC");
            }
            change(running, hosts(routes, "ec", "rsa"));
            assertServed(client, "m");
            try (SSLSocket unnamed = connect(running, "unknown.test")) {
                assertThat(key(unnamed)).isEqualTo("EC");
            }
        }
    }

    private static String hosts(String routes, String first, String second) {
        return "Listen 127.0.0.1:0\n<VirtualHost *>\nServerName first.test\n" + FrontDoor.certificate(first) + routes
                + "</VirtualHost>\n<VirtualHost *>\nServerName other.test\n" + FrontDoor.certificate(second) + routes
                + "</VirtualHost>\n";
    }

    private static SSLSocket connect(RunningHere running, String name) throws Exception {
        SSLSocket socket = (SSLSocket)
                FrontDoor.trustingAll().getSocketFactory().createSocket(Loopback.address(), port(running, 0));
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static String key(SSLSocket socket) throws Exception {
        socket.startHandshake();
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getPublicKey()
                .getAlgorithm();
    }

    @Test
    void otherSettingsHoldForNewConnectionsOnTheSamePort() throws Exception {
        HttpMember member = members.http("m");
        String rest = "Listen 127.0.0.1:0\nProxyPass / " + member.uri() + "/\n";
        try (RunningHere running = start(rest);
                RawClient kept = RawClient.to(port(running, 0))) {
            int port = port(running, 0);
            assertServed(kept, "m");
            change(running, "KeepAlive Off\n" + rest);
            assertThat(port(running, 0)).isEqualTo(port);
            assertThat(kept.isClosedByServer()).isTrue();
            try (RawClient next = RawClient.to(port)) {
                assertThat(next.send(GET).readFinal().headers("Connection")).containsExactly("close");
            }
            change(running, rest + FrontDoor.certificate("rsa"));
            try (SSLSocket secure = connect(running, "rsa.test")) {
                assertThat(secure.getPort()).isEqualTo(port);
                assertServed(RawClient.over(secure), "m");
            }
        }
    }
}
