package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A thousand tunnels on which nobody says anything. */
class IdleTunnelsIT {
    private static final int TUNNELS = 1_000;
    private static final int FEW_THREADS = 100;
    /** Each of them took a thread for ever when it was Tomcat that waited for the client. */
    private static final int LEFT = 100;
    /** The JDK's own, for the waits of virtual threads. */
    private static final int A_FEW = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HANDSHAKE = "GET /tunnel HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    @Test
    void costNoPlatformThreadEachWhereThereAreVirtualOnesAndLeaveNothingBehind() throws Exception {
        try (BusyMember member = new BusyMember();
                FairleadJar jar = FairleadJar.start(
                        List.of("-Xmx256m"),
                        "--config",
                        Leftovers.file(
                                        "fairlead.conf",
                                        "Listen 127.0.0.1:0\nProxyPass / ws://127.0.0.1:" + member.port()
                                                + "/ timeout=300\n")
                                .toString());
                Crowd crowd = new Crowd()) {
            Jvm jvm = Jvm.of(jar);
            Crowd.Group one = crowd.join(jar.port(), 1, Crowd.Manner.saying(HANDSHAKE));
            await("the first tunnel").atMost(PATIENCE).until(() -> one.heard("\r\n\r\n") == 1);
            int threadsBefore = jvm.threads();
            int descriptorsBefore = jvm.descriptors();

            Crowd.Group left = crowd.join(jar.port(), LEFT, Crowd.Manner.saying(HANDSHAKE));
            await("101 for those that are left").atMost(PATIENCE).until(() -> left.heard("\r\n\r\n") == LEFT);
            left.send(BusyMember.LEAVE);
            await("the end of those that their member leaves")
                    .atMost(PATIENCE)
                    .until(() -> left.open() == 0 && member.openConnections() == 1);
            await("their threads and objects").atMost(PATIENCE).until(() -> {
                // The first one's are left, platform threads or not.
                long tunnelThreads = jvm.threadDump()
                        .lines()
                        .filter(line -> line.startsWith("\"fairlead-tunnel-"))
                        .count();
                return tunnelThreads <= 2 && jvm.collect().count("org.fairlead.upstream.MemberTunnel") == 1;
            });

            Crowd.Group tunnels = crowd.join(jar.port(), TUNNELS, Crowd.Manner.saying(HANDSHAKE));
            await("101 for all").atMost(PATIENCE).until(() -> tunnels.heard("\r\n\r\n") == TUNNELS);
            int threads = jvm.threads();
            tunnels.send("still there?");
            await("echo on all").atMost(PATIENCE).until(() -> tunnels.heard("still there?") == TUNNELS);
            int afterwards = jvm.threads();
            Jvm.Heap heap = jvm.collect();
            System.out.printf(
                    "%,d tunnels on JDK %d: %d threads before, %d with all idle, %d after an echo on all; %,d KiB heap%n",
                    TUNNELS, Runtime.version().feature(), threadsBefore, threads, afterwards, heap.bytes() / 1024);
            assertThat(heap.count("org.fairlead.connector.FairleadHttp11Processor"))
                    .as("readers of requests, of which Tomcat keeps 200")
                    .isLessThan(250);

            tunnels.leave();
            await("the member's end of them").atMost(PATIENCE).until(() -> member.openConnections() == 1);
            await("their descriptors").atMost(PATIENCE).until(() -> jvm.descriptors() <= descriptorsBefore + A_FEW);
            await("their objects").atMost(PATIENCE).until(() -> {
                Jvm.Heap live = jvm.collect();
                return live.count("org.fairlead.upstream.MemberTunnel") == 1
                        && live.count("org.fairlead.balancer.MemberLease") == 1;
            });
            one.send("and you?");
            await("the first one lives on").atMost(PATIENCE).until(() -> one.heard("and you?") == 1);

            Assumptions.assumeTrue(
                    Runtime.version().feature() >= 21,
                    "SKIPPED: JDK " + Runtime.version().feature() + " has no virtual threads; " + TUNNELS
                            + " tunnels took " + threads + " threads");
            assertThat(threads).isLessThan(FEW_THREADS);
            assertThat(afterwards).isLessThan(FEW_THREADS);
        }
    }
}
