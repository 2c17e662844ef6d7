package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.fairlead.http.JsonReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator needs while the proxy is full: the listener of their own answers, and says what holds it. */
@Timeout(180)
class OperatorsIT {
    private static final int WORKERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final Members members = new Members();

    private static RawClient operator(URI listener) throws IOException {
        return RawClient.over(new Socket(listener.getHost(), listener.getPort()));
    }

    private static String get(URI listener, String target) throws IOException {
        try (RawClient client = operator(listener)) {
            return client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .read()
                    .text();
        }
    }

    private static List<?> items(String response) {
        String json = response.substring(response.indexOf('{'), response.lastIndexOf('}') + 1);
        return (List<?>) JsonReader.object(json).get("items");
    }

    @Test
    void itsListenerAnswersWhileMembersHoldAllThreadsOfTheProxy() throws Exception {
        RawMember silent = members.silent();
        try (FairleadJar jar = FairleadJar.configured("""
                Listen 127.0.0.1:0
                Listen 127.0.0.2:0
                MaxRequestWorkers %d
                ServerName localhost
                <Proxy balancer://shop>
                    BalancerMember %s
                </Proxy>
                ProxyPass / balancer://shop/
                <VirtualHost 127.0.0.2>
                    ServerName localhost
                    ProxyPassInherit Off
                    <Location /api>
                        SetHandler fairlead-api
                        Require local
                    </Location>
                </VirtualHost>
                """.formatted(WORKERS, silent.uri()))) {
            List<URI> listeners = jar.awaitListeners(2);
            URI own = listeners.stream()
                    .filter(uri -> uri.getHost().equals("127.0.0.2"))
                    .findFirst()
                    .orElseThrow();
            List<RawClient> clients = new ArrayList<>();
            try (RawClient stream = operator(own)) {
                for (int i = 0; i < 3 * WORKERS; i++) {
                    clients.add(RawClient.to(jar.port())
                            .send("GET /held/" + i + "?secret=1 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                }
                Awaitility.await().atMost(PATIENCE).until(() -> silent.openConnections() >= WORKERS);

                String seen = get(own, "/api/v1/requests");
                List<?> held = items(seen).stream()
                        .filter(one -> "wait".equals(((Map<?, ?>) one).get("phase")))
                        .toList();
                assertThat(held)
                        .as(seen)
                        .hasSizeGreaterThanOrEqualTo(WORKERS)
                        .allSatisfy(
                                one -> assertThat(((Map<?, ?>) one).get("path").toString())
                                        .startsWith("/held/"));
                assertThat(seen)
                        .contains("\"member\":\"" + silent.uri() + "\"", "\"balancer\":\"shop\"")
                        .doesNotContain("secret");
                stream.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
                assertThat(until(stream.input(), "retry: 2000")).contains("text/event-stream");
                order(own);
                assertThat(until(stream.input(), "event: order")).contains("event: member");
            } finally {
                for (RawClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private static void order(URI own) throws IOException {
        String json = "{\"set\":{\"ignoreerrors\":true}}";
        try (RawClient client = operator(own)) {
            assertThat(client.send("POST /api/v1/balancers/shop/orders HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Authorization: x\r\nContent-Type: application/json\r\nContent-Length: "
                                    + json.length() + "\r\n\r\n" + json)
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as(read.toString()).isNotNegative();
            read.append((char) next);
        }
        return new String(read.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
