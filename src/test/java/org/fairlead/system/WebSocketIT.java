package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets (RFC 6455) by a client library that is not ours, through the jar and the WAR in every container. */
class WebSocketIT {
    private static final int SESSIONS = 100;
    private static final int FRAME = 65_536;

    private static final String HANDSHAKE = "GET /half HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    @RegisterExtension
    final Members members = new Members();

    /** Something that runs Fairlead. */
    private interface Front extends AutoCloseable {
        int port();

        @Override
        void close();
    }

    /** A way to run it. */
    private record Place(String name, java.util.function.Function<String, Front> start) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Place> places() {
        return Stream.concat(
                Stream.of(new Place("jar", WebSocketIT::jar)),
                Containers.ofEveryBuild()
                        .filter(container -> container != Containers.JETTY_12_1)
                        .map(container -> new Place(container.name(), text -> war(container, text))));
    }

    private static Front jar(String configuration) {
        FairleadJar jar = FairleadJar.configured("Listen 127.0.0.1:0\n" + configuration);
        return new Front() {
            @Override
            public int port() {
                return jar.port();
            }

            @Override
            public void close() {
                jar.close();
            }
        };
    }

    private static Front war(Containers kind, String configuration) {
        Container container = kind.deploy().configuration(configuration).start();
        return new Front() {
            @Override
            public int port() {
                return container.port();
            }

            @Override
            public void close() {
                container.close();
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void webSocketsPassWholeAndEndOnBothSides(Place place) throws Exception {
        WebSocketEcho echo = new WebSocketEcho();
        RawMember member = members.raw(echo);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (Front front = place.start().apply("ProxyPass / ws://127.0.0.1:" + member.port() + "/\n")) {
            aHundredSessionsEchoLargeFrames(client, front, echo);
            pingsArePassedBothWays(client, front, echo);
            aCloseOfTheClientReachesTheMember(client, front, echo);
            aCloseOfTheMemberReachesTheClient(client, front, echo);
            await("the end of the member's connections")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> member.openConnections() == 0);
            aClientThatEndsItsDirectionStillHears(front);
        }
    }

    @Test
    void aContainerThatCannotSwitchProtocolsRefusesAndSaysSoInItsLog() throws Exception {
        RawMember member = members.raw(new WebSocketEcho());
        try (Container jetty = Containers.JETTY_12_1
                .deploy()
                .configuration("ProxyPass / ws://127.0.0.1:" + member.port() + "/\n")
                .start()) {
            for (int i = 0; i < 2; i++) {
                assertThat(RawClient.exchange(jetty.port(), HANDSHAKE).status()).isEqualTo(501);
            }
            assertThat(member.requests())
                    .noneMatch(request -> request.startLine().contains("/half"));
            assertThat(jetty.log()).containsOnlyOnce("jetty/12.1").contains("cannot switch protocols");
        }
    }

    private static void aHundredSessionsEchoLargeFrames(HttpClient client, Front front, WebSocketEcho echo)
            throws Exception {
        List<EchoSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(EchoSession.open(client, front.port(), "/chat?" + i));
            }
            for (int i = 0; i < SESSIONS; i++) {
                // All of them are on their way before the first one is looked at.
                sessions.get(i).send(frame(i));
                sessions.get(i).send("text ä " + i);
            }
            for (int i = 0; i < SESSIONS; i++) {
                assertThat(sessions.get(i).next().text())
                        .as("what came with the 101")
                        .isEqualTo(WebSocketEcho.GREETING);
                assertThat(sessions.get(i).next().bytes()).isEqualTo(frame(i));
                assertThat(sessions.get(i).next().text()).isEqualTo("text ä " + i);
            }
        } finally {
            sessions.forEach(EchoSession::close);
        }
        assertThat(echo.longestFrame()).as("one frame, not many small ones").isEqualTo(FRAME);
    }

    private static byte[] frame(int seed) {
        byte[] bytes = new byte[FRAME];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void pingsArePassedBothWays(HttpClient client, Front front, WebSocketEcho echo) throws Exception {
        try (EchoSession session = EchoSession.open(client, front.port(), "/ping")) {
            assertThat(session.next().text()).isEqualTo(WebSocketEcho.GREETING);
            session.ping(new byte[] {7, 8, 9});
            assertThat(session.next()).satisfies(event -> {
                assertThat(event.kind()).isEqualTo("pong");
                assertThat(event.bytes()).containsExactly(7, 8, 9);
            });
            session.send(WebSocketEcho.PLEASE_PING);
            assertThat(session.next().text()).isEqualTo(WebSocketEcho.PLEASE_PING);
            await("the client's pong").until(() -> echo.pongsFromClients() == 1);
        }
    }

    private static void aCloseOfTheClientReachesTheMember(HttpClient client, Front front, WebSocketEcho echo)
            throws Exception {
        try (EchoSession session = EchoSession.open(client, front.port(), "/close")) {
            assertThat(session.next().text()).isEqualTo(WebSocketEcho.GREETING);
            session.sayClose(4002, "enough");
            EchoSession.Event close = session.next();
            assertThat(close.kind()).isEqualTo("close");
            assertThat(close.code()).isEqualTo(4002);
            assertThat(close.text()).isEqualTo("enough");
            assertThat(echo.lastCode()).isEqualTo(4002);
        }
    }

    private static void aCloseOfTheMemberReachesTheClient(HttpClient client, Front front, WebSocketEcho echo)
            throws Exception {
        int before = echo.closesFromClients();
        try (EchoSession session = EchoSession.open(client, front.port(), "/close")) {
            assertThat(session.next().text()).isEqualTo(WebSocketEcho.GREETING);
            session.send(WebSocketEcho.PLEASE_CLOSE);
            EchoSession.Event close = session.next();
            assertThat(close.kind()).isEqualTo("close");
            assertThat(close.code()).isEqualTo(WebSocketEcho.MEMBERS_CODE);
            assertThat(close.text()).isEqualTo("bye");
            await("the client's answer to it").until(() -> echo.closesFromClients() == before + 1);
            assertThat(echo.lastCode()).isEqualTo(WebSocketEcho.MEMBERS_CODE);
            await("both ends").until(session::isOver);
        }
    }

    /** A member that speaks only when its client has said that nothing more will come. */
    private void aClientThatEndsItsDirectionStillHears(Front front) throws IOException {
        try (RawClient raw = RawClient.to(front.port())) {
            raw.send(HANDSHAKE);
            assertThat(raw.readFinal().status()).isEqualTo(101);
            byte[] ping = {(byte) 0x89, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
            raw.send(ping).finishSending();
            byte[] greeting = raw.input().readNBytes(2 + WebSocketEcho.GREETING.length());
            assertThat(new String(greeting, StandardCharsets.ISO_8859_1)).endsWith(WebSocketEcho.GREETING);
            assertThat(raw.input().readNBytes(4)).containsExactly(0x8A, 2, 'h', 'i');
            byte[] farewell = raw.input().readNBytes(2 + WebSocketEcho.FAREWELL.length());
            assertThat(new String(farewell, StandardCharsets.ISO_8859_1)).endsWith(WebSocketEcho.FAREWELL);
            assertThat(raw.isClosedByServer()).isTrue();
        }
    }
}
