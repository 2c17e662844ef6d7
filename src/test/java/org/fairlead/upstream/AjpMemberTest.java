package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.HealthCheckConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** AJP members byte for byte: what is accepted, what is refused, and what becomes of the connection. */
class AjpMemberTest {
    private final PooledUpstream upstream = new PooledUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    private static Member member(RawMember raw) {
        return MemberBuilder.ajp(raw.port()).build();
    }

    private static RawMember answering(String bytes) throws Exception {
        return new RawMember(with -> {
            while (true) {
                AjpPackets.read(with);
                with.send(bytes);
            }
        });
    }

    private String fetch(Member member, OutgoingRequest request) throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, member, request)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.copyTo(out);
            return answer.head().status() + " " + out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    static Stream<Arguments> broken() {
        String ok = AjpPackets.head(200);
        return Stream.of(
                arguments("HTTP", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
                arguments("another magic", "\u00124\0\2\5\1"),
                arguments("an empty packet", "AB\0\0" + ok),
                arguments("an unknown kind", AjpPackets.packet("\7\0")),
                arguments("CPONG unasked", AjpPackets.CPONG),
                arguments("an end without a head", AjpPackets.END),
                arguments("a body without a head", AjpPackets.chunk("x")),
                arguments("a chunk longer than its packet", AjpPackets.packet("\3\0\5abc\0")),
                arguments("a chunk shorter than its packet", AjpPackets.packet("\3\0\1abc\0")),
                arguments("a chunk without a length", AjpPackets.packet("\3\0")),
                arguments("a head without fields", AjpPackets.packet("\4\0")),
                arguments("a head that promises fields", AjpPackets.packet("\4\0\310\0\0\0\0\2\240\1\0\1x\0")),
                arguments("a string beyond its packet", AjpPackets.packet("\4\0\310\0\77OK\0\0\0")),
                arguments("a string without its zero", AjpPackets.packet("\4\0\310\0\2OKx\0\0")),
                arguments("bytes behind the fields", AjpPackets.packet("\4\0\310\0\2OK\0\0\0more")),
                arguments("an unknown field code", AjpPackets.packet("\4\0\310\0\0\0\0\1\240\77\0\1x\0")),
                arguments("a field without a name", AjpPackets.head(200, "", "x")),
                arguments("a name that is no token", AjpPackets.head(200, "A b", "x")),
                arguments("a name with a colon", AjpPackets.head(200, "A:", "x")),
                arguments("a line end in a value", AjpPackets.head(200, "A", "x\r\nB: y")),
                arguments("a NUL in a value", AjpPackets.head(200, "A", "x\0y")),
                arguments("an interim status", AjpPackets.head(100)),
                arguments("a switch of protocols", AjpPackets.head(101, "Upgrade", "websocket")),
                arguments("status 99", AjpPackets.head(99)),
                arguments("status 1000", AjpPackets.head(1000)),
                arguments("two lengths", AjpPackets.head(200, "Content-Length", "1", "content-length", "2")),
                arguments("a length that is none", AjpPackets.head(200, "Content-Length", "+1")),
                arguments("a field that is too long", AjpPackets.head(200, "A", "x".repeat(9000))),
                arguments("501 fields", AjpPackets.head(200, manyFields(501))),
                arguments(
                        "a body where none is declared",
                        AjpPackets.head(200, "Content-Length", "0") + AjpPackets.chunk("x")),
                arguments("an end with more than a flag", ok.isEmpty() ? "" : AjpPackets.packet("\5\1\1")),
                arguments("more and more asked for", AjpPackets.getBody(8).repeat(3)));
    }

    private static String[] manyFields(int count) {
        return Stream.generate(() -> List.of("A", "b"))
                .limit(count)
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenPacketIsRefusedAndItsConnectionGone(String what, String bytes) throws Exception {
        try (RawMember raw = answering(bytes)) {
            Member member = member(raw);
            assertThatThrownBy(() -> fetch(member, Requests.get("/")))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_ANSWER));
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    static Stream<Arguments> cut() {
        String length = AjpPackets.head(200, "Content-Length", "5");
        return Stream.of(
                arguments("a second head", AjpPackets.head(200) + AjpPackets.head(200)),
                arguments("CPONG within", AjpPackets.head(200) + AjpPackets.CPONG),
                arguments("more than declared", length + AjpPackets.chunk("123456") + AjpPackets.END),
                arguments("less than declared", length + AjpPackets.chunk("1234") + AjpPackets.END),
                arguments("no packet within", AjpPackets.head(200) + "HTTP/1.1 200 OK\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cut")
    void anAnswerWhoseBodyIsWrongIsCut(String what, String bytes) throws Exception {
        try (RawMember raw = answering(bytes)) {
            Member member = member(raw);
            assertThatThrownBy(() -> fetch(member, Requests.get("/")))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CUT));
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(
                        "chunks",
                        AjpPackets.head(200) + AjpPackets.chunk("a") + AjpPackets.chunk("b") + AjpPackets.END,
                        "200 ab"),
                arguments(
                        "flushes",
                        AjpPackets.FLUSH
                                + AjpPackets.head(200)
                                + AjpPackets.FLUSH
                                + AjpPackets.chunk("ab")
                                + AjpPackets.FLUSH
                                + AjpPackets.END,
                        "200 ab"),
                arguments(
                        "chunks without a zero behind",
                        AjpPackets.head(200) + AjpPackets.packet("\3\0\2ab") + AjpPackets.END,
                        "200 ab"),
                arguments(
                        "a length",
                        AjpPackets.head(200, "Content-Length", "2") + AjpPackets.chunk("ab") + AjpPackets.END,
                        "200 ab"),
                arguments(
                        "the same length twice",
                        AjpPackets.head(200, "Content-Length", "2", "Content-Length", "2")
                                + AjpPackets.chunk("ab")
                                + AjpPackets.END,
                        "200 ab"),
                arguments(
                        "framing of HTTP, which means nothing here",
                        AjpPackets.head(200, "Transfer-Encoding", "chunked", "Connection", "close")
                                + AjpPackets.chunk("ab")
                                + AjpPackets.END,
                        "200 ab"),
                arguments("no body", AjpPackets.head(200) + AjpPackets.END, "200 "),
                arguments("an absent reason", AjpPackets.packet("\4\0\310\377\377\0\0") + AjpPackets.END, "200 "),
                arguments(
                        "coded names",
                        AjpPackets.packet("\4\0\310\0\0\0\0\1\240\3\0\1" + "2\0")
                                + AjpPackets.chunk("ab")
                                + AjpPackets.END,
                        "200 ab"),
                arguments("a body with 304", AjpPackets.head(304) + AjpPackets.chunk("ab") + AjpPackets.END, "304 "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void anHonestAnswerComesThroughAndItsConnectionIsKept(String what, String bytes, String seen) throws Exception {
        try (RawMember raw = new RawMember(with -> {
            while (true) {
                String packet = AjpPackets.read(with);
                if (packet.charAt(0) == 2) {
                    with.send(bytes);
                }
            }
        })) {
            Member member = member(raw);
            assertThat(fetch(member, Requests.get("/"))).isEqualTo(seen);
            assertThat(fetch(member, Requests.get("/"))).isEqualTo(seen);
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(1, 0, 1, 0));
        }
    }

    @Test
    void aConnectionThatTheMemberDoesNotLetGoOnIsNotUsedAgain() throws Exception {
        try (RawMember raw = answering(AjpPackets.head(200) + AjpPackets.chunk("x") + AjpPackets.END_AND_CLOSE)) {
            Member member = member(raw);
            assertThat(fetch(member, Requests.get("/"))).isEqualTo("200 x");
            assertThat(fetch(member, Requests.get("/"))).isEqualTo("200 x");
            assertThat(raw.connections()).isEqualTo(2);
        }
    }

    @Test
    void theBodyIsSentAsItIsAskedForAlsoBehindTheHead() throws Exception {
        BlockingQueue<String> packets = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            AjpPackets.read(with);
            with.send(AjpPackets.getBody(3));
            packets.add(AjpPackets.read(with));
            with.send(AjpPackets.head(200) + AjpPackets.chunk("one") + AjpPackets.getBody(100));
            packets.add(AjpPackets.read(with));
            with.send(AjpPackets.getBody(100));
            packets.add(AjpPackets.read(with));
            with.send(AjpPackets.chunk("two") + AjpPackets.END);
        })) {
            assertThat(fetch(member(raw), Requests.of("POST", "/", Requests.chunked("abcdefg"))))
                    .isEqualTo("200 onetwo");
            assertThat(RawMember.next(packets)).isEqualTo("\0\3abc");
            assertThat(RawMember.next(packets)).isEqualTo("\0\4defg");
            assertThat(RawMember.next(packets)).isEqualTo("\0\0");
        }
    }

    @Test
    void aBodyOfKnownLengthBeginsUnaskedAndEndsWithItsLastByte() throws Exception {
        BlockingQueue<String> packets = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            while (true) {
                AjpPackets.read(with);
                packets.add(AjpPackets.read(with));
                with.send(AjpPackets.getBody(8186));
                packets.add(AjpPackets.read(with));
                with.send(AjpPackets.ok("done"));
            }
        })) {
            assertThat(fetch(member(raw), Requests.of("POST", "/", Requests.body("abc"))))
                    .isEqualTo("200 done");
            assertThat(RawMember.next(packets)).isEqualTo("\0\3abc");
            assertThat(RawMember.next(packets)).isEqualTo("\0\0");
        }
    }

    @Test
    void aStaleConnectionIsToldFromAMemberThatBreaksOff() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            AjpPackets.read(with);
            with.send(AjpPackets.ok("x"));
            AjpPackets.read(with);
        })) {
            Member member = member(raw);
            assertThat(fetch(member, Requests.get("/"))).isEqualTo("200 x");
            assertThatThrownBy(() -> fetch(member, Requests.get("/")))
                    .isInstanceOfSatisfying(UpstreamException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.BROKEN);
                        assertThat(e.reusedConnection()).isTrue();
                    });
        }
    }

    @Test
    void aSilentMemberIsGivenUp() throws Exception {
        try (RawMember raw = new RawMember(with -> with.readAll())) {
            Member member = MemberBuilder.ajp(raw.port())
                    .timeout(Duration.ofMillis(100))
                    .build();
            assertThatThrownBy(() -> fetch(member, Requests.get("/")))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        }
    }

    @Test
    void aConnectionThatDoesNotAnswerCpingIsReplacedByANewOne() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            for (int i = 0; i < 2; i++) {
                assertThat(AjpPackets.read(with)).isEqualTo("\n");
                with.send(AjpPackets.CPONG);
                AjpPackets.read(with);
                with.send(AjpPackets.ok(with.number() + ""));
                if (with.number() == 1) {
                    AjpPackets.read(with);
                    with.readAll();
                }
            }
        })) {
            Member member =
                    MemberBuilder.ajp(raw.port()).ping(Duration.ofMillis(300)).build();
            assertThat(fetch(member, Requests.get("/"))).isEqualTo("200 1");
            assertThat(fetch(member, Requests.of("POST", "/", RequestBody.NONE)))
                    .isEqualTo("200 2");
        }
    }

    @Test
    void aMemberThatAnswersNoCpingGetsNoRequest() throws Exception {
        try (RawMember raw = new RawMember(with -> with.readAll())) {
            Member member =
                    MemberBuilder.ajp(raw.port()).ping(Duration.ofMillis(100)).build();
            assertThatThrownBy(() -> fetch(member, Requests.of("POST", "/", Requests.body("abc"))))
                    .isInstanceOfSatisfying(UpstreamException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.PING);
                        assertThat(e.nothingSent()).isTrue();
                    });
            assertThat(raw.connections()).isEqualTo(2);
        }
    }

    @Test
    void aProbeByCpingPassesWithCpongAndNothingElse() throws Exception {
        HealthCheckConfig check = new HealthCheckConfig(
                HealthCheckConfig.Method.CPING, Duration.ofSeconds(1), 1, 1, "", "", Duration.ofSeconds(20));
        try (RawMember good = answering(AjpPackets.CPONG);
                RawMember bad = answering(AjpPackets.ok("x"))) {
            assertThat(upstream.probe().ask(member(good), check)).isEmpty();
            assertThatThrownBy(() -> upstream.probe().ask(member(bad), check)).hasMessageContaining("no CPONG");
        }
    }

    static Stream<Arguments> unsendable() {
        return Stream.of(
                arguments("a field of 9000 bytes", Headers.of("Host", "a", "X", "x".repeat(9000)), "/"),
                arguments("a line end in a value", Headers.of("Host", "a", "X", "a\r\nb"), "/"),
                arguments("a wide character", Headers.of("Host", "a", "X", "\u20ac"), "/"),
                arguments("a name that is no token", Headers.of("Host", "a", "X Y", "a"), "/"),
                arguments("a space in the target", Headers.of("Host", "a"), "/a b"),
                arguments("a line end in the query", Headers.of("Host", "a"), "/?a\nb"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsendable")
    void whatFitsIntoNoPacketIsNotSent(String what, Headers headers, String target) throws Exception {
        try (RawMember raw = answering(AjpPackets.ok("x"))) {
            OutgoingRequest request = new OutgoingRequest(
                    "GET", target, headers, RequestBody.NONE, false, Optional.empty(), Requests.DEAF);
            assertThatThrownBy(() -> fetch(member(raw), request)).isInstanceOf(IllegalArgumentException.class);
            assertThat(raw.connections()).isZero();
        }
    }
}
