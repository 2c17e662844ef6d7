package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.fairlead.balancer.Member;
import org.fairlead.engine.ClientGoneException;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.DirectOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a big answer comes through to a client whose connection lends its buffers. */
@Timeout(60)
class DirectAnswersTest {
    private static final String BIG = text(300_000);

    private final PooledUpstream upstream = new PooledUpstream();
    private final Client client = new Client();

    private static String text(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(text.length()).append(' ');
        }
        return text.substring(0, length);
    }

    @AfterEach
    void nothingStaysLent() {
        upstream.close();
        assertThat(client.lent).isZero();
    }

    /** Lends a buffer as often as it is told to, and writes down all that comes. */
    private static final class Client extends OutputStream implements DirectOutput {
        private final StringBuilder all = new StringBuilder();
        private final BlockingQueue<Integer> flushedAt = new LinkedBlockingQueue<>();
        private final ArrayDeque<ByteBuffer> stock = new ArrayDeque<>();
        private int capacity = 70_000;
        private volatile int lent;
        private int direct;
        private int longest;
        private int gone = Integer.MAX_VALUE;

        @Override
        public Optional<ByteBuffer> lend() {
            if (capacity == 0) {
                return Optional.empty();
            }
            lent++;
            return Optional.of(stock.isEmpty() ? ByteBuffer.allocateDirect(capacity) : stock.pop());
        }

        @Override
        public void giveBack(ByteBuffer buffer) {
            lent--;
            stock.push(buffer);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            longest = Math.max(longest, copy.length);
            write(copy, 0, copy.length);
            direct += copy.length;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (all.length() + length > gone) {
                throw new IOException("gone");
            }
            all.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void write(int b) {
            throw new AssertionError("single bytes are dear");
        }

        @Override
        public void flush() {
            flushedAt.add(all.length());
        }

        /** Waits until all of so many bytes was flushed. */
        void awaitFlushed(int bytes) throws InterruptedException {
            int at = RawMember.next(flushedAt);
            while (at < bytes) {
                at = RawMember.next(flushedAt);
            }
        }
    }

    private long pass(Member member) throws IOException {
        try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
            return answer.copyTo(client);
        }
    }

    private static String head(int length) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
    }

    @Test
    void aBigAnswerOfKnownLengthGoesOnOutsideTheHeapAndItsConnectionIsUsedAgain() throws Exception {
        try (RawMember raw = RawMember.answering(head(BIG.length()) + BIG)) {
            Member member = raw.member();
            for (int i = 0; i < 2; i++) {
                client.all.setLength(0);
                client.direct = 0;
                assertThat(pass(member)).isEqualTo(BIG.length());
                assertThat(client.all.toString()).isEqualTo(BIG);
                assertThat(client.direct).isGreaterThan(BIG.length() - 50_000);
            }
            assertThat(raw.connections()).isEqualTo(1);
        }
    }

    @Test
    void noReadIsLongerThanTheMembersBufferMayBe() throws Exception {
        try (RawMember raw = RawMember.answering(head(BIG.length()) + BIG)) {
            Member member = MemberBuilder.http(raw.port()).ioBufferSize(4096).build();
            pass(member);
            assertThat(client.all.toString()).isEqualTo(BIG);
            assertThat(client.longest).isBetween(1, 4096);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Transfer-Encoding: chunked", "X: until the member closes", "Content-Length: 20000"})
    void whatIsSmallOrMayEndAtAnyByteDoesNot(String field) throws Exception {
        String body = BIG.substring(0, 20_000);
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n");
            with.send(field.startsWith("T") ? Integer.toHexString(20_000) + "\r\n" + body + "\r\n0\r\n\r\n" : body);
        })) {
            pass(raw.member());
            assertThat(client.all.toString()).isEqualTo(body);
            assertThat(client.direct).isZero();
        }
    }

    @Test
    void whereNothingIsLeftToLendItGoesAsAnyOther() throws Exception {
        client.capacity = 0;
        try (RawMember raw = RawMember.answering(head(BIG.length()) + BIG)) {
            pass(raw.member());
            assertThat(client.all.toString()).isEqualTo(BIG);
            assertThat(client.direct).isZero();
        }
    }

    @Test
    void whatTricklesIsFlushedAsItComesAndKeepsNothingLent() throws Exception {
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> lent = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(head(BIG.length()) + BIG.substring(0, 200_000));
            RawMember.next(go);
            with.send(BIG.substring(200_000, 200_010));
            RawMember.next(go);
            with.send(BIG.substring(200_010));
        })) {
            Thread releaser = new Thread(() -> {
                try {
                    client.awaitFlushed(200_000);
                    go.add("a trickle");
                    client.awaitFlushed(200_010);
                    lent.add(client.lent);
                    go.add("the rest");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            releaser.start();
            assertThat(pass(raw.member())).isEqualTo(BIG.length());
            releaser.join();
            assertThat(client.all.toString()).isEqualTo(BIG);
            assertThat(RawMember.next(lent)).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"closes", "resets"})
    void aMemberThatBreaksOffIsCutAndWhatCameBeforeIsPassedOn(String how) throws Exception {
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(head(BIG.length()) + BIG.substring(0, 200_000));
            RawMember.next(go);
            if (how.equals("resets")) {
                with.reset();
            }
        })) {
            Thread releaser = new Thread(() -> {
                try {
                    client.awaitFlushed(200_000);
                    go.add("now");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            releaser.start();
            Member member = raw.member();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                assertThatThrownBy(() -> answer.copyTo(client))
                        .isInstanceOfSatisfying(
                                UpstreamException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.CUT));
                assertThatThrownBy(() -> answer.copyTo(client)).isInstanceOf(UpstreamException.class);
            }
            releaser.join();
            assertThat(client.all.toString()).isEqualTo(BIG.substring(0, 200_000));
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    @Test
    void aClientThatGoesAwayIsNotTheMembersFaultAndEndsItsConnection() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            try {
                // The connection may end while the member is still sending.
                with.send(head(100_000_000) + BIG);
                with.readByte();
            } finally {
                ends.add("end");
            }
        })) {
            client.gone = 150_000;
            Member member = raw.member();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                assertThatThrownBy(() -> answer.copyTo(client)).isInstanceOf(ClientGoneException.class);
            }
            assertThat(client.direct).isPositive();
            RawMember.next(ends);
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    @Test
    void whatStandsBehindTheBodyIsNotPassedOn() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(head(BIG.length()) + BIG + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            with.readAll();
        })) {
            Member member = raw.member();
            assertThat(pass(member)).isEqualTo(BIG.length());
            assertThat(client.all.toString()).isEqualTo(BIG);
        }
    }
}
