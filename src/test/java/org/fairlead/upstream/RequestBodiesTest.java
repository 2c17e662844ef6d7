package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.GivenBody;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client's body gets to a member, and what stops it (RFC 9110 8.6, 10.1.1; RFC 9112 6, 7.1, 9.5). */
@Timeout(60)
class RequestBodiesTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final PooledUpstream upstream = new PooledUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    private String fetch(Member member, OutgoingRequest request) throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, member, request)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            answer.copyTo(out);
            return answer.head().status() + " " + out.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private UpstreamException failure(Member member, OutgoingRequest request) {
        try {
            Requests.ask(upstream, member, request).close();
        } catch (UpstreamException e) {
            return e;
        }
        throw new AssertionError("an answer came");
    }

    /** A stream of {@code length} bytes that follow a pattern. */
    private static InputStream pattern(long length) {
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return position == length ? -1 : (int) (position++ * 31 >> 3) & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                if (position == length) {
                    return -1;
                }
                int n = (int) Math.min(count, length - position);
                for (int i = 0; i < n; i++) {
                    target[offset + i] = (byte) ((position + i) * 31 >> 3);
                }
                position += n;
                return n;
            }
        };
    }

    private static InputStream failing(String first) {
        return new SequenceInputStream(
                new ByteArrayInputStream(first.getBytes(StandardCharsets.ISO_8859_1)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the client is gone");
                    }
                });
    }

    @ParameterizedTest(name = "{0} without a body: {1}")
    @CsvSource({
        "GET, ''",
        "HEAD, ''",
        "OPTIONS, ''",
        "DELETE, ''",
        "PROPFIND, ''",
        "POST, 'Content-Length: 0\r\n'",
        "PUT, 'Content-Length: 0\r\n'",
        "PATCH, 'Content-Length: 0\r\n'",
        "QUERY, 'Content-Length: 0\r\n'"
    })
    void methodsThatMeanContentSayWhenThereIsNone(String method, String framing) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            heads.add(with.readHead());
            with.send("HTTP/1.1 204 None\r\n\r\n");
        })) {
            Requests.ask(upstream, raw.member(), Requests.of(method, "/", RequestBody.NONE))
                    .close();
            assertThat(RawMember.next(heads))
                    .isEqualTo(method + " / HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n");
        }
    }

    @Test
    void whateverTheHeadersSayThereIsExactlyOneFraming() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            heads.add(with.readHead() + with.read(3));
            with.send(OK);
        })) {
            Headers headers = Headers.of(
                    "Host",
                    "x",
                    "content-length",
                    "99",
                    "Transfer-Encoding",
                    "chunked",
                    "TRANSFER-ENCODING",
                    "x",
                    "Expect",
                    "100-continue",
                    "Content-Length",
                    "7",
                    "X",
                    "1");
            OutgoingRequest request = new OutgoingRequest(
                    "POST", "/", headers, Requests.body("abc"), false, java.util.Optional.empty(), Requests.DEAF);
            assertThat(fetch(raw.member(), request)).isEqualTo("200 ok");
            assertThat(RawMember.next(heads))
                    .isEqualTo("POST / HTTP/1.1\r\nHost: x\r\nX: 1\r\nContent-Length: 3\r\n\r\nabc");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"a\rb", "a\nb", "a\r\nEvil: 1", "a\0b", "wide \u010a", "wide \u4e0d"})
    void aValueThatCouldEndItsLineIsNeverWritten(String value) throws Exception {
        try (RawMember raw = RawMember.answering(OK)) {
            OutgoingRequest request = new OutgoingRequest(
                    "GET",
                    "/",
                    Headers.of("X", value),
                    RequestBody.NONE,
                    false,
                    java.util.Optional.empty(),
                    Requests.DEAF);
            assertThatThrownBy(() -> Requests.ask(upstream, raw.member(), request))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(raw.connections()).isZero();
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "'GE T', /, X",
        "'', /, X",
        "'GET\r\nX:', /, X",
        "GET, '/a b', X",
        "GET, '/a\r\nX: 1', X",
        "GET, '/\u010a', X",
        "GET, '/a\u007f', X",
        "GET, '', X",
        "GET, /, 'X Y'",
        "GET, /, 'X:'",
        "GET, /, ''",
        "GET, /, '\u00fc'"
    })
    void aHeadThatCouldBeReadOtherwiseIsNeverWritten(String method, String target, String name) throws Exception {
        try (RawMember raw = RawMember.answering(OK)) {
            OutgoingRequest request = new OutgoingRequest(
                    method,
                    target,
                    Headers.of(name, "v"),
                    RequestBody.NONE,
                    false,
                    java.util.Optional.empty(),
                    Requests.DEAF);
            assertThatThrownBy(() -> Requests.ask(upstream, raw.member(), request))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(raw.connections()).isZero();
        }
    }

    @Test
    void aHeadLongerThanTheBufferArrivesWhole() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            heads.add(with.readHead());
            with.send(OK);
        })) {
            Member member = MemberBuilder.http(raw.port()).ioBufferSize(512).build();
            String value = "v".repeat(5000);
            OutgoingRequest request = new OutgoingRequest(
                    "GET",
                    "/",
                    Headers.of("X", value),
                    RequestBody.NONE,
                    false,
                    java.util.Optional.empty(),
                    Requests.DEAF);
            assertThat(fetch(member, request)).isEqualTo("200 ok");
            assertThat(RawMember.next(heads)).isEqualTo("GET / HTTP/1.1\r\nX: " + value + "\r\n\r\n");
        }
    }

    @ParameterizedTest(name = "{0} bytes, buffer {1}")
    @CsvSource({"1, 512", "511, 512", "70000, 512", "65536, 0", "65537, 0", "1000000, 0", "1000000, 4096"})
    void bodiesOfAnySizeArriveWholeInBothFramings(int size, int buffer) throws Exception {
        byte[] wanted = pattern(size).readAllBytes();
        BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            while (true) {
                boolean chunked = with.readHead().contains("chunked");
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                if (chunked) {
                    for (int n = chunkSize(with); n > 0; n = chunkSize(with)) {
                        body.writeBytes(with.read(n).getBytes(StandardCharsets.ISO_8859_1));
                        with.readTo("\r\n");
                    }
                    with.readTo("\r\n");
                } else {
                    body.writeBytes(with.read(size).getBytes(StandardCharsets.ISO_8859_1));
                }
                bodies.add(body.toByteArray());
                with.send(OK);
            }
        })) {
            Member member = MemberBuilder.http(raw.port()).ioBufferSize(buffer).build();
            for (long length : new long[] {size, -1}) {
                OutgoingRequest request = Requests.of("POST", "/", Requests.body(length, pattern(size)));
                try (UpstreamResponse answer = Requests.ask(upstream, member, request)) {
                    assertThat(answer.bytesSent()).isEqualTo(size);
                    answer.copyTo(OutputStream.nullOutputStream());
                }
                assertThat(RawMember.next(bodies)).isEqualTo(wanted);
            }
            assertThat(raw.connections()).isEqualTo(1);
        }
    }

    private static int chunkSize(RawMember.Conversation with) throws IOException {
        return Integer.parseInt(with.readTo("\r\n").strip(), 16);
    }

    @Test
    void trailersFollowTheLastChunkButForThoseThatFrameOrRoute() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            got.add(with.readTo("\r\n\r\n"));
            with.send(OK);
        })) {
            Headers trailers = Headers.of("X-Sum", "1", "Content-Length", "9", "Host", "evil", "X-More", "2");
            RequestBody body =
                    new GivenBody(-1, new ByteArrayInputStream("abc".getBytes(StandardCharsets.ISO_8859_1)), trailers);
            assertThat(fetch(raw.member(), Requests.of("POST", "/", body))).isEqualTo("200 ok");
            assertThat(RawMember.next(got)).isEqualTo("3\r\nabc\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n");
        }
    }

    @ParameterizedTest(name = "length {0}")
    @ValueSource(longs = {10, -1})
    void aClientThatBreaksOffBreaksTheRequestWhichIsNeverCompleted(long length) throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            got.add(with.readAll());
        })) {
            Member member = raw.member();
            UpstreamException e = failure(member, Requests.of("POST", "/", Requests.body(length, failing("abc"))));
            assertThat(e.kind()).isEqualTo(Kind.CLIENT_BODY);
            assertThat(e.bodyTouched()).isTrue();
            assertThat(RawMember.next(got)).isEqualTo(length > 0 ? "abc" : "3\r\nabc\r\n");
            assertThat(upstream.counts(member).idle()).isZero();
        }
    }

    @Test
    void aBodyShorterThanItsLengthIsTheClientsFault() throws Exception {
        try (RawMember raw = new RawMember(with -> with.readAll())) {
            UpstreamException e = failure(
                    raw.member(), Requests.of("POST", "/", Requests.body(10, new ByteArrayInputStream(new byte[4]))));
            assertThat(e.kind()).isEqualTo(Kind.CLIENT_BODY);
        }
    }

    @Test
    void noMoreThanTheLengthIsReadFromTheClient() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.read(3);
            with.send(OK);
            with.readAll();
        })) {
            ByteArrayInputStream stream = new ByteArrayInputStream("abcdef".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(fetch(raw.member(), Requests.of("POST", "/", Requests.body(3, stream))))
                    .isEqualTo("200 ok");
            assertThat(stream.available()).isEqualTo(3);
        }
    }

    @Test
    void aHeadDoesNotWaitForAClientThatHoldsItsBodyBack() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            heads.add(with.readHead());
            with.readTo("0\r\n\r\n");
            with.send(OK);
        })) {
            InputStream waits = new InputStream() {
                @Override
                public int read() throws IOException {
                    try {
                        RawMember.next(heads);
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return -1;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    return read();
                }
            };
            assertThat(fetch(raw.member(), Requests.of("POST", "/", Requests.body(-1, waits))))
                    .isEqualTo("200 ok");
        }
    }

    @Test
    void anAnswerBeforeTheEndOfTheBodyStopsTheUploadAndTheConnectionIsNotUsedAgain() throws Exception {
        BlockingQueue<String> answered = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\n\r\nno");
            answered.add("sent");
            with.readAll();
        })) {
            List<Integer> reads = new ArrayList<>();
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    return 'x';
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    if (reads.size() == 1) {
                        try {
                            RawMember.next(answered);
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }
                    reads.add(length);
                    return length;
                }

                @Override
                public int available() {
                    return 1;
                }
            };
            Member member = raw.member();
            OutgoingRequest request = Requests.of("POST", "/", Requests.body(1L << 40, endless));
            assertThat(fetch(member, request)).isEqualTo("413 no");
            assertThat(reads).hasSize(2);
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    @ParameterizedTest(name = "then it {0}")
    @ValueSource(strings = {"closes", "stays"})
    void aMemberThatAnswersAndDoesNotReadOnGetsItsAnswerThrough(String then) throws Exception {
        BlockingQueue<String> end = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.read(100_000);
            with.send("HTTP/1.1 413 Too Much\r\nContent-Length: 2\r\n\r\nno");
            if (then.equals("stays")) {
                RawMember.next(end);
            }
        })) {
            OutgoingRequest request = Requests.of("POST", "/", Requests.body(1L << 40, pattern(1L << 40)));
            assertThat(fetch(raw.member(), request)).isEqualTo("413 no");
            end.add("now");
        }
    }

    @Test
    void aMemberThatStopsReadingIsGivenUpAfterTheTimeout() throws Exception {
        BlockingQueue<String> end = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            RawMember.next(end);
        })) {
            Member member = MemberBuilder.http(raw.port())
                    .timeout(Duration.ofMillis(200))
                    .build();
            UpstreamException e = failure(member, Requests.of("POST", "/", Requests.body(1L << 40, pattern(1L << 40))));
            assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(e.bodyTouched()).isTrue();
            end.add("now");
        }
    }

    @Test
    void theMembers100ReleasesTheBodyAndIsToldOn() throws Exception {
        List<Integer> interims = new ArrayList<>();
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            got.add(with.readHead());
            with.send("HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 100 Go on\r\n\r\n");
            got.add(with.read(5));
            with.send(OK);
            with.readAll();
        })) {
            Member member = raw.member();
            OutgoingRequest request = Requests.expecting(Requests.body("hello"), head -> interims.add(head.status()));
            assertThat(fetch(member, request)).isEqualTo("200 ok");
            assertThat(RawMember.next(got))
                    .isEqualTo(
                            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(RawMember.next(got)).isEqualTo("hello");
            assertThat(interims).containsExactly(102, 100);
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "refused with {0}")
    @ValueSource(ints = {417, 401, 413, 200})
    void aFinalAnswerInsteadOf100KeepsTheBodyUnread(int status) throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 " + status + " X\r\nContent-Length: 2\r\n\r\nno");
            got.add(with.readAll());
        })) {
            Member member = raw.member();
            RequestBody body = Requests.body(5, failing(""));
            assertThat(fetch(member, Requests.expecting(body, Requests.DEAF))).isEqualTo(status + " no");
            assertThat(RawMember.next(got)).isEmpty();
            assertThat(upstream.counts(member).idle()).isZero();
        }
    }

    @Test
    void aMemberThatNeverSays100GetsTheBodyAllTheSame() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.read(5);
            with.send(OK);
            with.readAll();
        })) {
            Member member = MemberBuilder.http(raw.port())
                    .timeout(Duration.ofSeconds(5))
                    .build();
            assertThat(fetch(member, Requests.expecting(Requests.body("hello"), Requests.DEAF)))
                    .isEqualTo("200 ok");
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
        }
    }

    @Test
    void pingAsksForA100BeforeEveryBody() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            while (true) {
                String head = with.readHead();
                heads.add(head);
                if (head.contains("Expect: 100-continue")) {
                    with.send("HTTP/1.1 100 Continue\r\n\r\n");
                    with.read(5);
                }
                with.send(OK);
            }
        })) {
            Member member =
                    MemberBuilder.http(raw.port()).ping(Duration.ofSeconds(5)).build();
            assertThat(fetch(member, Requests.of("POST", "/", Requests.body("hello"))))
                    .isEqualTo("200 ok");
            assertThat(fetch(member, Requests.get("/"))).isEqualTo("200 ok");
            assertThat(RawMember.next(heads)).contains("\r\nExpect: 100-continue\r\n");
            assertThat(RawMember.next(heads)).doesNotContain("Expect");
        }
    }

    @Test
    void aPingThatIsNotAnsweredFailsBeforeTheBodyIsTouched() throws Exception {
        try (RawMember raw = new RawMember(with -> with.readAll())) {
            Member member =
                    MemberBuilder.http(raw.port()).ping(Duration.ofMillis(50)).build();
            UpstreamException e = failure(member, Requests.of("POST", "/", Requests.body("hello")));
            assertThat(e.kind()).isEqualTo(Kind.PING);
            assertThat(e.nothingSent()).isTrue();
            assertThat(upstream.counts(member).busy()).isZero();
        }
    }

    @Test
    void aMemberThatClosesInsteadOfA100IsBroken() throws Exception {
        try (RawMember raw = new RawMember(with -> with.readHead())) {
            UpstreamException e = failure(raw.member(), Requests.expecting(Requests.body("hello"), Requests.DEAF));
            assertThat(e.kind()).isEqualTo(Kind.BROKEN);
            assertThat(e.bodyTouched()).isFalse();
        }
    }

    @Test
    void aClientThatFailsOnAnInterimAnswerEndsTheRequest() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + OK);
            with.readAll();
        })) {
            OutgoingRequest request = new OutgoingRequest(
                    "GET", "/", new Headers(), RequestBody.NONE, false, java.util.Optional.empty(), head -> {
                        assertThat(head.headers().first("Link")).hasValue("x");
                        throw new IOException("gone");
                    });
            assertThat(failure(raw.member(), request).kind()).isEqualTo(Kind.CLIENT_BODY);
        }
    }
}
