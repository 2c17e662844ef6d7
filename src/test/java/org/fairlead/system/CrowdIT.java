package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Connections on which nothing happens, and requests that wait for slow members, in a heap of 512 MiB.
 *
 * <p>A few hundred in every build; {@code -Dit.test=CrowdIT -Dfairlead.crowd=10000} makes it ten thousand idle ones, and
 * half as many requests after them. Both at once would take more descriptors than a process usually may have.
 */
class CrowdIT {
    private static final int IDLE = Integer.getInteger("fairlead.crowd", 500);
    private static final int WAITING = IDLE / 2;
    /** The queue of connections to be accepted is not endless. */
    private static final int BATCH = 250;

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String HEAP = System.getProperty("fairlead.crowd.heap", "512m");
    private static final String GET = "GET /bytes/10 HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String HOLD = "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int HEAD = 20;

    /** What a connection may hold while nothing happens on it, and a request while its member is slow, in KiB of heap. */
    private static final int IDLE_SHARE = 8;

    private static final int WAITING_SHARE = 60;
    /** What does not depend on their number: classes that come to be used, what Tomcat keeps for the next requests. */
    private static final int ROUGHLY = 8192;

    @Test
    void idleConnectionsAndWaitingRequestsFitIntoASmallHeap() throws Exception {
        try (BusyMember member = new BusyMember();
                FairleadJar jar = FairleadJar.start(
                        List.of("-Xmx" + HEAP),
                        "--config",
                        Leftovers.file("fairlead.conf", """
                                        Listen 127.0.0.1:0
                                        KeepAliveTimeout 600
                                        Timeout 600
                                        MaxConnections %d
                                        MaxRequestWorkers %d
                                        ProxyPass / http://127.0.0.1:%d/ timeout=600
                                        """.formatted(IDLE + BATCH, WAITING + BATCH, member.port()))
                                .toString());
                Crowd crowd = new Crowd()) {
            Jvm jvm = Jvm.of(jar);
            assertThat(RawClient.exchange(jar.port(), GET).status()).isEqualTo(200);
            long before = tell("nobody", jvm);

            List<Crowd.Group> idle = join(crowd, jar, IDLE, GET, group -> group.received(HEAD));
            long idling = tell(IDLE + " idle connections", jvm);
            assertThat(idling - before).as("KiB of them all").isLessThan((long) IDLE * IDLE_SHARE + ROUGHLY);
            assertThat(RawClient.exchange(jar.port(), GET).status()).isEqualTo(200);
            assertThat(idle.stream().mapToLong(Crowd.Group::open).sum()).isEqualTo(IDLE);
            idle.forEach(Crowd.Group::leave);
            await("their end").atMost(PATIENCE).until(() -> jvm.descriptors() < IDLE / 2 + BATCH);

            List<Crowd.Group> waiting = join(crowd, jar, WAITING, HOLD, Crowd.Group::open);
            await("all at the member").atMost(PATIENCE).until(() -> member.held() == WAITING);
            long held = tell(WAITING + " requests at a slow member", jvm);
            assertThat(held - before).as("KiB of them all").isLessThan((long) WAITING * WAITING_SHARE + ROUGHLY);
            assertThat(RawClient.exchange(jar.port(), GET).status()).isEqualTo(200);
            member.release();
            await("their answers").atMost(PATIENCE).until(() -> received(waiting) == WAITING);
            tell("all answered", jvm);
            assertThat(jar.output()).doesNotContain("OutOfMemoryError", "SEVERE", "ERROR");
        }
    }

    private static long received(List<Crowd.Group> groups) {
        return groups.stream().mapToLong(group -> group.received(HEAD)).sum();
    }

    private interface Arrival {
        long arrived(Crowd.Group group);
    }

    private static List<Crowd.Group> join(Crowd crowd, FairleadJar jar, int count, String says, Arrival arrival) {
        List<Crowd.Group> groups = new ArrayList<>();
        for (int left = count; left > 0; left -= BATCH) {
            int size = Math.min(BATCH, left);
            Crowd.Group group = crowd.join(jar.port(), size, Crowd.Manner.saying(says));
            await("arrivals")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> arrival.arrived(group) == size);
            groups.add(group);
        }
        return groups;
    }

    /** Returns the live heap in KiB. */
    private static long tell(String what, Jvm jvm) {
        int threads = jvm.threads();
        int descriptors = jvm.descriptors();
        long pss = jvm.proportionalKib();
        long heap = jvm.collect().bytes();
        System.out.printf(
                "JDK %d, %s: %d threads, %d descriptors, %,d KiB of memory (PSS), %,d KiB live, %,d ms of CPU so far%n",
                Runtime.version().feature(), what, threads, descriptors, pss, heap / 1024, jvm.cpuMillis());
        return heap / 1024;
    }
}
