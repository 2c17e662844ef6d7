package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Mixed traffic at full speed, after which everything must be as it was after the warm-up. {@code -Dfairlead.soak=PT10M}
 * makes it last; by default it is a smoke test.
 */
class SoakIT {
    private static final Duration SPAN = Duration.parse(System.getProperty("fairlead.soak", "PT10S"));
    private static final Duration WARM_UP = Duration.ofSeconds(Math.max(6, Math.min(60, SPAN.toSeconds() / 10)));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration REST = Duration.ofSeconds(120);

    /** What the JVM itself may have started since, to compile and to collect. */
    private static final int A_FEW_THREADS = 12;

    /** How many requests the member may have at once; a lease that was lost would be one place less. */
    private static final int PLACES = 64;

    /** Bytes that Tomcat's stock of 200 readers of requests may have come to, as more of them were used at once. */
    private static final long CACHES = 24 << 20;

    private static final List<String> OF_A_REQUEST = List.of(
            "org.fairlead.balancer.MemberLease",
            "org.fairlead.upstream.MemberTunnel",
            "org.fairlead.servlet.ServletExchange",
            "org.fairlead.servlet.ClientStream");

    /** What a process holds while nobody asks anything of it. */
    private record Level(int threads, int descriptors, Jvm.Heap heap) {
        int leftOver() {
            return OF_A_REQUEST.stream().mapToInt(heap::count).sum();
        }

        @Override
        public String toString() {
            return "%d threads, %d descriptors, %,d KiB heap, %d objects of requests"
                    .formatted(threads, descriptors, heap.bytes() / 1024, leftOver());
        }
    }

    @Test
    void afterMixedTrafficEverythingIsAsItWasAfterTheWarmUp() throws Exception {
        try (BusyMember member = new BusyMember();
                FairleadJar jar = FairleadJar.configured(configuration(member), "-Xmx256m")) {
            Jvm jvm = Jvm.of(jar);
            Traffic traffic = new Traffic(jar.port());
            traffic.run(WARM_UP);
            Level before = settle(jvm, member);
            long requestsBefore = member.requests();
            traffic.run(SPAN);
            // Platform threads that were added for slow members rest for a minute before they end.
            await("threads as before, but for a few")
                    .atMost(REST)
                    .until(() -> jvm.threads() <= before.threads() + A_FEW_THREADS);
            Level after = settle(jvm, member);
            System.out.printf(
                    "soak of %s on JDK %d: %,d requests at the member; after the warm-up %s; after the soak %s"
                            + " (%s); %d failures; rounds %s%n",
                    SPAN,
                    Runtime.version().feature(),
                    member.requests() - requestsBefore,
                    before,
                    after,
                    after.heap().growthSince(before.heap()),
                    traffic.failures(),
                    traffic);

            assertThat(traffic.problems()).as("honest traffic").isEmpty();
            assertThat(after.leftOver()).as("objects of requests").isZero();
            assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors() + 2);
            assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + A_FEW_THREADS);
            assertThat(after.heap().bytes()).as("heap").isLessThan(before.heap().bytes() + CACHES);
            assertThat(jar.output()).doesNotContain("Exception").doesNotContain("OutOfMemory");
            everyPlaceOfTheMemberIsFree(jar, member);
        }
    }

    private static String configuration(BusyMember member) {
        String live = member.uri().toString();
        return """
                Listen 127.0.0.1:0
                Protocols h2c http/1.1
                KeepAliveTimeout 2
                RequestReadTimeout header=10 body=10
                <Proxy balancer://alone>
                BalancerMember %s ttl=2
                </Proxy>
                <Proxy balancer://both>
                BalancerMember http://127.0.0.1:%d retry=1
                BalancerMember %s ttl=2 upgrade=websocket max=%d acquire=10000
                </Proxy>
                ProxyPass /alone/ balancer://alone/
                ProxyPass / balancer://both/
                """.formatted(live, Loopback.freePort(), live, PLACES);
    }

    /** Waits until what is kept for a while, idle connections on both sides, is gone, and looks. */
    private static Level settle(Jvm jvm, BusyMember member) {
        AtomicInteger last = new AtomicInteger();
        await("nothing under way")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> member.openConnections() == 0 && last.getAndSet(jvm.descriptors()) == jvm.descriptors());
        Jvm.Heap heap = jvm.collect();
        return new Level(jvm.threads(), jvm.descriptors(), heap);
    }

    private static void everyPlaceOfTheMemberIsFree(FairleadJar jar, BusyMember member) throws Exception {
        try (Crowd crowd = new Crowd()) {
            Crowd.Group all =
                    crowd.join(jar.port(), PLACES, Crowd.Manner.saying("GET /hold HTTP/1.1\r\nHost: h\r\n\r\n"));
            await("as many requests at the member as it has places")
                    .atMost(PATIENCE)
                    .until(() -> member.held() == PLACES);
            member.release();
            await("their answers").atMost(PATIENCE).until(() -> all.heard("\r\n\r\nab") == PLACES);
        }
    }
}
