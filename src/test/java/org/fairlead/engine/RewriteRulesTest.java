package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.ProxyEngine.Outcome;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.rewrite.RewriteTable;
import org.fairlead.rewrite.RewriteTable.Row;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table that was agreed with httpd, through the engine. */
class RewriteRulesTest {
    private static final String FIRST = "127.0.0.1:8001";
    private static final String SECOND = "127.0.0.1:8002";

    @TempDir
    private static Path folder;

    private static final FakeUpstream UPSTREAM = new FakeUpstream();
    private static ProxyEngine engine;

    @BeforeAll
    static void build() throws Exception {
        RewriteTable.files(folder);
        String text = "Listen 80\n" + RewriteTable.configuration(FIRST, SECOND, folder);
        ProxyConfig config = new ConfigLoader().load(text, "conf", "rules.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        engine = new ProxyEngine(config.server(), HostTable.of(config), balancers, UPSTREAM, NoLogin.ACCESS);
    }

    static List<Row> rows() {
        return RewriteTable.rows();
    }

    @Test
    void theTableIsLongAndSaysNothingTwice() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(250);
        assertThat(rows().stream().map(Row::toString)).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void areAsHttpdHasThem(Row row) throws Exception {
        Headers headers = new Headers();
        row.fields().forEach(field -> headers.add(field.getKey(), field.getValue()));
        FakeExchange client = FakeExchange.of(row.method(), row.target(), headers, RequestBody.NONE)
                .over(new ClientConnection("127.0.0.1", 4711, "127.0.0.1", 80, false));
        int before = UPSTREAM.sent().size();
        UPSTREAM.then(request -> UPSTREAM.answer(200, ""));

        Outcome outcome = engine.handle(client);

        assertThat(outcome).isEqualTo(Outcome.ANSWERED);
        assertThat(seen(client, UPSTREAM.sent().subList(before, UPSTREAM.sent().size()))
                        .replace(row.host(), "{h}")
                        .replace(SECOND, "{b2}"))
                .isEqualTo(row.fairlead());
    }

    private static String seen(FakeExchange client, List<FakeUpstream.Sent> sent) {
        StringBuilder seen = new StringBuilder();
        if (sent.isEmpty()) {
            UPSTREAM.forgetSteps();
            seen.append(client.status());
            client.answered().all("Location").forEach(value -> seen.append(' ').append(value));
        } else {
            OutgoingRequest request = sent.get(0).request();
            seen.append(sent.get(0).member().endsWith("2") ? "b2 " : "b1 ")
                    .append(request.method())
                    .append(' ')
                    .append(request.target());
            request.headers()
                    .first("X-Env")
                    .ifPresent(value -> seen.append(" env=").append(value));
        }
        client.answered()
                .all("Set-Cookie")
                .forEach(value -> seen.append(" cookie=").append(value));
        return seen.toString();
    }
}
