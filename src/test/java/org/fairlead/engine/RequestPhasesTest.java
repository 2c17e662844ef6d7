package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.LocalResponse;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The phases one by one, and what is decided when all have been taken. Lines of a configuration are divided by a bar. */
class RequestPhasesTest {
    private static final String MEMBER = "ProxyPass / http://member:8000/ | ";

    private final Map<String, Balancer> balancers = new HashMap<>();
    private HostTable hosts;

    private RequestPhases phases(String lines) throws Exception {
        String text = lines.replace(" | ", "\n");
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        hosts = HostTable.of(config);
        return new RequestPhases(config.server(), hosts, balancers, NoLogin.ACCESS);
    }

    private RequestContext request(FakeExchange exchange) {
        return RequestContext.of(exchange, hosts.hosts().get(0), ExchangeObserver.NONE);
    }

    private static Phase named(RequestPhases phases, String name) {
        return phases.phases().stream()
                .filter(phase -> phase.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static FakeExchange get(String target, String... fields) {
        return FakeExchange.of("GET", target, Headers.of(fields), RequestBody.NONE);
    }

    @Test
    void standInTheOrderOfHttpdsHooks() throws Exception {
        assertThat(phases("Listen 80").phases())
                .extracting(Phase::name)
                .containsExactly(
                        "sni",
                        "request limits",
                        "client",
                        "trace context",
                        "early request headers",
                        "SetEnvIf",
                        "rewrite",
                        "If",
                        "route",
                        "host redirect",
                        "proxy sections",
                        "section SetEnvIf",
                        "access",
                        "section rewrite",
                        "SetEnv",
                        "section redirect",
                        "other readings",
                        "rewrite cookies",
                        "body limit",
                        "loop limits");
    }

    @Test
    void theClientIsWhomATrustedProxyNames() throws Exception {
        Phase client = named(phases("RemoteIPHeader X-Client | RemoteIPInternalProxy 192.0.2.7"), "client");
        FakeExchange exchange = get("/", "X-Client", "198.51.100.9");

        client.apply(request(exchange));

        assertThat(exchange.connection().clientAddress()).isEqualTo("198.51.100.9");
        assertThat(exchange.request().headers().contains("X-Client")).isFalse();
    }

    @Test
    void earlyRulesChangeTheWorkingCopyAndTheOthersWaitForTheMember() throws Exception {
        Phase early = named(
                phases("RequestHeader set A early-value early | RequestHeader set B late"), "early request headers");
        FakeExchange exchange = get("/");

        early.apply(request(exchange));

        assertThat(exchange.request().headers().first("A")).contains("early-value");
        assertThat(exchange.request().headers().contains("B")).isFalse();
    }

    @Test
    void setEnvIfSetsVariablesOfTheRequestOnly() throws Exception {
        FakeExchange exchange = get("/a", "User-Agent", "curl/8");
        RequestPhases phases = phases("SetEnvIf User-Agent ^(curl) tool=$1");
        RequestContext request = request(exchange);

        named(phases, "SetEnvIf").apply(request);

        assertThat(exchange.environment().get("tool")).contains("curl");
        assertThat(request.match()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', textBlock = """
            RewriteRule ^/a/(.*) /b/$1 [PT] ¦ /a/x ¦ target /b/x
            RewriteRule ^/a http://h/ [R] ¦ /a ¦ 302
            RewriteRule ^/a - [F] ¦ /a ¦ 403
            RewriteRule ^/a http://other:81/ [P] ¦ /a ¦ forward http://other:81
            RewriteRule ^/a http://h/ [R] ¦ /c ¦ target /c
            """)
    void rewritingAnswersLeadsElsewhereOrForwards(String rule, String path, String outcome) throws Exception {
        RequestPhases phases = phases("RewriteEngine On | " + rule);
        RequestContext request = request(get(path));

        named(phases, "rewrite").apply(request);

        String seen = request.response()
                .map(answer -> Integer.toString(answer.status()))
                .or(() -> request.forward().map(forward -> "forward " + forward.balancer()))
                .orElseGet(() -> "target " + request.target().raw());
        assertThat(seen).isEqualTo(outcome);
    }

    @Test
    void aRouteThatARuleHasChosenIsNotLookedForAgain() throws Exception {
        RequestPhases phases = phases(MEMBER + "RewriteEngine On | RewriteRule ^/a http://other:81/ [P]");
        RequestContext request = request(get("/a"));
        named(phases, "rewrite").apply(request);

        named(phases, "route").apply(request);

        assertThat(request.forward())
                .hasValueSatisfying(forward -> assertThat(forward.balancer()).isEqualTo("http://other:81"));
    }

    @Test
    void theHostsRedirectIsForWhatNoRouteTakes() throws Exception {
        RequestPhases phases = phases("ProxyPass /app http://member:8000 | Redirect / http://h/");
        for (String path : List.of("/app", "/other")) {
            RequestContext request = request(get(path));
            named(phases, "route").apply(request);

            named(phases, "host redirect").apply(request);

            assertThat(request.response().isPresent()).isEqualTo(path.equals("/other"));
        }
    }

    @Test
    void accessIsRefusedBeforeTheSectionsAnswer() throws Exception {
        RequestPhases phases = phases(MEMBER + "<Location /a> | Require all denied | Redirect gone | </Location>");
        RequestContext request = request(get("/a"));

        assertThatThrownBy(() -> named(phases, "access").apply(request))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(403));
        assertThat(words(phases.decide(request(get("/a"))))).isEqualTo("respond 403");
    }

    @Test
    void aPhaseIsPassedOverOnceThereIsAResponseUnlessTheResponseNeedsIt() throws Exception {
        RequestPhases phases = phases(MEMBER + "<If \"true\"> | Header always set X y | </If> | SetEnv V 1");
        FakeExchange exchange = get("/");
        RequestContext request = request(exchange);
        request.respond(LocalResponse.of(410));

        for (Phase phase : phases.phases()) {
            phase.apply(request);
        }

        assertThat(exchange.environment().isSet("V")).isFalse();
        assertThat(request.settings().responseHeaders()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1} {2} -> {3}")
    @CsvSource(delimiter = '¦', textBlock = """
            ProxyPass /app http://member:8000/x ¦ GET ¦ /app/y?q ¦ forward http://member:8000/x /y?q
            ProxyPass /app http://member:8000/x ¦ GET ¦ /other ¦ decline
            ProxyPass /app ! | ProxyPass / http://member:8000/ ¦ GET ¦ /app ¦ decline
            RewriteEngine On | RewriteRule ^/a /b [PT] ¦ GET ¦ /a ¦ respond 404
            Redirect gone /a ¦ GET ¦ /a ¦ respond 410
            ProxyPass / http://member:8000/ ¦ TRACE ¦ / ¦ respond 405
            <Location /hb> | SetHandler heartbeat | </Location> ¦ POST ¦ /hb ¦ handle HEARTBEAT
            """)
    void makesOneDecisionOfWhatTheyFoundOut(String lines, String method, String target, String expected)
            throws Exception {
        RequestPhases phases = phases("Listen 80 | TraceEnable Off | " + lines);

        RequestDecision decision =
                phases.decide(request(FakeExchange.of(method, target, new Headers(), RequestBody.NONE)));

        assertThat(words(decision)).isEqualTo(expected);
    }

    @Test
    void theLastRecipientOfOptionsAnswersItself() throws Exception {
        RequestDecision decision = phases(MEMBER)
                .decide(request(FakeExchange.of("OPTIONS", "/", Headers.of("Max-Forwards", "0"), RequestBody.NONE)));

        assertThat(decision).isEqualTo(new RequestDecision.Handle(RequestDecision.Handler.MAX_FORWARDS));
    }

    @Test
    void aLoopIsSeenAlsoWhereARouteGoesBeforeAHandler() throws Exception {
        RequestPhases phases = phases("ServerName h | ProxyMaxForwards 5 | " + MEMBER
                + "<Location /> | SetHandler server-status | Require all granted | </Location>");
        FakeExchange exchange = get("/x");

        RequestDecision decision = phases.decide(request(exchange));

        assertThat(words(decision)).startsWith("forward");
        assertThat(exchange.request().headers().first("Max-Forwards")).contains("5");
    }

    @Test
    void decidingLeavesSharesAndCountersAlone() throws Exception {
        RequestPhases phases =
                phases("<Proxy balancer://two> | BalancerMember http://a:8000 | BalancerMember http://b:8000 | </Proxy>"
                        + " | ProxyPass / balancer://two/");
        var before = balancers.get("two").snapshot();

        for (int i = 0; i < 5; i++) {
            assertThat(phases.decide(request(get("/")))).isInstanceOf(RequestDecision.Forward.class);
        }

        assertThat(balancers.get("two").snapshot().members()).isEqualTo(before.members());
    }

    private static String words(RequestDecision decision) {
        if (decision instanceof RequestDecision.Forward forward) {
            return "forward " + forward.balancer().config().name() + " " + forward.target();
        } else if (decision instanceof RequestDecision.Respond respond) {
            return "respond " + respond.response().status();
        } else if (decision instanceof RequestDecision.Handle handle) {
            return "handle " + handle.handler();
        }
        return "decline";
    }
}
