package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.fairlead.config.ConfigLoader;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.http.Headers;
import org.fairlead.http.JsonReader;
import org.fairlead.upstream.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/events}: what has happened, as JSON and as a stream. */
@Timeout(120)
class EventsTest {
    private static final String CONFIGURATION = """
            <Proxy balancer://shop>
                BalancerMember http://127.0.0.1:1 route=a
                BalancerMember http://127.0.0.1:2 route=b
            </Proxy>
            ProxyPass /app balancer://shop/app
            <Location /api>
                SetHandler fairlead-api
                Require ip 127.0.0.1
            </Location>
            """;

    @TempDir
    private static Path folder;

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        admin = AdminFixture.start(folder, CONFIGURATION);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private List<?> events(String query) throws Exception {
        FakeExchange asked = admin.get("/api/v1/events" + query);
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        return (List<?>) ((Map<?, ?>) JsonReader.read(asked.text())).get("items");
    }

    private void order(String member, String set) throws Exception {
        String body = "{\"set\":" + set + ",\"reason\":\"kernel <b>\"}";
        FakeExchange done = admin.post(
                "/api/v1/balancers/shop/members/" + member + "/orders",
                body,
                "Content-Type",
                "application/json",
                "Authorization",
                "x");
        assertThat(done.status()).as(done.text()).isEqualTo(200);
    }

    private static Object last(List<?> events, String key) {
        return ((Map<?, ?>) events.get(events.size() - 1)).get(key);
    }

    @Test
    void anOrderAndTheChangeOfStateThatFollowsAreEvents() throws Exception {
        assertThat(events("")).isEmpty();

        order("a", "{\"disabled\":true,\"loadfactor\":2.5}");

        List<?> events = events("");
        assertThat(events).hasSize(2);
        assertThat(((Map<?, ?>) events.get(0)).get("kind")).isEqualTo("member");
        assertThat(((Map<?, ?>) events.get(0)).get("text")).isEqualTo("Dis (ordered)");
        assertThat(last(events, "kind")).isEqualTo("order");
        assertThat(last(events, "object")).isEqualTo("balancer://shop http://127.0.0.1:1");
        assertThat(last(events, "text").toString()).contains("D on", "loadfactor 2.5");
        assertThat(last(events, "author")).isEqualTo("api");
        assertThat(last(events, "reason")).isEqualTo("kernel <b>");
        assertThat(events("?since=" + last(events, "id"))).isEmpty();
        assertThat(events("?since=1&fields=kind").toString()).isEqualTo("[{kind=order}]");
    }

    @Test
    void aFailedMemberAndReloadsAreEvents() throws Exception {
        admin.get("/app/x");
        assertThat(last(events(""), "text")).isEqualTo("Err (failed)");

        admin.runtime()
                .replace(new ConfigLoader()
                        .load("ServerName www.example.com\n" + CONFIGURATION, "conf", "test.conf")
                        .config());
        assertThat(last(events(""), "object")).isEqualTo("configuration");
        assertThat(last(events(""), "text")).isEqualTo("in force");
        admin.runtime().refused(List.of("test.conf:3: x", "y"));
        assertThat(last(events(""), "kind")).isEqualTo("reload");
        assertThat(last(events(""), "text")).isEqualTo("refused: test.conf:3: x (and 1 more)");
    }

    @ParameterizedTest
    @CsvSource({"since=x, 400", "since=-1, 400", "since=99999999999999999999, 400", "since=7, 200"})
    void anIdIsANumber(String query, int status) throws Exception {
        assertThat(admin.get("/api/v1/events?" + query).status()).isEqualTo(status);
    }

    @Test
    void aStreamGoesOnWhereItEndedAndEndsWithTheServer() throws Exception {
        order("a", "{\"lbset\":1}");
        order("a", "{\"lbset\":2}");
        FakeExchange stream = FakeExchange.of(
                "GET",
                "/api/v1/events",
                Headers.of("Accept", "text/event-stream", "Last-Event-ID", "1"),
                GivenBody.of("", 0));
        CompletableFuture<Void> done = CompletableFuture.runAsync(() -> {
            try {
                admin.asked(stream.from("127.0.0.1"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> stream.text().contains("lbset 2"));
        order("b", "{\"lbset\":3}");
        Awaitility.await().until(() -> stream.text().contains("lbset 3"));
        admin.close();
        done.get(30, TimeUnit.SECONDS);

        assertThat(stream.answered().first("Content-Type")).contains("text/event-stream");
        assertThat(stream.text())
                .startsWith("retry: 2000\n\nid: 2\nevent: order\ndata: {\"id\":2,")
                .contains("\n\nid: 3\n")
                .doesNotContain("lbset 1", "<b>");
    }

    private static String valid(int days) throws Exception {
        return TestCertificate.authority("CA")
                .issue("www.example.com", TestCertificate.days(-1), TestCertificate.days(days))
                .pem();
    }

    @Test
    void aCertificateThatEndsSoonAndOneThatIsReplacedAreEvents() throws Exception {
        Path certificate = folder.resolve("site.pem");
        Files.writeString(certificate, valid(3));
        try (AdminFixture tls = AdminFixture.start(
                folder,
                "<VirtualHost *:443>\nServerName www.example.com\nSSLEngine On\nSSLCertificateFile " + certificate
                        + "\n</VirtualHost>\n" + CONFIGURATION)) {
            assertThat(tls.get("/api/v1/events").text()).contains("\"kind\":\"certificate\"", "ends at ");
            assertThat(tls.get("/api/v1/events").text()).containsOnlyOnce("ends at ");
            Files.writeString(certificate, valid(300));
            Files.setLastModifiedTime(certificate, java.nio.file.attribute.FileTime.fromMillis(1_000_000));
            assertThat(tls.get("/api/v1/events").text()).contains("replaced; valid until ");
        }
    }
}
