package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.Tunnel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows a 101 (RFC 9110 7.8, 15.2.2). */
@Timeout(60)
class TunnelTest {
    private static final String SWITCH = "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n";

    private final PooledUpstream upstream = new PooledUpstream();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private ServerSocket listener;
    /** The client's end, and ours. */
    private Socket client;

    private Socket front;

    @BeforeEach
    void connectClient() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        front = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        front.close();
        listener.close();
        upstream.close();
    }

    /** As a container does: closing the stream ends that direction alone. */
    private OutputStream toClient() throws IOException {
        OutputStream out = front.getOutputStream();
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                out.write(source, offset, length);
            }

            @Override
            public void close() throws IOException {
                front.shutdownOutput();
            }
        };
    }

    private Tunnel open(Member member) throws Exception {
        Tunnel tunnel;
        try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.upgrade("websocket"))) {
            assertThat(answer.head().status()).isEqualTo(101);
            tunnel = answer.tunnel();
        }
        tunnel.start(front.getInputStream(), toClient(), () -> {
            closed.add("closed");
            try {
                front.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return tunnel;
    }

    private String fromMember(int count) throws IOException {
        return new String(client.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    private void toMember(String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void bytesGoBothWaysAndThoseThatCameWithThe101AreFirst() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            heads.add(with.readHead());
            with.send(SWITCH + "early ");
            with.send(with.read(4).toUpperCase(java.util.Locale.ROOT));
            with.readAll();
        })) {
            Member member = raw.member();
            open(member);
            toMember("ping");
            assertThat(fromMember(10)).isEqualTo("early PING");
            assertThat(RawMember.next(heads))
                    .isEqualTo(
                            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(upstream.counts(member).busy()).isEqualTo(1);
            client.close();
            RawMember.next(closed);
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    @Test
    void theClientsEndIsPassedOnAndTheMemberMayStillSpeak() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            with.send("got " + with.readAll());
        })) {
            open(raw.member());
            toMember("all");
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("got all");
            RawMember.next(closed);
        }
    }

    @Test
    void theMembersEndIsPassedOnAndTheClientMayStillSpeak() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH + "bye");
            with.socket().shutdownOutput();
            got.add(with.readAll());
        })) {
            open(raw.member());
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("bye");
            toMember("last words");
            client.shutdownOutput();
            assertThat(RawMember.next(got)).isEqualTo("last words");
            RawMember.next(closed);
        }
    }

    @Test
    void aMemberThatResetsEndsBothSides() throws Exception {
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            RawMember.next(go);
            with.reset();
        })) {
            open(raw.member());
            go.add("go");
            RawMember.next(closed);
        }
    }

    @Test
    void megabytesGoThroughInBothDirectionsAtOnce() throws Exception {
        int size = 8_000_000;
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            byte[] block = new byte[65_536];
            InputStream in = with.socket().getInputStream();
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                with.send(block, n);
            }
        })) {
            open(raw.member());
            Thread sender = new Thread(() -> {
                try {
                    client.getOutputStream().write(new byte[size]);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            sender.start();
            long got = 0;
            byte[] block = new byte[65_536];
            for (int n = client.getInputStream().read(block);
                    n >= 0;
                    n = client.getInputStream().read(block)) {
                got += n;
            }
            assertThat(got).isEqualTo(size);
            sender.join();
            RawMember.next(closed);
        }
    }

    @Test
    void aTunnelOnWhichNothingMovesIsClosedAfterTheTimeout() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            with.readAll();
        })) {
            Member member = MemberBuilder.http(raw.port())
                    .timeout(Duration.ofSeconds(1))
                    .build();
            open(member);
            RawMember.next(closed);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(upstream.counts(member).busy()).isZero();
        }
    }

    @Test
    void aTunnelThatMovesOutlivesTheTimeout() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            while (true) {
                with.send(with.read(1));
            }
        })) {
            Member member = MemberBuilder.http(raw.port())
                    .timeout(Duration.ofSeconds(2))
                    .build();
            open(member);
            long until = System.nanoTime() + Duration.ofMillis(4500).toNanos();
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                toMember("x");
                assertThat(fromMember(1)).isEqualTo("x");
                return System.nanoTime() > until;
            });
            assertThat(closed).isEmpty();
        }
    }

    @Test
    void closingFromOutsideEndsTheMembersSideAndTellsTheClients() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            with.readAll();
            ends.add("end");
        })) {
            Tunnel tunnel = open(raw.member());
            tunnel.close();
            tunnel.close();
            RawMember.next(ends);
            RawMember.next(closed);
            assertThat(closed).isEmpty();
        }
    }

    @Test
    void theClientsSideIsClosedAgainForAsLongAsItIsRead() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
        })) {
            Tunnel tunnel;
            try (UpstreamResponse answer = Requests.ask(upstream, raw.member(), Requests.upgrade("websocket"))) {
                tunnel = answer.tunnel();
            }
            BlockingQueue<String> closes = new LinkedBlockingQueue<>();
            OutputStream toClient = new OutputStream() {
                @Override
                public void write(int b) {}

                @Override
                public void close() {
                    closes.add("close");
                }
            };
            tunnel.start(front.getInputStream(), toClient, () -> closed.add("closed"));
            for (int i = 0; i < 3; i++) {
                RawMember.next(closes);
            }
            assertThat(closed).isEmpty();
            client.close();
            RawMember.next(closed);
        }
    }

    @Test
    void finishingTellsTheMemberAndPassesOnWhatItStillSays() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        CountDownLatch tooLate = new CountDownLatch(1);
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            with.send(with.read(5));
            told.add("told" + with.readAll());
            tooLate.await();
            with.send("last words");
        })) {
            Tunnel tunnel = open(raw.member());
            toMember("hello");
            assertThat(fromMember(5)).isEqualTo("hello");
            tunnel.finish(Duration.ofSeconds(30));
            assertThat(RawMember.next(told)).isEqualTo("told");
            toMember("not any more");
            tooLate.countDown();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("last words");
            client.close();
            RawMember.next(closed);
        }
    }

    @Test
    void finishingLeavesAMemberThatDoesNotEnd() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            with.readAll();
            with.send("and so ");
            new CountDownLatch(1).await();
        })) {
            Tunnel tunnel = open(raw.member());
            tunnel.finish(Duration.ofMillis(300));
            RawMember.next(closed);
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo("and so ");
            assertThat(upstream.counts(raw.member()).busy()).isZero();
        }
    }

    @Test
    void aTunnelThatIsNeverStartedIsFinishedAtOnce() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            with.readAll();
        })) {
            Member member = raw.member();
            Tunnel tunnel;
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.upgrade("websocket"))) {
                tunnel = answer.tunnel();
            }
            tunnel.finish(Duration.ofSeconds(30));
            assertThat(upstream.counts(member).busy()).isZero();
            tunnel.start(front.getInputStream(), toClient(), () -> closed.add("closed"));
            RawMember.next(closed);
        }
    }

    @Test
    void aTunnelThatIsNeverStartedIsClosedFromOutside() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(SWITCH);
            with.readAll();
            ends.add("end");
        })) {
            Member member = raw.member();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.upgrade("websocket"))) {
                answer.tunnel().close();
            }
            RawMember.next(ends);
            assertThat(upstream.counts(member).busy()).isZero();
        }
    }

    @ParameterizedTest(name = "asked for {0}, got {1}: {2}")
    @CsvSource({
        "websocket, websocket, true",
        "websocket, WebSocket, true",
        "'chat, websocket', websocket, true",
        "websocket, h2c, false",
        "websocket, 'websocket, h2c', false",
        "websocket, '', false"
    })
    void onlyTheProtocolThatWasAskedForIsSwitchedTo(String asked, String got, boolean switches) throws Exception {
        try (RawMember raw = RawMember.answering("HTTP/1.1 101 X\r\nUpgrade: " + got + "\r\n\r\n")) {
            if (switches) {
                Requests.ask(upstream, raw.member(), Requests.upgrade(asked)).close();
            } else {
                assertThatThrownBy(() -> Requests.ask(upstream, raw.member(), Requests.upgrade(asked)))
                        .isInstanceOfSatisfying(
                                UpstreamException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.BAD_ANSWER));
            }
        }
    }

    @Test
    void aRefusedUpgradeStaysPlainHttp() throws Exception {
        try (RawMember raw = RawMember.answering("HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno")) {
            Member member = raw.member();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.upgrade("websocket"))) {
                assertThat(answer.head().status()).isEqualTo(403);
                answer.copyTo(OutputStream.nullOutputStream());
                assertThatThrownBy(answer::tunnel).isInstanceOf(IllegalStateException.class);
            }
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
        }
    }

    @Test
    void aSwitchThatNobodyTakesUpBreaksTheConnection() throws Exception {
        try (RawMember raw = RawMember.answering(SWITCH)) {
            Member member = raw.member();
            Requests.ask(upstream, member, Requests.upgrade("websocket")).close();
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }
}
