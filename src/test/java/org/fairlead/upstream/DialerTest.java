package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.PassPhrase;
import org.fairlead.model.RevocationConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a connection comes to be: addresses, sources, sockets in the file system, outbound proxies. */
@Timeout(60)
class DialerTest {
    private static final String HI = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final PooledUpstream upstream = new PooledUpstream();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    private String fetch(Member member, OutgoingRequest request) throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, member, request)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.copyTo(out);
            return out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private UpstreamException failure(Member member) {
        try {
            Requests.ask(upstream, member, Requests.get("/")).close();
        } catch (UpstreamException e) {
            return e;
        }
        throw new AssertionError("connected");
    }

    @Test
    void anUnknownHostIsAFailureToConnect() {
        UpstreamException e =
                failure(MemberBuilder.http("no-such-host.invalid", 80).build());
        assertThat(e.kind()).isEqualTo(Kind.CONNECT);
        assertThat(e).hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void aMembersOwnAddressStandsForItsName() throws Exception {
        try (RawMember raw = RawMember.answering(HI)) {
            Member member = MemberBuilder.http("no-such-host.invalid", raw.port())
                    .inet(InetAddress.getLoopbackAddress())
                    .build();
            assertThat(fetch(member, Requests.get("/"))).isEqualTo("hi");
        }
    }

    @Test
    void everyAddressOfANameIsTriedInTurn() throws Exception {
        InetAddress[] all = InetAddress.getAllByName("localhost");
        for (InetAddress one : all) {
            try (RawMember raw = new RawMember(new ServerSocket(0, 5, one), with -> {
                with.readHead();
                with.send(HI);
            })) {
                assertThat(fetch(MemberBuilder.http("localhost", raw.port()).build(), Requests.get("/")))
                        .isEqualTo("hi");
            }
        }
    }

    @Test
    void aConnectThatIsNotAnsweredIsGivenUpAfterTheConnectionTimeout() throws Exception {
        List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // With its queue full the kernel leaves further connects unanswered.
            for (int i = 0; i < 8; i++) {
                SocketChannel filler = SocketChannel.open();
                filler.configureBlocking(false);
                filler.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
                fillers.add(filler);
            }
            UpstreamException e = failure(MemberBuilder.http(full.getLocalPort())
                    .connectTimeout(Duration.ofMillis(100))
                    .build());
            assertThat(e.kind()).isEqualTo(Kind.CONNECT);
            assertThat(e).hasMessageContaining("timed out");
        } finally {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void connectionsComeFromTheSourceAddress() throws Exception {
        BlockingQueue<String> sources = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            sources.add(with.socket().getInetAddress().getHostAddress());
            with.readHead();
            with.send(HI);
        })) {
            Member member =
                    MemberBuilder.http(raw.port()).sourceAddress("127.0.0.9").build();
            fetch(member, Requests.get("/"));
            assertThat(RawMember.next(sources)).isEqualTo("127.0.0.9");
        }
    }

    @Test
    void aSourceAddressThatIsNotOursIsAFailureToConnect() throws Exception {
        try (RawMember raw = RawMember.answering(HI)) {
            Member member =
                    MemberBuilder.http(raw.port()).sourceAddress("192.0.2.1").build();
            assertThat(failure(member).kind()).isEqualTo(Kind.CONNECT);
        }
    }

    /** A member behind a Unix-domain socket that answers {@code answer} to each head. */
    private static void serve(ServerSocketChannel listener, String answer) {
        Thread server = new Thread(() -> {
            try (SocketChannel channel = listener.accept()) {
                ByteBuffer buffer = ByteBuffer.allocate(10_000);
                while (channel.read(buffer) >= 0) {
                    if (new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1)
                            .endsWith("\r\n\r\n")) {
                        channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
                        buffer.clear();
                    }
                }
            } catch (IOException e) {
                // The listener was closed.
                return;
            }
        });
        server.setDaemon(true);
        server.start();
    }

    @Test
    void aUnixDomainSocketIsAMemberLikeOthers() throws Exception {
        Path path = folder.resolve("m.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            serve(listener, HI);
            Member member = MemberBuilder.unix(path).build();
            assertThat(fetch(member, Requests.get("/"))).isEqualTo("hi");
            assertThat(fetch(member, Requests.get("/"))).isEqualTo("hi");
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(1, 0, 1, 0));
        }
    }

    @Test
    void aSilentMemberBehindAUnixDomainSocketTimesOut() throws Exception {
        Path path = folder.resolve("m.sock");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            serve(listener, "");
            Member member =
                    MemberBuilder.unix(path).timeout(Duration.ofMillis(100)).build();
            assertThat(failure(member).kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void aMissingUnixDomainSocketIsAFailureToConnect() throws Exception {
        assertThat(failure(MemberBuilder.unix(folder.resolve("none")).build()).kind())
                .isEqualTo(Kind.CONNECT);
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(failure(MemberBuilder.unix(file).build()).kind()).isEqualTo(Kind.CONNECT);
    }

    @Test
    void anOutboundProxyGetsTheAbsoluteForm() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember proxy = new RawMember(with -> {
            heads.add(with.readHead());
            with.send(HI);
        })) {
            Member member = MemberBuilder.http("member.invalid", 8080)
                    .remote(proxy.port())
                    .build();
            assertThat(fetch(member, Requests.get("/a%2Fb?c"))).isEqualTo("hi");
            assertThat(RawMember.next(heads))
                    .isEqualTo("GET http://member.invalid:8080/a%2Fb?c HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
    }

    @Test
    void anOutboundProxyIsAskedForAWayToASecureMember() throws Exception {
        TestCertificate authority = TestCertificate.authority("CA");
        javax.net.ssl.SSLContext context = authority.issue().serverContext(authority);
        Path file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        MemberTlsConfig tls = new MemberTlsConfig(
                true,
                true,
                true,
                Optional.of(file),
                Optional.empty(),
                Optional.empty(),
                new PassPhrase.None(),
                List.of(),
                "",
                RevocationConfig.NONE);
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember proxy = new RawMember(with -> {
            heads.add(with.readHead());
            with.send("HTTP/1.1 200 Connected\r\nX: y\r\n\r\n");
            SSLSocket member = (SSLSocket) context.getSocketFactory().createSocket(with.socket(), null, 0, false);
            member.setUseClientMode(false);
            RawMember.Conversation inner = new RawMember.Conversation(member, 1);
            heads.add(inner.readHead());
            inner.send(HI);
            inner.readAll();
        })) {
            Member member = MemberBuilder.https("localhost", 8443, tls)
                    .remote(proxy.port())
                    .build();
            assertThat(fetch(member, Requests.get("/x"))).isEqualTo("hi");
            assertThat(RawMember.next(heads))
                    .isEqualTo("CONNECT localhost:8443 HTTP/1.1\r\nHost: localhost:8443\r\n\r\n");
            assertThat(RawMember.next(heads)).startsWith("GET /x HTTP/1.1\r\n");
        }
    }

    @Test
    void anOutboundProxyThatRefusesMeansThatNothingWasSent() throws Exception {
        try (RawMember proxy = RawMember.answering("HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n")) {
            Member member = MemberBuilder.https("localhost", 8443, MemberTlsConfig.DEFAULTS)
                    .remote(proxy.port())
                    .build();
            UpstreamException e = failure(member);
            assertThat(e.nothingSent()).isTrue();
            assertThat(e).hasMessageContaining("407");
        }
    }

    @Test
    void bytesBehindAnOutboundProxysAnswerAreNotTakenForTheMembers() throws Exception {
        try (RawMember proxy = RawMember.answering("HTTP/1.1 200 OK\r\n\r\njunk")) {
            Member member = MemberBuilder.https("localhost", 8443, MemberTlsConfig.DEFAULTS)
                    .remote(proxy.port())
                    .build();
            assertThat(failure(member)).hasMessageContaining("behind");
        }
    }

    @Test
    void aTargetNeverNamesAHostToConnectTo() throws Exception {
        try (RawMember raw = RawMember.answering(HI)) {
            for (String target : List.of("//evil/x", "http://evil/x", "@evil", "*", "evil:443", "/#f")) {
                assertThat(fetch(raw.member(), Requests.get(target))).isEqualTo("hi");
            }
            assertThatThrownBy(() -> fetch(raw.member(), Requests.get("")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
