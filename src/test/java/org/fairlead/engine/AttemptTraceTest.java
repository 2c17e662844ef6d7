package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trace of a request that was: each reason for another attempt, or for none, is named. */
class AttemptTraceTest {
    private final FakeUpstream upstream = new FakeUpstream();
    private final TraceLines trace = new TraceLines();

    private FakeExchange handle(String words, String method, String body) throws Exception {
        String text = """
                <Proxy balancer://b>
                    BalancerMember http://a:8000
                    BalancerMember http://c:8000
                    BalancerMember http://d:8000
                    ProxySet %s
                </Proxy>
                ProxyPass / balancer://b/
                """.formatted(words);
        ProxyConfig config = new ConfigLoader().load(text, "conf", "a.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        RequestBody sent = body.isEmpty() ? RequestBody.NONE : GivenBody.of(body, body.length());
        FakeExchange exchange =
                FakeExchange.of(method, "/", new Headers(), sent).traced(trace);
        new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS).handle(exchange);
        return exchange;
    }

    private List<String> attempts() {
        return trace.lines().stream()
                .filter(line -> line.phase().equals("attempt"))
                .map(line -> line.source() + " " + line.said())
                .toList();
    }

    @ParameterizedTest(name = "{0}, reused {1}, body read {2}, {3}: {6}")
    @CsvSource(delimiter = '|', textBlock = """
            CONNECT     | false | false | GET  |   | timeout=1 | another member is tried
            CONNECT     | false | false | POST | x | timeout=1 | another member is tried
            TLS         | false | false | POST |   | timeout=1 | another member is tried
            BROKEN      | true  | false | GET  |   | timeout=1 | the pooled connection was stale: the same member on a new one
            BROKEN      | false | false | GET  |   | timeout=1 | another member is tried
            BROKEN      | false | false | POST |   | timeout=1 | the member may have acted on the request, and POST is not idempotent (RFC 9110 9.2.2)
            BROKEN      | false | false | PUT  | x | timeout=1 | the member may have acted on the request, and a body is not sent twice
            TIMEOUT     | false | false | GET  |   | timeout=1 | another member is tried
            TIMEOUT     | false | true  | PUT  | x | timeout=1 | bytes of the client's body were read, so the request cannot be repeated
            BAD_ANSWER  | false | false | GET  |   | timeout=1 | the member has acted on the request, so it is not repeated after a bad response
            CUT         | false | false | GET  |   | timeout=1 | the member has acted on the request, so it is not repeated after a bad response
            CONNECT     | false | false | GET  |   | maxattempts=0 | maxattempts allows no further member
            """)
    void whatFollowsAFailureIsNamed(
            Kind kind, boolean reused, boolean touched, String method, String body, String words, String expected)
            throws Exception {
        upstream.fails(kind, reused, touched).answers(200, "");

        handle(words, method, body == null ? "" : body);

        assertThat(attempts())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("a.conf:2 http://a:8000: ")
                .endsWith("; " + expected);
    }

    @Test
    void theOneRepetitionOfARequestThatMayHaveBeenActedOnIsNamed() throws Exception {
        upstream.fails(Kind.TIMEOUT, false, false).fails(Kind.TIMEOUT, false, false);

        FakeExchange exchange = handle("timeout=1", "GET", "");

        assertThat(exchange.status()).isEqualTo(504);
        assertThat(attempts().get(0)).endsWith("another member is tried");
        assertThat(attempts().get(1)).endsWith("a request that a member may have acted on is repeated once only");
    }

    @Test
    void theLackOfAnyMemberIsNamed() throws Exception {
        upstream.fails(Kind.CONNECT, false, false)
                .fails(Kind.CONNECT, false, false)
                .fails(Kind.CONNECT, false, false);

        FakeExchange exchange = handle("maxattempts=5", "GET", "");

        assertThat(exchange.status()).isEqualTo(503);
        assertThat(attempts()).hasSize(4);
        assertThat(attempts().get(3)).startsWith("a.conf:1 no member: ");
    }
}
