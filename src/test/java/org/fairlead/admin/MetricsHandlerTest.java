package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.http.Headers;
import org.fairlead.metrics.EmbeddersRegistry;
import org.fairlead.operations.ServerSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsHandlerTest {
    @TempDir
    private static Path folder;

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        String text = """
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:1
                </Proxy>
                ProxyPass /app balancer://shop/app
                <Location /metrics>
                    SetHandler fairlead-metrics
                </Location>
                """;
        admin = AdminFixture.start(folder, text);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private FakeExchange scrape(String query, String... fields) throws Exception {
        return admin.get("/metrics" + query, fields);
    }

    private long series() throws Exception {
        return scrape("?name[]=http_client_request_duration_seconds&name[]=fairlead_member_failures")
                .text()
                .lines()
                .count();
    }

    @Test
    void hostileHostsMethodsAndPathsMakeNoFurtherSeries() throws Exception {
        admin.asked(FakeExchange.of("GET", "/app/x", Headers.of("Host", "a"), GivenBody.of("", 0)));
        admin.asked(FakeExchange.of("M", "/app/x", Headers.of("Host", "a"), GivenBody.of("", 0)));
        long before = series();
        for (int i = 0; i < 200; i++) {
            admin.asked(FakeExchange.of(
                    "M" + i, "/app/" + i, Headers.of("Host", "h" + i + ".example"), GivenBody.of("", 0)));
        }

        assertThat(series()).isEqualTo(before);
        assertThat(scrape("").text())
                .contains("fairlead_member_usable{balancer=\"shop\",member=\"http://127.0.0.1:1\"}")
                .doesNotContain("h7.example", "M7");
    }

    @Test
    void theClientChoosesTheFormat() throws Exception {
        assertThat(scrape("").answered().first("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(scrape("", "Accept", "application/openmetrics-text; version=1.0.0")
                        .text())
                .endsWith("# EOF\n");
    }

    @Test
    void anEmbeddersRegistryHasTheSeriesUntilTheServletEnds() {
        PrometheusRegistry theirs = new PrometheusRegistry();
        Supplier<ServerSnapshot> seen = admin.runtime().operations()::snapshot;
        try (EmbeddersRegistry joined =
                EmbeddersRegistry.join(Optional.of(theirs), seen).orElseThrow()) {
            assertThat(joined).isNotNull();
            assertThat(theirs.scrape(name -> name.equals("fairlead_member_usable"))
                            .size())
                    .isEqualTo(1);
        }
        assertThat(theirs.scrape().size()).isZero();
        assertThat(EmbeddersRegistry.join(Optional.of("of another loader"), seen))
                .isEmpty();
        assertThat(EmbeddersRegistry.join(Optional.empty(), seen)).isEmpty();
    }

    @Test
    void aNameChoosesAMetric() throws Exception {
        assertThat(scrape("?name[]=fairlead_tunnels").text().lines().filter(line -> !line.startsWith("#")))
                .containsExactly("fairlead_tunnels 0.0");
    }
}
