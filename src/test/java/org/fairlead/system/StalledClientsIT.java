package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that stall keep nobody else out (RFC 9113 10.5). */
class StalledClientsIT {
    private static final int WORKERS = 60;
    private static final int CONNECTIONS = 4;
    private static final int STREAMS = 90;
    private static final String LARGE = "x".repeat(4 << 20);

    @RegisterExtension
    final Members members = new Members();

    private final List<AutoCloseable> stalled = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"answers without a window", "bodies that stall", "slow readers", "posts that stall"})
    void keepNobodyOutAndAreGivenUpWhenTheyLeave(String kind) throws Exception {
        RawMember member = members.answering(request -> {
            String body = request.startLine().contains("/large") ? LARGE : "ok";
            return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        });
        try (FairleadJar jar = FairleadJar.configured(
                FrontDoor.plain(member.port(), "Protocols h2c http/1.1", "MaxRequestWorkers " + WORKERS))) {
            for (int i = 0; i < CONNECTIONS; i++) {
                stall(kind, jar);
            }
            for (int i = 0; i < 10; i++) {
                assertServed(jar);
            }
            for (AutoCloseable client : stalled) {
                client.close();
            }
            if (!kind.startsWith("answers")) {
                // Those were answered, and their connections are kept.
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(member.openConnections())
                                .as("messages of clients that have left")
                                .isLessThan(STREAMS));
            }
            assertServed(jar);
            assertThat(jar.output()).doesNotContain("\tat ");
        }
    }

    private void stall(String kind, FairleadJar jar) throws IOException {
        switch (kind) {
            case "answers without a window" -> streams(H2Frames.takingNothing(jar.port()), "GET", H2Frames.END_STREAM);
            case "bodies that stall" -> streams(H2Frames.to(jar.port()), "POST", 0);
            case "slow readers" -> requests(jar, "GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
            default -> requests(jar, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\na");
        }
    }

    private void streams(H2Frames frames, String method, int end) throws IOException {
        stalled.add(frames);
        byte[] head = H2Frames.block(":method", method, ":scheme", "http", ":authority", "h", ":path", "/");
        for (int stream = 1; stream < 2 * STREAMS; stream += 2) {
            frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | end, stream, head);
        }
    }

    private void requests(FairleadJar jar, String request) throws IOException {
        for (int i = 0; i < STREAMS / 2; i++) {
            stalled.add(RawClient.to(jar.port()).send(request));
        }
    }

    private static void assertServed(FairleadJar jar) throws IOException {
        assertThat(RawClient.exchange(jar.port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }
}
