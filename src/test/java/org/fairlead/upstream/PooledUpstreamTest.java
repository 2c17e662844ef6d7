package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.MemberConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of a request to a member and of its answer back, byte for byte. */
class PooledUpstreamTest {
    private final PooledUpstream upstream = new PooledUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    private String fetch(Member member, OutgoingRequest request) throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, member, request)) {
            return text(answer);
        }
    }

    private static String text(UpstreamResponse answer) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer.copyTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aRequestReachesTheMemberByteForByte() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember member = new RawMember(with -> {
            heads.add(with.readHead());
            with.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        })) {
            Headers headers = Headers.of("hOsT", "x:1", "B", "\u0080\u00ff", "A", "1", "a", "2", "Empty", "");
            OutgoingRequest request = new OutgoingRequest(
                    "GET",
                    "//evil/a%2Fb/../c;x=1?q={1}",
                    headers,
                    RequestBody.NONE,
                    false,
                    java.util.Optional.empty(),
                    Requests.DEAF);
            assertThat(fetch(member.member(), request)).isEqualTo("hi");
            assertThat(RawMember.next(heads))
                    .isEqualTo(
                            "GET //evil/a%2Fb/../c;x=1?q={1} HTTP/1.1\r\nhOsT: x:1\r\nB: \u0080\u00ff\r\nA: 1\r\na: 2\r\nEmpty: \r\n\r\n");
        }
    }

    @Test
    void aConnectionIsUsedAgainAfterAnAnswerThatWasReadToItsEnd() throws Exception {
        try (RawMember raw = RawMember.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")) {
            Member member = raw.member();
            for (int i = 0; i < 5; i++) {
                assertThat(fetch(member, Requests.get("/"))).isEqualTo("hi");
            }
            assertThat(raw.connections()).isEqualTo(1);
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(1, 0, 1, 0));
        }
    }

    @Test
    void aRefusedConnectionSaysThatNothingWasSent() throws Exception {
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        Member member = new Member(MemberConfig.of("127.0.0.1", port), java.util.Optional.empty());
        assertThatThrownBy(() -> Requests.ask(upstream, member, Requests.get("/")))
                .isInstanceOfSatisfying(UpstreamException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.CONNECT);
                    assertThat(e.nothingSent()).isTrue();
                })
                .hasMessageContaining("http://127.0.0.1:" + port);
    }

    @Test
    void aBodyOfKnownLengthLeavesWithTheHead() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            got.add(with.readHead() + with.read(5));
            with.send("HTTP/1.1 204 No Content\r\n\r\n");
        })) {
            try (UpstreamResponse answer =
                    Requests.ask(upstream, raw.member(), Requests.of("POST", "/", Requests.body("hello")))) {
                assertThat(answer.head().status()).isEqualTo(204);
                assertThat(answer.bytesSent()).isEqualTo(5);
            }
            assertThat(RawMember.next(got))
                    .isEqualTo("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello");
        }
    }

    @Test
    void aBodyOfUnknownLengthIsSentInChunks() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            got.add(with.readHead() + with.readTo("0\r\n\r\n"));
            with.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        })) {
            assertThat(fetch(raw.member(), Requests.of("POST", "/", Requests.chunked("hello"))))
                    .isEqualTo("abc");
            assertThat(RawMember.next(got))
                    .isEqualTo(
                            "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        }
    }
}
