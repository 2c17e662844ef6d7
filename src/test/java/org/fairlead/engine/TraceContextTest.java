package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code TraceContext}: W3C's cases of {@code traceparent} and {@code tracestate}, per host and location. */
class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    private final FakeUpstream upstream = new FakeUpstream();

    private ProxyEngine engine(String... lines) throws Exception {
        String text = """
                <Proxy balancer://b>
                    BalancerMember http://a:8000
                    BalancerMember http://c:8000
                </Proxy>
                ProxyPass / balancer://b/
                """ + String.join("\n", lines);
        ProxyConfig config = new ConfigLoader().load(text, "conf", "a.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        return new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS);
    }

    private static FakeExchange request(String target, String... fields) {
        return FakeExchange.of("GET", target, Headers.of(fields), RequestBody.NONE);
    }

    private Headers sent(int attempt) {
        return upstream.sent().get(attempt).request().headers();
    }

    @ParameterizedTest(name = "{0}: joined {1} as {2}")
    @CsvSource(delimiter = '|', textBlock = """
            00-TRACE-PARENT-01                                          | true  | 01
            00-TRACE-PARENT-00                                          | true  | 00
            00-TRACE-PARENT-03                                          | true  | 03
            00-TRACE-PARENT-02                                          | true  | 02
            00-TRACE-PARENT-ff                                          | true  | 03
            00-TRACE-PARENT-09                                          | true  | 01
            01-TRACE-PARENT-01                                          | true  | 01
            cc-TRACE-PARENT-01-what-the-future-says                     | true  | 01
            cc-TRACE-PARENT-01.what-the-future-says                     | false |
            ff-TRACE-PARENT-01                                          | false |
            00-TRACE-PARENT-01-x                                        | false |
            00-TRACE-PARENT-1                                           | false |
            00-TRACE-PARENT-0g                                          | false |
            00-TRACE-PARENT                                             | false |
            00-00000000000000000000000000000000-PARENT-01               | false |
            00-TRACE-0000000000000000-01                                | false |
            00-4BF92F3577B34DA6A3CE929D0E0E4736-PARENT-01               | false |
            00-TRACE-00F067AA0BA902B7-01                                | false |
            0-TRACE-PARENT-01                                           | false |
            .0-TRACE-PARENT-01                                          | false |
            00_TRACE_PARENT_01                                          | false |
            00-TRACE-PARENT-01,00-TRACE-PARENT-01                       | false |
            nonsense                                                    | false |
            """)
    void aTraceGoesOnWhereItsParentIsValid(String given, boolean joined, String flags) throws Exception {
        upstream.answers(200, "");
        FakeExchange exchange = request(
                "/", "traceparent", given.replace("TRACE", TRACE).replace("PARENT", PARENT), "tracestate", "a=1");

        engine("TraceContext join").handle(exchange);

        String sent = sent(0).first("traceparent").orElseThrow();
        assertThat(sent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]").doesNotContain(PARENT);
        assertThat(sent.contains(TRACE)).isEqualTo(joined);
        assertThat(sent).endsWith(joined ? "-" + flags : "-03");
        assertThat(sent(0).contains("tracestate")).isEqualTo(joined);
    }

    @Test
    void withoutAParentOrWithTwoATraceBegins() throws Exception {
        upstream.answers(200, "").answers(200, "");
        ProxyEngine engine = engine("TraceContext join");
        String parent = "00-" + TRACE + "-" + PARENT + "-01";

        engine.handle(request("/", "tracestate", "a=1"));
        engine.handle(request("/", "traceparent", parent, "TraceParent", parent, "tracestate", "a=1"));

        for (int i = 0; i < 2; i++) {
            assertThat(sent(i).all("traceparent")).hasSize(1);
            assertThat(sent(i).first("traceparent").orElseThrow()).doesNotContain(TRACE);
            assertThat(sent(i).contains("tracestate")).isFalse();
        }
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            a=1              |            | a=1
            a=1              | b=2        | a=1,b=2
            'a=1 ,  b=2'     | ','        | a=1,b=2
            a=1,,b=2         |            | a=1,b=2
            0a@b=x y         |            | 0a@b=x y
            a=1              | a=2        |
            A=1              |            |
            @a=1             |            |
            a                |            |
            a=b=c            |            |
            a=               |            | a=
            ''               |            |
            """)
    void stateIsKeptWhereItIsValid(String first, String second, String kept) throws Exception {
        upstream.answers(200, "");
        String[] fields = {"traceparent", "00-" + TRACE + "-" + PARENT + "-01", "tracestate", first};
        FakeExchange exchange = request("/", fields);
        if (second != null) {
            exchange.request().headers().add("tracestate", second);
        }

        engine("TraceContext join").handle(exchange);

        assertThat(sent(0).all("tracestate")).isEqualTo(kept == null ? List.of() : List.of(kept));
    }

    @ParameterizedTest(name = "{0} members of tracestate")
    @CsvSource({"32, true", "33, false"})
    void stateOfMoreThan32MembersIsDiscarded(int members, boolean kept) throws Exception {
        upstream.answers(200, "");
        StringBuilder state = new StringBuilder("k0=0");
        for (int i = 1; i < members; i++) {
            state.append(",k").append(i).append("=").append(i);
        }

        engine("TraceContext join")
                .handle(request(
                        "/", "traceparent", "00-" + TRACE + "-" + PARENT + "-01", "tracestate", state.toString()));

        assertThat(sent(0).contains("tracestate")).isEqualTo(kept);
    }

    @Test
    void eachAttemptHasAParentIdOfItsOwn() throws Exception {
        upstream.fails(Kind.CONNECT, false, false).answers(200, "");
        FakeExchange exchange = request("/", "traceparent", "00-" + TRACE + "-" + PARENT + "-01");

        engine("TraceContext join").handle(exchange);

        Set<String> parents = new HashSet<>(List.of(PARENT));
        for (int i = 0; i < 2; i++) {
            String[] parts = sent(i).first("traceparent").orElseThrow().split("-");
            assertThat(parts[1]).isEqualTo(TRACE);
            parents.add(parts[2]);
        }
        assertThat(parents).hasSize(3);
        assertThat(exchange.environment().get("TRACE_ID")).contains(TRACE);
        assertThat(parents).contains(exchange.environment().get("SPAN_ID").orElseThrow());
    }

    @Test
    void passLeavesEveryFieldAsItCame() throws Exception {
        upstream.answers(200, "").answers(200, "");
        String[] fields = {"tracestate", "A=1", "traceparent", "nonsense", "Traceparent", "again"};

        engine().handle(request("/", fields));
        engine("TraceContext pass").handle(request("/", fields));

        for (int i = 0; i < 2; i++) {
            assertThat(sent(i).all("traceparent")).containsExactly("nonsense", "again");
            assertThat(sent(i).all("tracestate")).containsExactly("A=1");
        }
    }

    @ParameterizedTest(name = "restart sample={0}: {1}")
    @CsvSource({"0, 02", "1, 03"})
    void restartBeginsATraceAndSamplesThatPart(String sample, String flags) throws Exception {
        upstream.answers(200, "");

        engine("TraceContext restart sample=" + sample)
                .handle(request("/", "traceparent", "00-" + TRACE + "-" + PARENT + "-01", "tracestate", "a=1"));

        assertThat(sent(0).first("traceparent").orElseThrow())
                .doesNotContain(TRACE)
                .endsWith("-" + flags);
        assertThat(sent(0).contains("tracestate")).isFalse();
    }

    @Test
    void aLocationSaysOtherwiseThanItsHost() throws Exception {
        upstream.answers(200, "").answers(200, "");
        ProxyEngine engine = engine("TraceContext join", "<Location /outside>", "TraceContext pass", "</Location>");
        String parent = "00-" + TRACE + "-" + PARENT + "-01";

        engine.handle(request("/", "traceparent", parent));
        engine.handle(request("/outside", "traceparent", parent));

        assertThat(sent(0).first("traceparent")).get().isNotEqualTo(parent);
        assertThat(sent(1).first("traceparent")).contains(parent);
    }

    @Test
    void aRefusedRequestHasATraceToo() throws Exception {
        FakeExchange exchange = request("/x", "traceparent", "00-" + TRACE + "-" + PARENT + "-01");

        engine(
                        "TraceContext join",
                        "<Location /x>",
                        "Require all denied",
                        "</Location>",
                        "Header always set X-Trace %{TRACE_ID}e")
                .handle(exchange);

        assertThat(exchange.status()).isEqualTo(403);
        assertThat(exchange.answered().first("X-Trace")).contains(TRACE);
    }

    @ParameterizedTest(name = "TraceContext {0}")
    @CsvSource(delimiter = '|', textBlock = """
            maybe
            join sample=2
            join sample=-1
            join sample=a
            join often
            join sample=0.1 more
            """)
    void anythingElseIsRefusedWithItsLine(String words) {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> engine("TraceContext " + words))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refused -> assertThat(refused.problems().toString())
                                .contains("a.conf:6", "pass, join or restart"));
    }
}
