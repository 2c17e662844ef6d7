package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.PassPhrase;
import org.fairlead.model.RevocationConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code https} members: whom we trust, what we show, and that a connection under TLS is no less watched. */
@Timeout(60)
class TlsTest {
    private static final String HI = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @TempDir
    private static Path folder;

    private static TestCertificate authority;
    private static TestCertificate stranger;
    private static Path authorityFile;

    private final PooledUpstream upstream = new PooledUpstream();

    @BeforeAll
    static void makeAuthorities() throws Exception {
        authority = TestCertificate.authority("Good CA");
        stranger = TestCertificate.authority("Strange CA");
        authorityFile = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private static MemberTlsConfig trust(boolean verify, boolean name, boolean expire, String... protocols) {
        return new MemberTlsConfig(
                verify,
                name,
                expire,
                Optional.of(authorityFile),
                Optional.empty(),
                Optional.empty(),
                new PassPhrase.None(),
                protocols.length == 0 ? List.of("TLSv1.2", "TLSv1.3") : List.of(protocols),
                "",
                RevocationConfig.NONE);
    }

    private static MemberTlsConfig trusting() {
        return trust(true, true, true);
    }

    private static SSLServerSocket listen(TestCertificate certificate) throws Exception {
        return (SSLServerSocket) certificate
                .serverContext(authority)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static RawMember answering(ServerSocket listener) {
        return new RawMember(listener, with -> {
            while (true) {
                with.readHead();
                with.send(HI);
            }
        });
    }

    private Member member(RawMember raw, MemberTlsConfig tls) {
        return MemberBuilder.https("localhost", raw.port(), tls)
                .inet(InetAddress.getLoopbackAddress())
                .build();
    }

    private String fetch(Member member) throws Exception {
        return fetch(member, member.config().address().host());
    }

    private String fetch(Member member, String host) throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.from("", "Host", host))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.copyTo(out);
            return out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static TestCertificate certificate(String kind) throws Exception {
        return switch (kind) {
            case "good" -> authority.issue();
            case "expired" -> authority.issue("localhost", TestCertificate.days(-3), TestCertificate.days(-1));
            case "early" -> authority.issue("localhost", TestCertificate.days(1), TestCertificate.days(3));
            case "strange" -> stranger.issue();
            case "other name" -> authority.issue("other.example", TestCertificate.days(-1), TestCertificate.days(1));
            case "strange and expired" ->
                stranger.issue("localhost", TestCertificate.days(-3), TestCertificate.days(-1));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest(name = "{0}: verify {1}, name {2}, expire {3} -> {4}")
    @CsvSource({
        "good,                true,  true,  true,  ''",
        "good,                false, false, false, ''",
        "expired,             true,  true,  true,  SSLProxyCheckPeerExpire",
        "expired,             false, false, true,  SSLProxyCheckPeerExpire",
        "expired,             true,  true,  false, ''",
        "expired,             false, false, false, ''",
        "early,               true,  true,  true,  SSLProxyCheckPeerExpire",
        "early,               true,  true,  false, ''",
        "strange,             true,  true,  true,  SSLProxyCACertificateFile",
        "strange,             false, true,  true,  ''",
        "other name,          true,  true,  true,  SSLProxyCheckPeerName",
        "other name,          false, true,  true,  SSLProxyCheckPeerName",
        "other name,          true,  false, true,  ''",
        "strange and expired, true,  true,  false, SSLProxyCACertificateFile"
    })
    void aCertificateIsJudgedByIssuerNameAndDates(
            String kind, boolean verify, boolean name, boolean expire, String complaint) throws Exception {
        try (RawMember raw = answering(listen(certificate(kind)))) {
            Member member = member(raw, trust(verify, name, expire));
            if (complaint.isEmpty()) {
                assertThat(fetch(member)).isEqualTo("hi");
            } else {
                assertThatThrownBy(() -> fetch(member))
                        .isInstanceOfSatisfying(UpstreamException.class, e -> {
                            assertThat(e.kind()).isEqualTo(Kind.TLS);
                            assertThat(e.nothingSent()).isTrue();
                        })
                        .hasMessageContaining(complaint)
                        .hasMessageContaining(member.name());
                assertThat(upstream.counts(member).busy()).isZero();
            }
        }
    }

    @Test
    void theJdksOwnTrustStoreIsTheDefault() throws Exception {
        try (RawMember raw = answering(listen(certificate("good")))) {
            assertThatThrownBy(() -> fetch(member(raw, MemberTlsConfig.DEFAULTS)))
                    .hasMessageContaining("unknown CA");
        }
    }

    @Test
    void aFolderOfAuthoritiesWillDo() throws Exception {
        Path path = Files.createDirectory(folder.resolve("cas"));
        Files.writeString(path.resolve("a.pem"), stranger.certificatePem());
        Files.writeString(path.resolve("b.pem"), authority.certificatePem());
        MemberTlsConfig config = new MemberTlsConfig(
                true,
                true,
                true,
                Optional.empty(),
                Optional.of(path),
                Optional.empty(),
                new PassPhrase.None(),
                List.of(),
                "",
                RevocationConfig.NONE);
        try (RawMember raw = answering(listen(certificate("good")))) {
            assertThat(fetch(member(raw, config))).isEqualTo("hi");
        }
    }

    @Test
    void theMembersNameIsAskedFor() throws Exception {
        BlockingQueue<Object> names = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(listen(certificate("good")), with -> {
            with.readHead();
            names.add(((ExtendedSSLSession) ((SSLSocket) with.socket()).getSession()).getRequestedServerNames());
            with.send(HI);
        })) {
            fetch(member(raw, trusting()));
            assertThat(RawMember.next(names)).isEqualTo(List.of(new SNIHostName("localhost")));
        }
    }

    @ParameterizedTest(name = "Host: {0} at {1} -> {2}")
    @CsvSource({
        "shop.example, localhost, shop.example",
        "Shop.Example:8443, 127.0.0.1, shop.example",
        "shop.example., 127.0.0.1, shop.example",
        "192.0.2.7:443, localhost, ",
        "[::1]:8443, localhost, ",
        "127.0.0.1, localhost, "
    })
    void theNameThatIsAskedForIsThatOfTheHostThatIsSent(String host, String address, String expected) throws Exception {
        BlockingQueue<Object> names = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(listen(certificate("good")), with -> {
            with.readHead();
            names.add(((ExtendedSSLSession) ((SSLSocket) with.socket()).getSession())
                    .getRequestedServerNames().stream()
                            .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                            .toList());
            with.send(HI);
        })) {
            Member member = MemberBuilder.https(address, raw.port(), trust(true, false, true))
                    .inet(InetAddress.getLoopbackAddress())
                    .build();
            fetch(member, host);
            assertThat(RawMember.next(names)).isEqualTo(expected == null ? List.of() : List.of(expected));
        }
    }

    @Test
    void theCertificateMustBeForTheHostThatIsSent() throws Exception {
        try (RawMember raw = answering(listen(certificate("other name")))) {
            Member member = member(raw, trusting());
            assertThat(fetch(member, "other.example:8443")).isEqualTo("hi");
            assertThatThrownBy(() -> fetch(member, "localhost")).hasMessageContaining("SSLProxyCheckPeerName");
        }
    }

    @Test
    void aConnectionCarriesOnlyRequestsForTheNameThatItWasMadeFor() throws Exception {
        try (RawMember raw = answering(listen(certificate("good")))) {
            Member member = member(raw, trust(true, false, true));
            for (String host : List.of("a.example", "b.example", "A.example:80", "b.example", "a.example")) {
                assertThat(fetch(member, host)).isEqualTo("hi");
            }
            assertThat(raw.connections()).isEqualTo(2);
        }
    }

    @Test
    void namesThatClientsMakeUpDoNotPileUpConnections() throws Exception {
        try (RawMember raw = answering(listen(certificate("good")))) {
            Member member = member(raw, trust(true, false, true));
            for (int i = 0; i < 30; i++) {
                fetch(member, "n" + i + ".example");
            }
            assertThat(upstream.counts(member).idle()).isLessThanOrEqualTo(9);
        }
    }

    @Test
    void aMemberNamedByItsAddressIsCheckedByItsAddress() throws Exception {
        try (RawMember raw = answering(listen(certificate("good")))) {
            Member member =
                    MemberBuilder.https("127.0.0.1", raw.port(), trusting()).build();
            assertThat(fetch(member)).isEqualTo("hi");
        }
        try (RawMember raw = answering(listen(certificate("other name")))) {
            Member member =
                    MemberBuilder.https("127.0.0.1", raw.port(), trusting()).build();
            assertThatThrownBy(() -> fetch(member)).hasMessageContaining("SSLProxyCheckPeerName");
        }
    }

    @Test
    void withoutACommonProtocolTheMessageSaysSo() throws Exception {
        SSLServerSocket listener = listen(certificate("good"));
        listener.setEnabledProtocols(new String[] {"TLSv1.2"});
        try (RawMember raw = answering(listener)) {
            assertThatThrownBy(() -> fetch(member(raw, trust(true, true, true, "TLSv1.3"))))
                    .hasMessageContaining("SSLProxyProtocol");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aMemberThatWantsOurCertificateGetsItOrSaysThatItIsMissing(String protocol) throws Exception {
        Path machine = Files.writeString(
                folder.resolve("machine-" + protocol + ".pem"),
                authority.issue().pem());
        MemberTlsConfig with = new MemberTlsConfig(
                true,
                true,
                true,
                Optional.of(authorityFile),
                Optional.empty(),
                Optional.of(machine),
                new PassPhrase.None(),
                List.of(protocol),
                "",
                RevocationConfig.NONE);
        SSLServerSocket listener = listen(certificate("good"));
        listener.setNeedClientAuth(true);
        try (RawMember raw = answering(listener)) {
            assertThat(fetch(member(raw, with))).isEqualTo("hi");
            assertThatThrownBy(() -> fetch(member(raw, trust(true, true, true, protocol))))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TLS))
                    .hasMessageContaining("SSLProxyMachineCertificateFile");
        }
    }

    @Test
    void ourKeyForMembersMayBeEncrypted() throws Exception {
        Path fixtures = Path.of("src/test/resources/org/fairlead/config/tls");
        Path machine = Files.writeString(
                folder.resolve("encrypted-machine.pem"),
                Files.readString(fixtures.resolve("rsa.crt")) + Files.readString(fixtures.resolve("rsa-pbes2.key")));
        Path phrase = Files.writeString(folder.resolve("phrase"), "open sesame\n");
        for (PassPhrase from : List.of(new PassPhrase.File(phrase), new PassPhrase.None())) {
            MemberTlsConfig config = new MemberTlsConfig(
                    true,
                    true,
                    true,
                    Optional.of(authorityFile),
                    Optional.empty(),
                    Optional.of(machine),
                    from,
                    List.of(),
                    "",
                    RevocationConfig.NONE);
            Member member = MemberBuilder.https("localhost", 443, config).build();
            if (from instanceof PassPhrase.File) {
                upstream.prepare(member);
            } else {
                assertThatThrownBy(() -> upstream.prepare(member)).hasMessageContaining("SSLPassPhraseDialog");
            }
        }
    }

    @Test
    void aMemberThatSpeaksNoTlsFailsAsTls() throws Exception {
        try (RawMember raw = new RawMember(with -> with.send("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            assertThatThrownBy(() -> fetch(member(raw, trusting())))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TLS));
        }
    }

    @Test
    void aHandshakeThatStallsTimesOut() throws Exception {
        try (RawMember raw = new RawMember(with -> with.readAll())) {
            Member member = MemberBuilder.https("localhost", raw.port(), trusting())
                    .inet(InetAddress.getLoopbackAddress())
                    .timeout(Duration.ofMillis(100))
                    .build();
            assertThatThrownBy(() -> fetch(member))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TLS))
                    .hasMessageContaining("100 ms");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aConnectionIsUsedAgainThoughSessionTicketsMayLieOnIt(String protocol) throws Exception {
        try (RawMember raw = answering(listen(certificate("good")))) {
            Member member = member(raw, trust(true, true, true, protocol));
            for (int i = 0; i < 5; i++) {
                assertThat(fetch(member)).isEqualTo("hi");
            }
            assertThat(raw.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "the member {0}, {1}")
    @CsvSource({
        "closes, TLSv1.2",
        "closes, TLSv1.3",
        "resets, TLSv1.3",
        "sends an answer, TLSv1.2",
        "sends an answer, TLSv1.3"
    })
    void whatHappensWhileAConnectionIdlesIsNoticedBeforeItIsUsed(String what, String protocol) throws Exception {
        BlockingQueue<String> ready = new LinkedBlockingQueue<>();
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(listen(certificate("good")), with -> {
            with.readHead();
            with.send(HI);
            if (with.number() == 1) {
                RawMember.next(go);
                switch (what) {
                    case "closes" -> with.socket().close();
                    case "resets" -> with.reset();
                    default -> with.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                }
                ready.add("done");
            }
            with.readAll();
        })) {
            Member member = member(raw, trust(true, true, true, protocol));
            assertThat(fetch(member)).isEqualTo("hi");
            go.add("go");
            RawMember.next(ready);
            assertThat(fetch(member)).isEqualTo("hi");
            assertThat(raw.connections()).isEqualTo(2);
        }
    }

    @Test
    void bytesBehindAnAnswerInTheSameRecordAreNoticed() throws Exception {
        try (RawMember raw = new RawMember(listen(certificate("good")), with -> {
            with.readHead();
            with.send(HI + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            with.readAll();
        })) {
            Member member = member(raw, trusting());
            assertThat(fetch(member)).isEqualTo("hi");
            assertThat(upstream.counts(member).idle()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}, length {1}")
    @CsvSource({"TLSv1.2, 3000000", "TLSv1.3, 3000000", "TLSv1.3, -1"})
    void bigBodiesGoBothWays(String protocol, long length) throws Exception {
        int size = 3_000_000;
        try (RawMember raw = new RawMember(listen(certificate("good")), with -> {
            with.readHead();
            if (length > 0) {
                with.read(size);
            } else {
                with.readTo("\r\n0\r\n\r\n");
            }
            with.send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
            with.send(new byte[size], size);
            with.readAll();
        })) {
            Member member = member(raw, trust(true, true, true, protocol));
            RequestBody body = Requests.body(length, new ByteArrayInputStream(new byte[size]));
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.of("POST", "/", body))) {
                assertThat(answer.bytesSent()).isEqualTo(size);
                assertThat(answer.copyTo(OutputStream.nullOutputStream())).isEqualTo(size);
            }
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a100IsWaitedForUnderTlsToo(String protocol) throws Exception {
        try (RawMember raw = new RawMember(listen(certificate("good")), with -> {
            with.readHead();
            with.send("HTTP/1.1 100 Continue\r\n\r\n");
            with.read(5);
            with.send(HI);
            with.readAll();
        })) {
            Member member = member(raw, trust(true, true, true, protocol));
            long start = System.nanoTime();
            try (UpstreamResponse answer =
                    Requests.ask(upstream, member, Requests.expecting(Requests.body("hello"), Requests.DEAF))) {
                answer.copyTo(OutputStream.nullOutputStream());
            }
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    /** The client has sent a part and says nothing more, so that only the member's word can end the wait. */
    private static RequestBody stalled(String part) {
        RequestBody given =
                Requests.body(1 << 20, new ByteArrayInputStream(part.getBytes(StandardCharsets.ISO_8859_1)));
        return new RequestBody() {
            @Override
            public long length() {
                return given.length();
            }

            @Override
            public InputStream stream() throws IOException {
                return given.stream();
            }

            @Override
            public Headers trailers() {
                return given.trailers();
            }

            @Override
            public boolean isReady(Runnable wake) throws IOException {
                return given.stream().available() > 0;
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anAnswerToAnUploadThatHasStalledComesThroughUnderTlsToo(String protocol) throws Exception {
        try (RawMember raw = new RawMember(listen(certificate("good")), with -> {
            with.readHead();
            with.read(5);
            with.send("HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\n\r\nno");
            with.readAll();
        })) {
            Member member = member(raw, trust(true, true, true, protocol));
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.of("POST", "/", stalled("hello")))) {
                assertThat(answer.head().status()).isEqualTo(413);
                assertThat(answer.copyTo(OutputStream.nullOutputStream())).isEqualTo(2);
            }
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    @Test
    void aBodyThatEndsWithTheConnectionMustEndWithAGoodbye() throws Exception {
        try (RawMember raw = new RawMember(listen(certificate("good")), with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\n\r\nall");
        })) {
            assertThat(fetch(member(raw, trusting()))).isEqualTo("all");
        }
    }

    @Test
    void aBodyThatEndsWithTheConnectionAndWithoutAGoodbyeIsCut() throws Exception {
        SSLContext context = certificate("good").serverContext(authority);
        try (RawMember raw = new RawMember(with -> {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(with.socket(), null, 0, false);
            tls.setUseClientMode(false);
            tls.getInputStream().read(new byte[1000]);
            tls.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nall".getBytes(StandardCharsets.ISO_8859_1));
            with.socket().close();
        })) {
            assertThatThrownBy(() -> fetch(member(raw, trusting())))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CUT));
        }
    }

    @Test
    void tunnelsHalfCloseUnderTls13() throws Exception {
        BlockingQueue<String> closed = new LinkedBlockingQueue<>();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket front = listener.accept();
                RawMember raw = new RawMember(listen(certificate("good")), with -> {
                    with.readHead();
                    with.send("HTTP/1.1 101 X\r\nUpgrade: websocket\r\n\r\nfirst ");
                    with.send("got " + with.readAll());
                })) {
            try (UpstreamResponse answer = Requests.ask(
                    upstream, member(raw, trust(true, true, true, "TLSv1.3")), Requests.upgrade("websocket"))) {
                answer.tunnel().start(front.getInputStream(), front.getOutputStream(), () -> closed.add("closed"));
            }
            client.getOutputStream().write("all".getBytes(StandardCharsets.ISO_8859_1));
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("first got all");
            RawMember.next(closed);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "missing CA file, SSLProxyCACertificateFile",
        "empty CA file, SSLProxyCACertificateFile",
        "missing CA folder, SSLProxyCACertificatePath",
        "machine certificate without a key, SSLProxyMachineCertificateFile",
        "unknown protocol, SSLProxyProtocol",
        "unknown cipher, SSLProxyCipherSuite"
    })
    void whatCannotBeUsedIsFoundBeforeTrafficComes(String what, String directive) throws Exception {
        Path missing = folder.resolve("missing");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        MemberTlsConfig config = new MemberTlsConfig(
                true,
                true,
                true,
                what.endsWith("CA file") ? Optional.of(what.startsWith("empty") ? empty : missing) : Optional.empty(),
                what.endsWith("folder") ? Optional.of(missing) : Optional.empty(),
                what.startsWith("machine") ? Optional.of(authorityFile) : Optional.empty(),
                new PassPhrase.None(),
                what.endsWith("protocol") ? List.of("TLSv9") : List.of(),
                what.endsWith("cipher") ? "ECDHE-RSA-FANCY" : "",
                RevocationConfig.NONE);
        Member member = MemberBuilder.https("localhost", 443, config).build();
        assertThatThrownBy(() -> upstream.prepare(member))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(directive);
    }
}
