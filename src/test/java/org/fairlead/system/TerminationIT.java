package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.fairlead.http.JsonReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fairlead_json} and {@code FAIRLEAD_END} for every row of the manual's failure tables, with real members. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class TerminationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RawMember member;
    private RawMember silent;
    private FairleadJar fairlead;
    private Path log;

    @BeforeAll
    void start() throws Exception {
        member = RawMember.start(TerminationIT::serve);
        silent = RawMember.silent();
        int nothing;
        try (ServerSocket socket = new ServerSocket(0)) {
            nothing = socket.getLocalPort();
        }
        log = Leftovers.directory("log").resolve("access.json");
        fairlead = FairleadJar.configured("""
                Listen 127.0.0.1:0
                ServerName localhost
                CustomLog %1$s fairlead_json
                <Proxy balancer://out>
                    BalancerMember http://127.0.0.1:%2$d status=+D
                </Proxy>
                <Proxy balancer://again>
                    BalancerMember http://127.0.0.1:%4$d
                    BalancerMember http://127.0.0.1:%2$d
                </Proxy>
                <Location /denied>
                    Require all denied
                </Location>
                <Location /small>
                    LimitRequestBody 5
                </Location>
                ProxyPass /out balancer://out/
                ProxyPass /again balancer://again/ok
                ProxyPass /denied http://127.0.0.1:%2$d/ok
                ProxyPass /small http://127.0.0.1:%2$d/ok
                ProxyPass /refuses http://127.0.0.1:%4$d/
                ProxyPass /silent http://127.0.0.1:%3$d/silent timeout=1
                ProxyPass /pings http://127.0.0.1:%3$d/pings ping=100ms
                ProxyPass /full http://127.0.0.1:%3$d/full max=1 acquire=100 timeout=300
                ProxyPass / http://127.0.0.1:%2$d/
                """.formatted(log, member.port(), silent.port(), nothing));
    }

    private static void serve(Conversation conversation) throws Exception {
        while (true) {
            WireMessage request = conversation.readRequest().orElse(null);
            if (request == null || request.cut()) {
                return;
            }
            String line = request.startLine();
            if (line.contains("/closes")) {
                return;
            } else if (line.contains("/strange")) {
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx");
                return;
            } else if (line.contains("/cut")) {
                conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                return;
            }
            String status = line.contains("/error") ? "500 Broken" : "200 OK";
            conversation.send("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok");
        }
    }

    @AfterAll
    void stop() throws Exception {
        fairlead.close();
        member.close();
        silent.close();
    }

    private Map<String, Object> lineOf(String target) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.exists(log) && lines().stream().anyMatch(line -> target.equals(line.get("target"))));
        return lines().stream()
                .filter(line -> target.equals(line.get("target")))
                .findFirst()
                .orElseThrow();
    }

    private List<Map<String, Object>> lines() throws java.io.UncheckedIOException {
        try {
            return Files.readAllLines(log).stream().map(JsonReader::object).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String request(String method, String target, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
    }

    @ParameterizedTest(name = "{0} {1} -> {3}")
    @CsvSource(textBlock = """
            GET,  /ok?q="x,       '',        --
            GET,  /error,         '',        --
            GET,  /again/a,       '',        --
            GET,  /refuses/,      '',        MC
            POST, /pings/,        body,      MS
            GET,  /closes,        '',        MW
            GET,  /strange,       '',        MW
            GET,  /silent/a,      '',        LW
            GET,  /cut,           '',        MB
            GET,  /out/a,         '',        FQ
            GET,  /denied,        '',        FH
            POST, /small,         too large, LH
            """)
    void aLineSaysWhichSideEndedTheRequestAndWhen(String method, String target, String body, String end)
            throws Exception {
        try (RawClient client = RawClient.to(fairlead.port())) {
            client.send(request(method, target, body)).read();
        }

        assertThat(lineOf(target)).containsEntry("end", end).containsEntry("method", method);
    }

    @Test
    void aClientThatLeavesWhileItsMemberIsSilentIsTheClientsEnd() throws Exception {
        try (RawClient client = RawClient.to(fairlead.port())) {
            int before = silent.openConnections();
            client.send(request("GET", "/full/leaves", ""));
            Awaitility.await().atMost(PATIENCE).until(() -> silent.openConnections() > before);
            try (RawClient second = RawClient.to(fairlead.port())) {
                assertThat(second.send(request("GET", "/full/second", ""))
                                .read()
                                .status())
                        .isEqualTo(503);
            }
            client.reset();
        }

        assertThat(lineOf("/full/second")).containsEntry("end", "LQ");
        assertThat(lineOf("/full/leaves")).containsEntry("end", "CW");
    }

    @Test
    void aBodyThatBreaksOffAndAHeadThatIsMalformedAreTheClientsEnd() throws Exception {
        try (RawClient client = RawClient.to(fairlead.port())) {
            client.send("POST /ok/body HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                    .read();
        }
        try (RawClient client = RawClient.to(fairlead.port())) {
            client.send("GET /bad HTTP/1.1\r\nHost: localhost\r\nBad Field: x\r\n\r\n")
                    .read();
        }

        assertThat(lineOf("/ok/body")).containsEntry("end", "CS");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> lines().stream()
                        .anyMatch(line -> "CH".equals(line.get("end"))
                                && "400".equals(line.get("status").toString())));
    }
}
