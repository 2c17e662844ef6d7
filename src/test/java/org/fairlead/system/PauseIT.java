package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that wait for their member without a thread, and what happens to them meanwhile. */
class PauseIT {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    private static final long PLENTY_SECONDS = 30;

    @RegisterExtension
    final Members members = new Members();

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    /** Answers two bytes of the request's path, once it may. */
    private RawMember when(CountDownLatch may) throws IOException {
        return members.raw(conversation -> {
            while (true) {
                Optional<WireMessage> request = conversation.readRequest().filter(whole -> !whole.cut());
                if (request.isEmpty()) {
                    return;
                }
                may.await(PLENTY_SECONDS, TimeUnit.SECONDS);
                conversation.send(ANSWER + request.get().startLine().substring(5, 7));
            }
        });
    }

    @Test
    void requestsThatCameTogetherAreAnsweredInTheirOrder() throws Exception {
        CountDownLatch may = new CountDownLatch(1);
        RawMember member = when(may);
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()));
                RawClient client = RawClient.to(jar.port())) {
            client.send(get("/aa") + get("/bb") + get("/cc"));
            await().until(() -> member.requests().size() == 1);
            may.countDown();
            assertThat(client.read().bodyText()).isEqualTo("aa");
            assertThat(client.read().bodyText()).isEqualTo("bb");
            assertThat(client.read().bodyText()).isEqualTo("cc");
            client.send(get("/dd"));
            assertThat(client.read().bodyText()).isEqualTo("dd");
        }
    }

    @Test
    void whatComesWhileARequestWaitsIsTheNextOne() throws Exception {
        CountDownLatch may = new CountDownLatch(1);
        RawMember member = when(may);
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()));
                RawClient client = RawClient.to(jar.port())) {
            client.send(get("/aa"));
            await().until(() -> member.requests().size() == 1);
            client.send("GET /bb HTTP/1.1\r\n");
            client.send("Host: h\r\n\r\n");
            may.countDown();
            assertThat(client.read().bodyText()).isEqualTo("aa");
            assertThat(client.read().bodyText()).isEqualTo("bb");
        }
    }

    @Test
    void aMemberThatIsSilentForTooLongIs504AndTheConnectionLivesOn() throws Exception {
        RawMember silent = members.silent();
        RawMember member = members.answering(request -> ANSWER + "ok");
        String config = """
                Listen 127.0.0.1:0
                ProxyPass /silent/ http://127.0.0.1:%d/ timeout=300ms
                ProxyPass / http://127.0.0.1:%d/
                """.formatted(silent.port(), member.port());
        try (FairleadJar jar = FairleadJar.configured(config);
                RawClient client = RawClient.to(jar.port())) {
            for (int i = 0; i < 3; i++) {
                client.send("POST /silent/ HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody");
                assertThat(client.read().status()).isEqualTo(504);
                client.send(get("/ok"));
                assertThat(client.read().bodyText()).isEqualTo("ok");
            }
            await("the silent member's connections are given up").until(() -> silent.openConnections() == 0);
        }
    }

    @Test
    void aClientThatLeavesWhileItsRequestWaitsHoldsNothingOnceTheMemberHasAnswered() throws Exception {
        CountDownLatch may = new CountDownLatch(1);
        RawMember member = when(may);
        String config = """
                Listen 127.0.0.1:0
                <Proxy balancer://one>
                BalancerMember http://127.0.0.1:%d max=1 acquire=20000
                </Proxy>
                ProxyPass / balancer://one/
                """.formatted(member.port());
        try (FairleadJar jar = FairleadJar.configured(config)) {
            try (RawClient gone = RawClient.to(jar.port())) {
                gone.send(get("/aa"));
                await().until(() -> member.requests().size() == 1);
            }
            may.countDown();
            // Its place at the member is the only one.
            assertThat(RawClient.exchange(jar.port(), get("/bb")).bodyText()).isEqualTo("bb");
            assertThat(jar.output()).doesNotContain("SEVERE", "Exception");
        }
    }

    @Test
    void aBodyThatComesInPiecesBehindASlowHeadIsPassedOnAsItComes() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        RawMember member = members.raw(conversation -> {
            while (conversation.readRequest().filter(r -> !r.cut()).isPresent()) {
                conversation.send("HTTP/1.1 200 OK\r\nContent-Le");
                conversation.send("ngth: 8\r\n\r\nhalf");
                more.await(PLENTY_SECONDS, TimeUnit.SECONDS);
                conversation.send("rest");
            }
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port()));
                RawClient client = RawClient.to(jar.port())) {
            client.send(get("/"));
            assertThat(client.readHead().header("Content-Length")).contains("8");
            assertThat(client.input().readNBytes(4)).asString().isEqualTo("half");
            more.countDown();
            assertThat(client.input().readNBytes(4)).asString().isEqualTo("rest");
            for (int i = 0; i < 10; i++) {
                client.send(get("/"));
                assertThat(client.read().bodyText()).isEqualTo("halfrest");
            }
        }
    }
}
