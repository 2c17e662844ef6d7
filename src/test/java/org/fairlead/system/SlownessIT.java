package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that want to hold everything up by doing nothing, all kinds at once, and one that wants to be served. */
class SlownessIT {
    private static final int SLOW_HEADS = 300;
    private static final int SLOW_BODIES = 200;
    private static final int SLOW_READERS = 100;
    private static final int IDLE = 1_500;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(4);
    private static final String GET = "GET /bytes/1000 HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void othersAreServedWithinTwoSecondsInA256MiBHeap() throws Exception {
        // Limits far off, so that nobody is sent away while others are served: that is proven elsewhere.
        String configuration = "Listen 127.0.0.1:0\nTimeout 120\nKeepAliveTimeout 120\nMaxKeepAliveRequests 0\n"
                + "RequestReadTimeout header=120 body=120\nProxyPass / ";
        try (BusyMember member = new BusyMember();
                FairleadJar jar = FairleadJar.configured(
                        configuration + member.uri() + "/\n", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
                Crowd crowd = new Crowd()) {
            worstAnswer(jar.port(), WARM_UP);
            long alone = worstAnswer(jar.port(), WARM_UP);
            Crowd.Group kept = crowd.join(jar.port(), IDLE / 2, Crowd.Manner.saying(GET));
            await("idle after an answer").atMost(PATIENCE).until(() -> kept.received(1000) == IDLE / 2);
            Crowd.Group readers = crowd.join(
                    jar.port(),
                    SLOW_READERS,
                    Crowd.Manner.saying("GET /bytes/20000000 HTTP/1.1\r\nHost: h\r\n\r\n")
                            .takingPerTick(500));
            Crowd.Group silent = crowd.join(jar.port(), IDLE / 2, Crowd.Manner.saying(""));
            Crowd.Group heads = crowd.join(
                    jar.port(),
                    SLOW_HEADS,
                    Crowd.Manner.saying("GET /bytes/1 HTTP/1.1\r\nHost: h\r\n").dripping("X-A: b\r\n"));
            long before = member.requests();
            Crowd.Group bodies = crowd.join(
                    jar.port(),
                    SLOW_BODIES,
                    Crowd.Manner.saying("POST /sum HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nab")
                            .dripping("c"));
            await("everybody's arrival")
                    .atMost(PATIENCE)
                    .until(() -> silent.open() == IDLE / 2
                            && heads.open() == SLOW_HEADS
                            && member.requests() >= before + SLOW_BODIES
                            && readers.received(1000) == SLOW_READERS);
            long worst = worstAnswer(jar.port(), LOOK);
            Jvm jvm = Jvm.of(jar);
            int threads = jvm.threads();
            long heap = jvm.collect().bytes();
            System.out.printf(
                    "%d slow heads, %d slow bodies, %d slow readers, %d idle on JDK %d: worst answer %d ms"
                            + " (%d ms before they came), %d threads, %,d KiB live%n",
                    heads.open(),
                    bodies.open(),
                    readers.open(),
                    silent.open() + kept.open(),
                    Runtime.version().feature(),
                    worst / 1_000_000,
                    alone / 1_000_000,
                    threads,
                    heap / 1024);
            assertThat(Duration.ofNanos(worst))
                    .as("two seconds, or what a machine that is busy with other things makes of them")
                    .isLessThan(Duration.ofNanos(Math.max(2_000_000_000L, 4 * alone)));
            // Else the load was gone before anybody was asked.
            assertThat(heads.open()).as("slow heads").isEqualTo(SLOW_HEADS);
            assertThat(bodies.open()).as("slow bodies").isEqualTo(SLOW_BODIES);
            assertThat(readers.open()).as("slow readers").isEqualTo(SLOW_READERS);
            assertThat(silent.open() + kept.open()).as("idle").isEqualTo(IDLE);
            assertThat(jar.output()).doesNotContain("OutOfMemoryError");
        }
    }

    /** By fresh connections and by one that is kept, in turn. */
    private static long worstAnswer(int port, Duration span) throws IOException {
        long worst = 0;
        long end = System.nanoTime() + span.toNanos();
        try (RawClient kept = RawClient.to(port)) {
            for (int i = 0; System.nanoTime() - end < 0; i++) {
                long start = System.nanoTime();
                WireMessage answer = i % 2 == 0 ? kept.send(GET).readFinal() : RawClient.exchange(port, GET);
                worst = Math.max(worst, System.nanoTime() - start);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).hasSize(1000);
            }
        }
        return worst;
    }
}
