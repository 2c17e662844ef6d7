package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Requests in a stock container that wait for slow members without a thread of the container's.
 *
 * <p>Some hundred in every build; {@code -Dit.test=SuspensionIT -Dfairlead.waiting=5000} makes it five thousand.
 */
class SuspensionIT {
    /** More than the 200 threads that a container has by default. */
    private static final int WAITING = Integer.getInteger("fairlead.waiting", 600);

    private static final int BATCH = 100;

    /** The rest is suspended. */
    private static final int MAX_WAITING_THREADS = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long PLENTY_SECONDS = 30;
    private static final String GET = "GET /bytes/10 HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String HOLD = "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int HEAD = 20;

    @RegisterExtension
    final Members members = new Members();

    @ParameterizedTest
    @EveryBuildsContainer
    void moreRequestsWaitForSlowMembersThanTheContainerHasThreads(Containers container) throws Exception {
        try (BusyMember member = new BusyMember();
                Container running = container
                        .deploy()
                        .configuration("ProxyPass / http://127.0.0.1:%d/ timeout=600".formatted(member.port()))
                        .jvm("-Xmx512m")
                        .start();
                Crowd crowd = new Crowd()) {
            List<Crowd.Group> waiting = new ArrayList<>();
            for (int left = WAITING; left > 0; left -= BATCH) {
                waiting.add(crowd.join(running.port(), Math.min(BATCH, left), Crowd.Manner.saying(HOLD)));
                int expected = WAITING - left + BATCH;
                await("all at the member").atMost(PATIENCE).until(() -> member.held() >= Math.min(WAITING, expected));
            }
            assertThat(RawClient.exchange(running.port(), GET).status()).isEqualTo(200);
            member.release();
            await("their answers")
                    .atMost(PATIENCE)
                    .until(() -> waiting.stream()
                                    .mapToLong(group -> group.received(HEAD))
                                    .sum()
                            == WAITING);
            assertThat(RawClient.exchange(running.port(), GET).status()).isEqualTo(200);
            assertThat(running.log()).doesNotContain("SEVERE", "Exception");
        }
    }

    /** The member is held until others have made it count as slow, so that these requests are suspended. */
    @ParameterizedTest
    @EveryBuildsContainer
    void suspendedRequestsEndAsThoseThatKeepTheirThread(Containers container) throws Exception {
        CountDownLatch may = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        RawMember member = members.raw(conversation -> {
            while (true) {
                Optional<WireMessage> request = conversation.readRequest().filter(whole -> !whole.cut());
                if (request.isEmpty()) {
                    return;
                }
                String path = request.get().startLine().split(" ")[1];
                if (!path.equals("/")) {
                    asked.incrementAndGet();
                    may.await(PLENTY_SECONDS, TimeUnit.SECONDS);
                }
                if (path.equals("/cut")) {
                    conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                    return;
                }
                if (path.equals("/dead")) {
                    return;
                }
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\nX: 1\r\n\r\n" + path);
            }
        });
        String config = """
                ProxyPass /silent/ http://127.0.0.1:%d/ timeout=1
                ProxyPass / http://127.0.0.1:%d/ timeout=60
                """.formatted(members.silent().port(), member.port());
        try (Container running =
                        container.deploy().configuration(config).roomy().start();
                Crowd crowd = new Crowd()) {
            crowd.join(running.port(), 8, Crowd.Manner.saying("GET /warm HTTP/1.1\r\nHost: h\r\n\r\n"));
            await().atMost(PATIENCE).until(() -> asked.get() == 8);
            try (RawClient whole = RawClient.to(running.port());
                    RawClient posted = RawClient.to(running.port());
                    RawClient cut = RawClient.to(running.port());
                    RawClient dead = RawClient.to(running.port());
                    RawClient silent = RawClient.to(running.port());
                    RawClient odd = RawClient.to(running.port())) {
                whole.send("GET /whole HTTP/1.1\r\nHost: h\r\n\r\n");
                posted.send("POST /posted HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
                cut.send("GET /cut HTTP/1.1\r\nHost: h\r\n\r\n");
                dead.send("POST /dead HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
                silent.send("GET /silent/x HTTP/1.1\r\nHost: h\r\n\r\n");
                odd.send("GET /a;v=1/b%20c/d?q=%41 HTTP/1.1\r\nHost: h\r\n\r\n");
                await().atMost(PATIENCE).until(() -> asked.get() == 13);
                assertThat(silent.read().status()).isEqualTo(504);
                may.countDown();
                assertThat(whole.read().bodyText()).isEqualTo("/whole");
                assertThat(posted.read().bodyText()).isEqualTo("/posted");
                assertThat(cut.read().cut()).isTrue();
                assertThat(dead.read().status()).isEqualTo(502);
                assertThat(odd.read().bodyText()).isEqualTo("/a;v=1/b%20c/d?q=%41");
                whole.send("GET /again HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(whole.read().bodyText()).isEqualTo("/again");
            }
        }
    }

    @Test
    void anUndeployedApplicationEndsSuspendedRequestsAndItsPoller() throws Exception {
        try (BusyMember member = new BusyMember();
                Container running = Containers.TOMCAT_11
                        .deploy()
                        .configuration("ProxyPass / http://127.0.0.1:%d/ timeout=600".formatted(member.port()))
                        .property(TomcatBase.BACKGROUND_SECONDS, "1")
                        .start();
                Crowd crowd = new Crowd()) {
            Crowd.Group waiting = crowd.join(running.port(), BATCH, Crowd.Manner.saying(HOLD));
            await("all at the member").atMost(PATIENCE).until(() -> member.held() == BATCH);
            Files.delete(running.base().resolve("webapps/ROOT.war"));
            await("the ends of those without a thread")
                    .atMost(PATIENCE)
                    .until(() -> waiting.received(HEAD) + BATCH - waiting.open() >= BATCH - MAX_WAITING_THREADS);
            await("the application's end")
                    .atMost(PATIENCE)
                    .until(() -> RawClient.exchange(running.port(), GET).status() == 404);
            assertThat(running.log()).doesNotContain("failed to stop it", "memory leak");
        }
    }
}
