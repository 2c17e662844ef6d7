package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.fairlead.exchange.ReadinessNotifier;
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

/** TLS below HTTP, against the JDK's sockets. */
@Timeout(60)
class TlsTransportTest {
    @TempDir
    private static Path folder;

    private static TestCertificate authority;
    private static Path authorityFile;

    private final TimeoutMonitor watch = new TimeoutMonitor(ReadinessNotifier.NONE);

    @BeforeAll
    static void makeAuthority() throws Exception {
        authority = TestCertificate.authority("Good CA");
        authorityFile = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private static MemberTls trusting(String protocol) {
        return new MemberTls(new MemberTlsConfig(
                true,
                true,
                true,
                Optional.of(authorityFile),
                Optional.empty(),
                Optional.empty(),
                new PassPhrase.None(),
                List.of(protocol),
                "",
                RevocationConfig.NONE));
    }

    private static SSLServerSocket listen() throws Exception {
        return (SSLServerSocket) authority
                .issue()
                .serverContext(authority)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private TlsTransport connect(int port, MemberTls tls) throws IOException {
        PlainTransport plain = new PlainTransport(
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), watch);
        plain.limit(Duration.ofSeconds(30));
        return TlsTransport.handshake(plain, tls, new PeerName("localhost"), port);
    }

    private static void write(Transport wire, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        wire.write(bytes, 0, bytes.length);
    }

    private static String read(Transport wire, int length, int piece) throws IOException {
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            int n = wire.read(bytes, at, Math.min(piece, length - at));
            assertThat(n).isPositive();
            at += n;
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "{0} bytes by {1}, {2}")
    @CsvSource({
        "40000, 1,     TLSv1.3",
        "40000, 100,   TLSv1.2",
        "40000, 8192,  TLSv1.3",
        "40000, 16384, TLSv1.2",
        "40000, 65536, TLSv1.3",
        "1,     65536, TLSv1.2"
    })
    void recordsAreReadInPiecesOfAnySize(int length, int piece, String protocol) throws Exception {
        String all = "0123456789abcdefghijklmnopq".repeat(length / 27 + 1).substring(0, length);
        try (RawMember raw = new RawMember(listen(), with -> {
            with.send(all);
            with.readAll();
        })) {
            TlsTransport wire = connect(raw.port(), trusting(protocol));
            assertThat(read(wire, length, piece)).isEqualTo(all);
            wire.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aNewHandshakeOrNewKeysBetweenTheDataAreTaken(String protocol) throws Exception {
        try (RawMember raw = new RawMember(listen(), with -> {
            with.send("one");
            // TLS 1.2: a new handshake (RFC 5246 7.4.1.1); TLS 1.3: KeyUpdate with update_requested (RFC 8446 4.6.3).
            ((SSLSocket) with.socket()).startHandshake();
            with.send("two");
            with.read(5);
            with.send("four");
            with.readAll();
        })) {
            TlsTransport wire = connect(raw.port(), trusting(protocol));
            assertThat(read(wire, 6, 100)).isEqualTo("onetwo");
            write(wire, "three");
            assertThat(read(wire, 4, 100)).isEqualTo("four");
            wire.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aThreadThatWritesAndOneThatReadsGoOnOverANewHandshake(String protocol) throws Exception {
        int rounds = 200;
        try (RawMember raw = new RawMember(listen(), with -> {
            for (int i = 0; i < rounds; i++) {
                with.read(1000);
                if (i % 20 == 10) {
                    ((SSLSocket) with.socket()).startHandshake();
                }
                with.send("x".repeat(1000));
            }
            with.readAll();
        })) {
            TlsTransport wire = connect(raw.port(), trusting(protocol));
            FutureTask<String> reader = new FutureTask<>(() -> read(wire, rounds * 1000, 700));
            new Thread(reader, "reader").start();
            for (int i = 0; i < rounds; i++) {
                write(wire, "y".repeat(1000));
            }
            assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo("x".repeat(rounds * 1000));
            wire.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void halfARecordIsNothingYet(String protocol) throws Exception {
        try (RawMember raw = new RawMember(listen(), with -> {
                    with.send("hi");
                    with.read(2);
                    with.send("answer");
                    with.readAll();
                });
                HoldingRelay relay = new HoldingRelay(raw.port())) {
            TlsTransport wire = connect(relay.port(), trusting(protocol));
            byte[] target = new byte[100];
            // Behind the tickets of TLS 1.3.
            assertThat(read(wire, 2, 2)).isEqualTo("hi");
            relay.hold();
            write(wire, "go");
            relay.awaitHalf();
            assertThat(wire.await(Duration.ofSeconds(30))).isTrue();
            assertThat(wire.readNow(target, 0, 100)).isZero();
            relay.release();
            assertThat(read(wire, 6, 100)).isEqualTo("answer");
            wire.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsResumed(String protocol) throws Exception {
        BlockingQueue<Long> created = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(listen(), with -> {
            with.read(2);
            created.add(((SSLSocket) with.socket()).getSession().getCreationTime());
            with.send("hi");
            with.readAll();
        })) {
            MemberTls tls = trusting(protocol);
            long first = creationTime(raw, tls, created);
            while (System.currentTimeMillis() <= first) {
                Thread.onSpinWait();
            }
            assertThat(creationTime(raw, tls, created)).isEqualTo(first);
            assertThat(creationTime(raw, trusting(protocol), created))
                    .as("without what the first has kept")
                    .isGreaterThan(first);
        }
    }

    private long creationTime(RawMember raw, MemberTls tls, BlockingQueue<Long> created) throws Exception {
        TlsTransport wire = connect(raw.port(), tls);
        write(wire, "go");
        assertThat(read(wire, 2, 2)).isEqualTo("hi");
        wire.closeNotify();
        wire.close();
        return created.take();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theMemberHearsThatWeClose(String protocol) throws Exception {
        BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(
                listen(), with -> ends.add(with.socket().getInputStream().read()))) {
            TlsTransport wire = connect(raw.port(), trusting(protocol));
            wire.closeNotify();
            wire.close();
            assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theMemberHearsWhyItsCertificateIsRefused(String protocol) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        TestCertificate strange = TestCertificate.authority("Strange CA").issue();
        ServerSocket listener = strange.serverContext(authority)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (RawMember raw = new RawMember(listener, with -> {
            try {
                ((SSLSocket) with.socket()).startHandshake();
                with.readAll();
                heard.add("nothing");
            } catch (SSLException e) {
                heard.add(e.getMessage());
            }
        })) {
            assertThatThrownBy(() -> connect(raw.port(), trusting(protocol))).isInstanceOf(SSLException.class);
            assertThat(heard.poll(30, TimeUnit.SECONDS)).contains("fatal alert: certificate_unknown");
        }
    }

    @Test
    void noOtherProtocolThanHttp1IsOfferedToMembers() throws Exception {
        BlockingQueue<List<String>> offers = new LinkedBlockingQueue<>();
        SSLServerSocket listener = listen();
        try (RawMember raw = new RawMember(listener, with -> {
            ((SSLSocket) with.socket()).setHandshakeApplicationProtocolSelector((socket, offered) -> {
                offers.add(offered);
                return "";
            });
            with.send("hi");
            with.readAll();
        })) {
            TlsTransport wire = connect(raw.port(), trusting("TLSv1.3"));
            assertThat(read(wire, 2, 2)).isEqualTo("hi");
            assertThat(offers).isEmpty();
            wire.close();
        }
    }

    /** A relay that, once told to hold, passes three bytes of what the member sends next, and the rest on release. */
    private static final class HoldingRelay implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final BlockingQueue<String> half = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> released = new LinkedBlockingQueue<>();
        private volatile boolean holding;

        HoldingRelay(int target) throws IOException {
            Thread thread = new Thread(() -> relay(target), "holding-relay");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        void hold() {
            holding = true;
        }

        void awaitHalf() throws InterruptedException {
            assertThat(half.poll(30, TimeUnit.SECONDS)).isNotNull();
        }

        void release() {
            released.add("");
        }

        private void relay(int target) {
            try (Socket client = listener.accept();
                    Socket member = new Socket(InetAddress.getLoopbackAddress(), target)) {
                Thread up = new Thread(() -> copy(client, member), "holding-relay-up");
                up.setDaemon(true);
                up.start();
                InputStream from = member.getInputStream();
                OutputStream to = client.getOutputStream();
                byte[] buffer = new byte[65536];
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    int now = holding ? Math.min(3, n) : n;
                    to.write(buffer, 0, now);
                    if (holding) {
                        half.add("");
                        released.take();
                        holding = false;
                        to.write(buffer, now, n - now);
                    }
                }
            } catch (IOException | InterruptedException e) {
                // The end of the test.
            }
        }

        private static void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                // The end of the test.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
