package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.fairlead.balancer.Member;
import org.fairlead.engine.ClientGoneException;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an answer's body comes through: at once, whole or visibly cut, and in constant memory. */
@Timeout(60)
class AnswersTest {
    private final PooledUpstream upstream = new PooledUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    /** Writes down what it gets, and each flush as {@code |}. */
    private static final class Recorder extends OutputStream {
        private final BlockingQueue<String> flushed = new LinkedBlockingQueue<>();
        private final StringBuilder all = new StringBuilder();
        private final StringBuilder open = new StringBuilder();
        private int longest;
        private long total;

        @Override
        public void write(int b) {
            throw new AssertionError("single bytes are dear");
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            longest = Math.max(longest, length);
            total += length;
            if (total < 1_000_000) {
                String text = new String(source, offset, length, StandardCharsets.ISO_8859_1);
                all.append(text);
                open.append(text);
            }
        }

        @Override
        public void flush() {
            all.append('|');
            flushed.add(open.toString());
            open.setLength(0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "chunked, 'Transfer-Encoding: chunked', '6\r\nevent1\r\n', '6\r\nevent2\r\n', '0\r\n\r\n'",
        "length, 'Content-Length: 12', event1, event2, ''",
        "until close, 'X: y', event1, event2, ''"
    })
    void bytesThatTrickleAreFlushedAsTheyCome(String kind, String field, String one, String two, String end)
            throws Exception {
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n");
            RawMember.next(go);
            with.send(one);
            RawMember.next(go);
            with.send(two);
            RawMember.next(go);
            with.send(end);
        })) {
            Recorder out = new Recorder();
            try (UpstreamResponse answer = Requests.ask(upstream, raw.member(), Requests.get("/"))) {
                Thread releaser = new Thread(() -> {
                    try {
                        // Only what was flushed lets the member go on.
                        assertThat(RawMember.next(out.flushed)).isEmpty();
                        go.add("one");
                        assertThat(RawMember.next(out.flushed)).isEqualTo("event1");
                        go.add("two");
                        if (!kind.equals("length")) {
                            assertThat(RawMember.next(out.flushed)).isEqualTo("event2");
                        }
                        go.add("end");
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
                releaser.start();
                assertThat(answer.copyTo(out)).isEqualTo(12);
                releaser.join();
            }
            assertThat(out.all.toString()).startsWith("|event1|event2");
        }
    }

    @Test
    void anAnswerThatIsThereAtOnceIsNotFlushed() throws Exception {
        try (RawMember raw = RawMember.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n2\r\nyo\r\n0\r\n\r\n")) {
            Recorder out = new Recorder();
            try (UpstreamResponse answer = Requests.ask(upstream, raw.member(), Requests.get("/"))) {
                answer.copyTo(out);
            }
            assertThat(out.all.toString()).isEqualTo("hiyo");
        }
    }

    @ParameterizedTest(name = "{0} bytes in {1}, buffer {2}")
    @CsvSource({
        "0, length, 0",
        "1, length, 0",
        "8192, length, 0",
        "65536, length, 0",
        "65537, chunks, 0",
        "200000, close, 0",
        "300000000, length, 0",
        "300000000, chunks, 0",
        "5000000, chunks, 512",
        "5000000, length, 4096"
    })
    void bodiesOfAnySizeComeThroughInConstantMemory(long size, String framing, int buffer) throws Exception {
        byte[] block = new byte[60_000];
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\n"
                    + switch (framing) {
                        case "length" -> "Content-Length: " + size + "\r\n\r\n";
                        case "chunks" -> "Transfer-Encoding: chunked\r\n\r\n";
                        default -> "\r\n";
                    });
            for (long left = size; left > 0; left -= Math.min(left, block.length)) {
                int n = (int) Math.min(left, block.length);
                if (framing.equals("chunks")) {
                    with.send(Integer.toHexString(n) + "\r\n");
                }
                with.send(block, n);
                if (framing.equals("chunks")) {
                    with.send("\r\n");
                }
            }
            if (framing.equals("chunks")) {
                with.send("0\r\n\r\n");
            }
        })) {
            Member member = MemberBuilder.http(raw.port()).ioBufferSize(buffer).build();
            Recorder out = new Recorder();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                assertThat(answer.length()).isEqualTo(framing.equals("length") ? size : -1);
                assertThat(answer.copyTo(out)).isEqualTo(size);
            }
            assertThat(out.total).isEqualTo(size);
            assertThat(out.longest).isLessThanOrEqualTo(Math.max(8192, buffer == 0 ? 65_536 : buffer));
        }
    }

    @Test
    void aMemberThatStaysSilentTimesOut() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.readAll();
            ends.add("end");
        })) {
            Member member = MemberBuilder.http(raw.port())
                    .timeout(Duration.ofMillis(100))
                    .build();
            long start = System.nanoTime();
            assertThatThrownBy(() -> Requests.ask(upstream, member, Requests.get("/")))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            RawMember.next(ends);
        }
    }

    @Test
    void aMemberThatFallsSilentWithinItsBodyIsCut() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsome");
            with.readAll();
        })) {
            Member member = MemberBuilder.http(raw.port())
                    .timeout(Duration.ofMillis(100))
                    .build();
            Recorder out = new Recorder();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                assertThatThrownBy(() -> answer.copyTo(out))
                        .isInstanceOfSatisfying(
                                UpstreamException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.CUT))
                        .hasMessageContaining("silent");
            }
            assertThat(out.all.toString()).isEqualTo("some|");
        }
    }

    @Test
    void aSlowClientIsNotHeldAgainstTheMember() throws Exception {
        try (RawMember raw = RawMember.answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsome")) {
            Member member = MemberBuilder.http(raw.port())
                    .timeout(Duration.ofMillis(50))
                    .build();
            OutputStream slow = new OutputStream() {
                @Override
                public void write(int b) {}

                @Override
                public void write(byte[] source, int offset, int length) {
                    long until = System.nanoTime() + Duration.ofMillis(200).toNanos();
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                }
            };
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                answer.copyTo(slow);
            }
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "on {0}")
    @ValueSource(strings = {"write", "flush"})
    void aClientThatGoesAwayIsNotTheMembersFaultAndEndsItsConnection(String on) throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nsome");
            with.readByte();
            ends.add("end");
        })) {
            OutputStream gone = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    if (on.equals("write")) {
                        throw new IOException("gone");
                    }
                }

                @Override
                public void flush() throws IOException {
                    throw new IOException("gone");
                }
            };
            Member member = raw.member();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                assertThatThrownBy(() -> answer.copyTo(gone)).isInstanceOf(ClientGoneException.class);
            }
            RawMember.next(ends);
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    @Test
    void headFieldsKeepTheirOrderCaseRepetitionAndBytes() throws Exception {
        try (RawMember raw =
                RawMember.answering("HTTP/1.1 200 OK\r\nset-cookie: a=b=c; Partitioned\r\nSet-Cookie: d\r\n"
                        + "X-\u0041bc:  \u0080\u00ff \t\r\nEmpty:\r\nContent-Length: 0\r\n\r\n")) {
            try (UpstreamResponse answer = Requests.ask(upstream, raw.member(), Requests.get("/"))) {
                List<String> lines = new ArrayList<>();
                answer.head().headers().forEach((name, value) -> lines.add(name + "=" + value));
                assertThat(lines)
                        .containsExactly(
                                "set-cookie=a=b=c; Partitioned",
                                "Set-Cookie=d",
                                "X-Abc=\u0080\u00ff",
                                "Empty=",
                                "Content-Length=0");
            }
        }
    }

    @Test
    void repeatedEqualLengthsAreMadeOne() throws Exception {
        try (RawMember raw =
                RawMember.answering("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\ncontent-length: 2\r\nX: y\r\n\r\nhi")) {
            try (UpstreamResponse answer = Requests.ask(upstream, raw.member(), Requests.get("/"))) {
                assertThat(answer.head().headers().all("Content-Length")).containsExactly("2");
            }
        }
    }

    @Test
    void trailersAreThereAfterTheEnd() throws Exception {
        try (RawMember raw = RawMember.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 7\r\nX-More: \u00e9\r\n\r\n")) {
            Member member = raw.member();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                answer.copyTo(new ByteArrayOutputStream());
                assertThat(answer.trailers().first("x-sum")).hasValue("7");
                assertThat(answer.trailers().first("x-more")).hasValue("\u00e9");
            }
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
        }
    }

    @Test
    void trailersThatComeLateDoNotHoldBackTheBody() throws Exception {
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum");
            RawMember.next(go);
            with.send(": 7\r\n");
            with.send("\r\n");
        })) {
            OutputStream out = new OutputStream() {
                private int written;

                @Override
                public void write(int b) {
                    written++;
                }

                @Override
                public void flush() {
                    if (written == 2) {
                        go.add("flushed");
                    }
                }
            };
            try (UpstreamResponse answer = Requests.ask(upstream, raw.member(), Requests.get("/"))) {
                assertThat(answer.copyTo(out)).isEqualTo(2);
                assertThat(answer.trailers().first("X-Sum")).hasValue("7");
            }
        }
    }

    @Test
    void theBodyCanBeReadAsAStream() throws Exception {
        try (RawMember raw = RawMember.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n5\r\nthere\r\n0\r\n\r\n")) {
            try (UpstreamResponse answer = Requests.ask(upstream, raw.member(), Requests.get("/"))) {
                assertThat(answer.body().read()).isEqualTo('h');
                assertThat(new String(answer.body().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .isEqualTo("ithere");
            }
        }
    }

    @ParameterizedTest(name = "responsefieldsize={0}: a line of {1} passes: {2}")
    @CsvSource({
        "512, 512, true",
        "512, 513, false",
        "20000, 20000, true",
        "20000, 20001, false",
        "0, 8192, true",
        "0, 8193, false"
    })
    void responsefieldsizeBoundsALine(int limit, int length, boolean passes) throws Exception {
        String line = "X: " + "v".repeat(length - 3);
        try (RawMember raw = RawMember.answering("HTTP/1.1 200 OK\r\n" + line + "\r\nContent-Length: 0\r\n\r\n")) {
            Member member =
                    MemberBuilder.http(raw.port()).responseFieldSize(limit).build();
            if (passes) {
                try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                    assertThat(answer.head().headers().first("X").orElseThrow()).hasSize(length - 3);
                }
            } else {
                assertThatThrownBy(() -> Requests.ask(upstream, member, Requests.get("/")))
                        .isInstanceOfSatisfying(
                                UpstreamException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.BAD_ANSWER));
            }
        }
    }

    @Test
    void aHeadThatTakesLongerThanTimeoutIsGivenUpThoughItsMemberIsNeverSilentForThatLong() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\nX-Drip: ");
            while (!over.get()) {
                with.send("x");
                LockSupport.parkNanos(Duration.ofMillis(40).toNanos());
            }
        })) {
            Member member = MemberBuilder.http(raw.port())
                    .timeout(Duration.ofMillis(400))
                    .build();
            assertThatThrownBy(() -> Requests.ask(upstream, member, Requests.get("/")))
                    .isInstanceOfSatisfying(
                            UpstreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        } finally {
            over.set(true);
        }
    }

    @Test
    void aHeadThatTricklesByteByByteIsRead() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            for (char c : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi".toCharArray()) {
                with.send(String.valueOf(c));
            }
            with.readAll();
        })) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (UpstreamResponse answer =
                    Requests.ask(upstream, raw.member(), Requests.of("GET", "/", RequestBody.NONE))) {
                answer.copyTo(out);
            }
            assertThat(out).hasToString("hi");
        }
    }
}
