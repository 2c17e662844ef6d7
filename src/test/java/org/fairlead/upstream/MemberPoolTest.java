package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.engine.UpstreamResponse;
import org.fairlead.exchange.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a connection is used again, and when never (RFC 9112 9.3, 9.6; mod_proxy's pool parameters). */
class MemberPoolTest {
    private static final String HI = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final PooledUpstream upstream = new PooledUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    private void fetch(Member member) throws Exception {
        try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
            assertThat(answer.copyTo(OutputStream.nullOutputStream())).isEqualTo(2);
        }
    }

    /** Opens {@code count} connections at once and gives all of them back. */
    private void open(Member member, int count) throws Exception {
        List<UpstreamResponse> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(Requests.ask(upstream, member, Requests.get("/")));
        }
        for (UpstreamResponse answer : answers) {
            answer.copyTo(OutputStream.nullOutputStream());
            answer.close();
        }
    }

    @Test
    void theConnectionThatWasUsedLastIsUsedNext() throws Exception {
        BlockingQueue<Integer> numbers = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            while (true) {
                with.readHead();
                numbers.add(with.number());
                with.send(HI);
            }
        })) {
            Member member = raw.member();
            open(member, 3);
            numbers.clear();
            fetch(member);
            fetch(member);
            assertThat(numbers).containsExactly(3, 3);
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(3, 0, 3, 0));
        }
    }

    @ParameterizedTest(name = "the member {0} after its answer")
    @CsvSource({"closes", "resets", "sends a byte", "sends an answer"})
    void whatHappensWhileAConnectionIdlesIsNoticedBeforeItIsUsed(String what) throws Exception {
        BlockingQueue<String> ready = new LinkedBlockingQueue<>();
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(HI);
            if (with.number() == 1) {
                RawMember.next(go);
                switch (what) {
                    case "closes" -> with.socket().close();
                    case "resets" -> with.reset();
                    case "sends a byte" -> with.send("\n");
                    default -> with.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                }
                ready.add("done");
            }
            with.readAll();
        })) {
            Member member = raw.member();
            fetch(member);
            go.add("go");
            RawMember.next(ready);
            fetch(member);
            assertThat(raw.connections()).isEqualTo(2);
            assertThat(upstream.counts(member).dropped()).isEqualTo(1);
        }
    }

    @Test
    void aStaleConnectionThatBreaksUnderARequestIsNamedAndAFreshOneCanBeAskedFor() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(HI);
            with.readHead();
        })) {
            Member member = raw.member();
            open(member, 2);
            assertThatThrownBy(() -> Requests.ask(upstream, member, Requests.get("/")))
                    .isInstanceOfSatisfying(UpstreamException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.BROKEN);
                        assertThat(e.reusedConnection()).isTrue();
                        assertThat(e.bodyTouched()).isFalse();
                    });
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"), true)) {
                assertThat(answer.head().status()).isEqualTo(200);
            }
            assertThat(raw.connections()).isEqualTo(3);
        }
    }

    @Test
    void aFreshConnectionThatBreaksIsNotCalledStale() throws Exception {
        try (RawMember raw = new RawMember(with -> with.readHead())) {
            assertThatThrownBy(() -> Requests.ask(upstream, raw.member(), Requests.get("/")))
                    .isInstanceOfSatisfying(UpstreamException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.BROKEN);
                        assertThat(e.reusedConnection()).isFalse();
                    });
        }
    }

    @Test
    void aConnectionThatBreaksWithinTheHeadOfAnAnswerIsNotCalledStale() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(HI);
            with.readHead();
            with.send("HTTP/1.1 20");
        })) {
            Member member = raw.member();
            fetch(member);
            assertThatThrownBy(() -> Requests.ask(upstream, member, Requests.get("/")))
                    .isInstanceOfSatisfying(
                            UpstreamException.class,
                            e -> assertThat(e.reusedConnection()).isFalse());
        }
    }

    @Test
    void anAnswerThatWasNotReadToItsEndBreaksTheConnectionAtOnce() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nsome");
            try {
                with.readAll();
            } finally {
                ends.add("end");
            }
        })) {
            Member member = raw.member();
            UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"));
            assertThat(upstream.counts(member).busy()).isEqualTo(1);
            answer.close();
            answer.close();
            RawMember.next(ends);
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 1, 0));
        }
    }

    @Test
    void anAnswerReadByItsLengthAloneLeavesTheConnectionUsable() throws Exception {
        try (RawMember raw = RawMember.answering(HI)) {
            Member member = raw.member();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.get("/"))) {
                assertThat(answer.body().readNBytes(2)).containsExactly('h', 'i');
            }
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
        }
    }

    @Test
    void withoutReuseEveryRequestHasItsOwnConnectionAndSaysSo() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            heads.add(with.readHead());
            with.send(HI);
            with.readAll();
        })) {
            Member member = MemberBuilder.http(raw.port()).noReuse().build();
            fetch(member);
            fetch(member);
            assertThat(raw.connections()).isEqualTo(2);
            assertThat(upstream.counts(member).idle()).isZero();
            assertThat(RawMember.next(heads)).endsWith("\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void aConnectionIdleForItsTtlIsNotUsedAgainAndSoonClosed() throws Exception {
        try (RawMember raw = RawMember.answering(HI)) {
            Member member =
                    MemberBuilder.http(raw.port()).ttl(Duration.ofNanos(1)).build();
            fetch(member);
            fetch(member);
            assertThat(raw.connections()).isEqualTo(2);
        }
        try (RawMember raw = RawMember.answering(HI)) {
            Member member =
                    MemberBuilder.http(raw.port()).ttl(Duration.ofMillis(300)).build();
            fetch(member);
            assertThat(upstream.counts(member).idle()).isEqualTo(1);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> upstream.counts(member).idle() == 0);
        }
    }

    @Test
    void moreIdleConnectionsThanSmaxAreClosedAsTheyComeBackButNeverFewerThanMinAreKept() throws Exception {
        try (RawMember raw = RawMember.answering(HI)) {
            Member two = MemberBuilder.http(raw.port()).smax(2).build();
            open(two, 5);
            assertThat(upstream.counts(two).idle()).isEqualTo(2);
            Member three = MemberBuilder.http(raw.port()).smax(1).min(3).build();
            open(three, 5);
            assertThat(upstream.counts(three).idle()).isEqualTo(3);
        }
    }

    @ParameterizedTest(name = "Keep-Alive: {0} -> used again: {1}")
    @CsvSource({"timeout=0, false", "'timeout=60, max=100', true", "max=100, true", "timeout=x, true"})
    void theMembersOwnWordOnIdlingIsHonoured(String keepAlive, boolean again) throws Exception {
        try (RawMember raw = RawMember.answering(
                "HTTP/1.1 200 OK\r\nKeep-Alive: " + keepAlive + "\r\nContent-Length: 2\r\n\r\nhi")) {
            Member member = raw.member();
            fetch(member);
            fetch(member);
            assertThat(raw.connections()).isEqualTo(again ? 1 : 2);
        }
    }

    @Test
    void aConnectionThatTheMemberEndedIsClosedWithoutWaitingForTheNextRequest() throws Exception {
        BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(HI);
            sockets.add(with.socket());
            with.socket().shutdownOutput();
            with.readAll();
        })) {
            Member member = raw.member();
            fetch(member);
            RawMember.next(sockets);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> upstream.counts(member).idle() == 0);
        }
    }

    @Test
    void aRetiredMemberLosesItsIdleConnectionsNowAndItsBusyOnesWhenTheyComeBack() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(HI);
            with.readAll();
            ends.add("end");
        })) {
            Member member = raw.member();
            UpstreamResponse busy = Requests.ask(upstream, member, Requests.get("/"));
            fetch(member);
            upstream.retire(member);
            RawMember.next(ends);
            assertThat(upstream.counts(member)).isEqualTo(PoolCounts.NONE);
            busy.copyTo(OutputStream.nullOutputStream());
            busy.close();
            RawMember.next(ends);
        }
    }

    @Test
    void membersWithTheSameAddressDoNotShareConnections() throws Exception {
        try (RawMember raw = RawMember.answering(HI)) {
            fetch(raw.member());
            fetch(raw.member());
            assertThat(raw.connections()).isEqualTo(2);
        }
    }

    @Test
    void twoHundredBrokenAnswersLeaveNoConnectionBehind() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(with.number() % 2 == 0 ? "rubbish\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort");
        })) {
            Member member = raw.member();
            for (int i = 0; i < 200; i++) {
                assertThatThrownBy(() -> fetch(member)).isInstanceOf(UpstreamException.class);
            }
            assertThat(upstream.counts(member)).isEqualTo(new PoolCounts(0, 0, 200, 0));
        }
    }

    @Test
    void underManyThreadsAndAbortsEveryRequestGetsItsOwnAnswer() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            while (true) {
                String head = with.readHead();
                String target = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP"));
                if (head.contains("Content-Length: 3")) {
                    with.read(3);
                }
                with.send("HTTP/1.1 200 OK\r\nContent-Length: " + target.length() + "\r\n\r\n" + target);
            }
        })) {
            Member member = raw.member();
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<Integer>> results = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                results.add(threads.submit(() -> exchange(member, thread)));
            }
            int whole = 0;
            for (Future<Integer> result : results) {
                whole += result.get();
            }
            threads.shutdown();
            assertThat(whole).isEqualTo(8 * 180);
            PoolCounts counts = upstream.counts(member);
            assertThat(counts.busy()).isZero();
            assertThat(counts.idle()).isBetween(1, 8);
        }
    }

    private int exchange(Member member, int thread) throws Exception {
        int whole = 0;
        for (int i = 0; i < 200; i++) {
            String target = "/" + thread + "/" + i;
            RequestBody body = i % 3 == 0 ? Requests.body("abc") : RequestBody.NONE;
            try (UpstreamResponse answer =
                    Requests.ask(upstream, member, Requests.of(i % 3 == 0 ? "POST" : "GET", target, body))) {
                if (i % 10 == 5) {
                    continue;
                }
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                answer.copyTo(out);
                assertThat(out).hasToString(target);
                whole++;
            }
        }
        return whole;
    }

    @Test
    void anAnswerToHeadIsNeverMixedUpWithALateBody() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            String head = with.readHead();
            with.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
            if (head.startsWith("GET")) {
                with.send("hi");
            }
            with.readAll();
        })) {
            Member member = raw.member();
            try (UpstreamResponse answer = Requests.ask(upstream, member, Requests.of("HEAD", "/", RequestBody.NONE))) {
                assertThat(answer.length()).isZero();
                assertThat(answer.head().headers().first("Content-Length")).hasValue("2");
            }
            fetch(member);
            assertThat(raw.connections()).isEqualTo(2);
        }
    }
}
