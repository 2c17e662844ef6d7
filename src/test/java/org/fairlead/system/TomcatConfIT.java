package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The hardened front of {@code tomcat-conf/} as those see it who come from outside: what auditors look for, item by
 * item, in both Tomcats. The server is started once for all; the last test stops it.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(value = Containers.class, names = "TOMCAT.*", mode = EnumSource.Mode.MATCH_ALL)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TomcatConfIT {
    private static final Pattern TELLING = Pattern.compile("(?i)tomcat|apache|java|exception|\\bat org\\.|coyote");

    private static final Duration RENEWAL = Duration.ofSeconds(60);

    private static final CountDownLatch SLOW = new CountDownLatch(1);

    private static RawMember member;
    private static ConfiguredTomcat tomcat;
    private static String logOfTheStart;
    private static List<String> complaintsOfTheStart;

    TomcatConfIT(Containers make) {
        assertThat(make).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void start(Containers make) throws IOException {
        member = RawMember.answering(request -> {
            String target = request.startLine().split(" ")[1];
            if (target.equals("/slow")) {
                awaitGo();
            }
            return "HTTP/1.1 200 OK\r\nServer: member\r\nSeen: " + target + "\r\nSeen-For: "
                    + request.header("X-Forwarded-For").orElse("") + "\r\nContent-Length: 2\r\n\r\nok";
        });
        tomcat = ConfiguredTomcat.start(
                make,
                List.of(member.uri().toString()),
                // The certificate of the tests is good for a hundred years: due at once, and looked at each second.
                Map.of(
                        "fairlead.https.checkSeconds",
                        "1",
                        "fairlead.https.renewDays",
                        "40000",
                        "fairlead.periodicEventSeconds",
                        "1"));
        logOfTheStart = tomcat.log();
        complaintsOfTheStart =
                ConfiguredTomcat.complaints(logOfTheStart.substring(0, logOfTheStart.indexOf("Server startup in [")));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws IOException {
        SLOW.countDown();
        tomcat.close();
        member.close();
    }

    private static void awaitGo() {
        try {
            if (!SLOW.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let the slow request go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static WireMessage plain(String text) throws IOException {
        return RawClient.exchange(tomcat.port(), text);
    }

    private static WireMessage get(String target, String... fields) throws IOException {
        return plain("GET " + target + " HTTP/1.1\r\nHost: www.example.com\r\n"
                + Stream.of(fields).map(field -> field + "\r\n").reduce("", String::concat) + "\r\n");
    }

    private static SSLSocket socket() throws Exception {
        return (SSLSocket)
                FrontDoor.trustingAll().getSocketFactory().createSocket(Loopback.address(), tomcat.securePort());
    }

    private static WireMessage secure(String text) throws Exception {
        try (RawClient client = RawClient.over(socket())) {
            return client.send(text).readFinal();
        }
    }

    /** An attribute that this Tomcat does not know is told as a warning. */
    @Test
    void startsWithoutAWordOfComplaint() {
        assertThat(complaintsOfTheStart)
                // On a machine that is busy: a remark on its speed.
                .filteredOn(line -> !line.contains(".createSecureRandom "))
                .isEmpty();
        assertThat(logOfTheStart).contains("conf/fairlead.conf (found there)").doesNotContain("Command line argument");
    }

    /** No shutdown port, no AJP, no JMX: two listeners, and on the address that was said. */
    @Test
    void listensOnTheTwoPortsAndNoOther() throws IOException {
        assertThat(listeners(tomcat.pid()))
                .containsExactlyInAnyOrder(
                        "0100007F:%04X".formatted(tomcat.port()), "0100007F:%04X".formatted(tomcat.securePort()));
    }

    /** Addresses as the kernel writes them; an IPv4 one in an IPv6 socket by its last part. */
    private static List<String> listeners(long pid) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files.toList()) {
                if (Files.isSymbolicLink(file)) {
                    sockets.add(Files.readSymbolicLink(file).toString());
                }
            }
        }
        List<String> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net/" + table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals("0A") && sockets.contains("socket:[" + columns[9] + "]")) {
                    int port = columns[1].indexOf(':');
                    found.add(columns[1].substring(port - 8));
                }
            }
        }
        return found;
    }

    @Test
    void hasNoWebApplicationButFairlead() throws IOException {
        assertThat(get("/manager/html").header("Seen")).contains("/manager/html");
        try (Stream<Path> deployed = Files.list(tomcat.base().resolve("webapps"))) {
            assertThat(deployed.map(path -> path.getFileName().toString())).containsExactly("ROOT.war");
        }
        try (Stream<Path> contexts = Files.list(tomcat.base().resolve("work/Catalina/localhost"))) {
            assertThat(contexts.map(path -> path.getFileName().toString())).containsExactly("ROOT");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLSv1.3, TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
    })
    void speaksTls(String protocol, String cipher) throws Exception {
        try (SSLSocket socket = socket()) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {cipher});
            socket.startHandshake();
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(cipher);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            })
    void refusesCiphersWithoutForwardSecrecyOrAuthentication(String cipher) throws Exception {
        try (SSLSocket socket = socket()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {cipher});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    /** By hand, because no client of today's JDK would send it: the alert is protocol_version (70). */
    @ParameterizedTest
    @ValueSource(strings = {"0301", "0302"})
    void refusesOldTls(String version) throws IOException {
        String hello = version + "00".repeat(32) + "00" + "0006C013002F000A" + "0100";
        String message = "01" + "%06X".formatted(hello.length() / 2) + hello;
        String record = "160301" + "%04X".formatted(message.length() / 2) + message;
        try (RawClient client = RawClient.to(tomcat.securePort())) {
            client.send(HexFormat.of().parseHex(record));
            byte[] alert = client.input().readNBytes(7);
            assertThat(alert[0]).isEqualTo((byte) 0x15);
            assertThat(alert[6]).isEqualTo((byte) 70);
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP_2, HTTP_2", "HTTP_1_1, HTTP_1_1"})
    void speaksHttp2WhereTheClientOffersIt(HttpClient.Version offered, HttpClient.Version spoken) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(FrontDoor.trustingAll())
                .version(offered)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + tomcat.securePort() + "/h2"))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(spoken);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    }

    @Test
    void saysStrictTransportSecurityOverHttpsAndNotWithout() throws Exception {
        assertThat(get("/").header("Strict-Transport-Security")).isEmpty();
        assertThat(secure("GET / HTTP/1.1\r\nHost: h\r\n\r\n").header("Strict-Transport-Security"))
                .contains("max-age=31536000");
    }

    @Test
    void plainHttpIsNotTalkedIntoHttp2() throws IOException {
        try (RawClient client = RawClient.to(tomcat.port())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            // Not a frame of HTTP/2: its SETTINGS would begin with a zero.
            assertThat(client.input().read()).isIn(-1, (int) 'H');
        }
        assertThat(get("/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nBad Name: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: h\r\nName : x\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: h\r\n\r\n",
                "G\u00c4T / HTTP/1.1\r\nHost: h\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n",
                "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n",
            })
    void aRefusalSaysItsStatusAndNothingOfWhatRunsHere(String request) throws IOException {
        int before = member.requests().size();
        WireMessage answer = plain(request);

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(TELLING.matcher(answer.text()).results().map(m -> m.group()))
                .as(answer.text())
                .isEmpty();
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
        assertThat(member.requests()).hasSize(before);
    }

    @Test
    void aTraceIsRefusedAsNotAllowed() throws IOException {
        assertThat(plain("TRACE / HTTP/1.1\r\nHost: h\r\nSecret: x\r\n\r\n"))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(405))
                .satisfies(answer -> assertThat(answer.text()).doesNotContain("Secret"));
    }

    @Test
    void aMembersServerFieldIsTheMembersBusiness() throws IOException {
        assertThat(get("/").headers("Server")).containsExactly("member");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb", "/a%5Cb", "/a%2fb?x=[1]|2", "/a%252Fb"})
    void targetsReachTheMemberAsTheyCame(String target) throws IOException {
        assertThat(get(target).header("Seen")).contains(target);
    }

    @Test
    void charactersThatNoPathMayHoldReachTheMemberEncoded() throws IOException {
        assertThat(get("/{a}|b").header("Seen")).contains("/%7Ba%7D%7Cb");
    }

    @Test
    void whatAClientClaimsToComeForIsNotBelieved() throws IOException {
        assertThat(get("/", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https")
                        .header("Seen-For"))
                .contains("127.0.0.1");
    }

    @Test
    void aHeadIsLimitedInItsFieldsAndItsSize() throws IOException {
        String[] hundred = Stream.iterate(1, i -> i + 1)
                .limit(99)
                .map(i -> "F" + i + ": x")
                .toArray(String[]::new);
        assertThat(get("/", hundred).status()).isEqualTo(200);
        assertThat(get(
                                "/",
                                Stream.concat(Stream.of(hundred), Stream.of("One: more"))
                                        .toArray(String[]::new))
                        .status())
                .isEqualTo(400);
        String field = "x".repeat(8000);
        assertThat(get("/", "A: " + field, "B: " + field, "C: " + field).status())
                .isEqualTo(200);
        assertThat(get("/", "A: " + field, "B: " + field, "C: " + field, "D: " + field, "E: " + field)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aConnectionServesAHundredRequests() throws IOException {
        try (RawClient client = RawClient.to(tomcat.port())) {
            for (int i = 1; i < 100; i++) {
                WireMessage answer =
                        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readFinal();
                assertThat(answer.header("Connection")).as("request " + i).isNotEqualTo("close");
            }
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .readFinal()
                            .header("Connection"))
                    .contains("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    /** Waits for the listener, so it comes late. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aRenewedCertificateIsShownAndABrokenOneIsNot() throws Exception {
        assertThat(shownKey()).isEqualTo("RSA");
        tomcat.renew(ConfiguredTomcat.pem("ec"));
        await("the EC certificate").atMost(RENEWAL).until(() -> shownKey().equals("EC"));

        String whole = ConfiguredTomcat.pem("rsa");
        tomcat.renew(whole.substring(0, whole.length() / 2));
        await("the refusal").atMost(RENEWAL).until(() -> tomcat.log().contains("reload of TLS configuration failed"));
        assertThat(shownKey()).isEqualTo("EC");
        assertThat(secure("GET / HTTP/1.1\r\nHost: h\r\n\r\n").status()).isEqualTo(200);

        tomcat.renew(whole);
        await("the RSA certificate").atMost(RENEWAL).until(() -> shownKey().equals("RSA"));
    }

    private static String shownKey() throws Exception {
        try (SSLSocket socket = socket()) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getPublicKey()
                    .getAlgorithm();
        }
    }

    /** Whatever is written at the end of a process, the access log among it, is read here. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aStopLetsARunningRequestFinishAndLeavesALogForTheOwnerAndHisGroup() throws Exception {
        try (RawClient client = RawClient.to(tomcat.port())) {
            client.send("GET /slow HTTP/1.1\r\nHost: h\r\nReferer: \"x\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n");
            member.awaitRequests(1);
            await().until(() -> member.requests().stream()
                    .anyMatch(request -> request.startLine().startsWith("GET /slow ")));
            ProcessHandle.of(tomcat.pid()).orElseThrow().destroy();
            await("the closed port").until(() -> !Loopback.accepts(tomcat.port()));
            SLOW.countDown();
            assertThat(client.readFinal().bodyText()).isEqualTo("ok");
        }
        assertThat(tomcat.stop()).isEqualTo(143);

        Path log = only("logs", "access.");
        assertThat(Files.readString(log))
                .containsPattern("127\\.0\\.0\\.1 - - \\[[^]]+] \"GET /slow HTTP/1\\.1\" 200 2 \"\\\\\"x\" \"-\" \\S+ "
                        + Pattern.quote("balancer://mycluster " + member.uri()) + " - \\d{3,}\\n");
        for (Path written : List.of(log, only("logs", "fairlead."), only("logs", "gc.log"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                    .isEqualTo("rw-r-----");
        }
        Matcher leak = Pattern.compile("appears to have started a thread|is still processing a request")
                .matcher(tomcat.log());
        assertThat(leak.find()).as(tomcat.log()).isFalse();
    }

    private static Path only(String folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(tomcat.base().resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .reduce((first, second) -> {
                        throw new AssertionError("two files " + prefix);
                    })
                    .orElseThrow();
        }
    }
}
