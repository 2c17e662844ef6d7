package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that leave while their member thinks: its connection ends within a second, and the log says X. */
class ClientGoneIT {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final long PLENTY_SECONDS = 30;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String GET = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String POST = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody";

    @RegisterExtension
    final Members members = new Members();

    @TempDir
    Path folder;

    private RawMember thinking() throws IOException {
        return members.silent();
    }

    /** A member with an answer that has begun is waited for by a thread; so is one of which a response came in pieces. */
    private FairleadJar jar(RawMember member, String... lines) {
        return FairleadJar.configured(FrontDoor.plain(
                member.port(),
                "Protocols h2c http/1.1\nLogFormat \"%m %X\" gone\nCustomLog " + folder.resolve("log") + " gone\n"
                        + String.join("\n", lines)));
    }

    private static void assertGivenUp(RawMember member) {
        await("the member's connection ends")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> member.openConnections() == 0);
    }

    private void assertLogged(String line) {
        await().untilAsserted(() ->
                assertThat(Files.readAllLines(folder.resolve("log"))).containsExactly(line));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({
        "GET, closes, no thread",
        "GET, resets, no thread",
        "POST, closes, no thread",
        "POST, resets, no thread",
        "GET, closes, a thread",
        "GET, resets, a thread",
        "POST, closes, a thread"
    })
    void aClientThatLeavesIsNotedWithinASecond(String method, String way, String wait) throws Exception {
        boolean blocked = wait.equals("a thread");
        CountDownLatch begun = new CountDownLatch(1);
        // Half a head is waited for by a thread.
        RawMember member = blocked
                ? members.raw(conversation -> {
                    conversation.readRequest();
                    conversation.send("HTTP/1.1 200 O");
                    begun.countDown();
                    while (conversation.readRequest().isPresent()) {
                        continue;
                    }
                })
                : thinking();
        try (FairleadJar jar = jar(member)) {
            Socket client = new Socket(Loopback.address(), jar.port());
            client.getOutputStream().write((method.equals("GET") ? GET : POST).getBytes());
            await().until(() -> member.requests().size() == 1);
            if (blocked) {
                assertThat(begun.await(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
            if (way.equals("resets")) {
                client.setSoLinger(true, 0);
            }
            client.close();
            assertGivenUp(member);
            assertLogged(method + " X");
            assertThat(jar.output()).doesNotContain("SEVERE", "WARNING", "\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resets its stream", "closes its connection", "says goodbye and closes"})
    void aClientOfHttp2ThatLeavesIsNotedWithinASecond(String way) throws Exception {
        RawMember member = thinking();
        try (FairleadJar jar = jar(member)) {
            H2Frames client = H2Frames.to(jar.port());
            client.send(
                    H2Frames.HEADERS,
                    H2Frames.END_HEADERS | H2Frames.END_STREAM,
                    1,
                    H2Frames.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x"));
            await().until(() -> member.requests().size() == 1);
            switch (way) {
                case "resets its stream" -> client.send(H2Frames.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
                case "says goodbye and closes" -> {
                    client.send(H2Frames.GOAWAY, 0, 0, new byte[8]);
                    client.close();
                }
                default -> client.close();
            }
            assertGivenUp(member);
            assertLogged("GET X");
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all at once", "while the first waits", "in two pieces while the first waits"})
    void whatAClientSendsMeanwhileIsServedNext(String way) throws Exception {
        CountDownLatch may = new CountDownLatch(1);
        RawMember member = members.raw(conversation -> {
            Optional<WireMessage> request = conversation.readRequest();
            while (request.filter(whole -> !whole.cut()).isPresent()) {
                may.await(PLENTY_SECONDS, TimeUnit.SECONDS);
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
                        + request.get().startLine().substring(5, 7));
                request = conversation.readRequest();
            }
        });
        String next = "GET /bb HTTP/1.1\r\nHost: h\r\nX-Long: " + "x".repeat(5000) + "\r\n\r\n";
        try (FairleadJar jar = jar(member);
                RawClient client = RawClient.to(jar.port())) {
            String first = "GET /aa HTTP/1.1\r\nHost: h\r\n\r\n";
            client.send(way.equals("all at once") ? first + next : first);
            await().until(() -> member.requests().size() == 1);
            if (way.equals("while the first waits")) {
                client.send(next);
            } else if (way.startsWith("in two")) {
                client.send(next.substring(0, 3000));
                client.send(next.substring(3000));
            }
            may.countDown();
            assertThat(client.readFinal().bodyText()).isEqualTo("aa");
            assertThat(client.readFinal().bodyText()).isEqualTo("bb");
            client.send("GET /cc HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.readFinal().bodyText()).isEqualTo("cc");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aClientThatHasEndedItsSideGetsAResponseThatIsThereSoon(String method) throws Exception {
        RawMember member = members.answering(request -> OK);
        try (FairleadJar jar = jar(member);
                RawClient client = RawClient.to(jar.port())) {
            client.send(method.equals("GET") ? GET : POST).finishSending();
            assertThat(client.readFinal().bodyText()).isEqualTo("ok");
        }
    }
}
