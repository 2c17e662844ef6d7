package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.BalancerSnapshot;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.ProxyEngine.Outcome;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop, with members that do what they are told. */
class ProxyEngineTest {
    private static final String TWO = """
            ProxyPass /static !
            ProxyPass /app balancer://two/app
            ProxyPassReverse /app balancer://two/app
            <Proxy balancer://two>
            BalancerMember http://a:8000 route=a
            BalancerMember http://b:8001 route=b
            %s
            </Proxy>
            """;

    private final FakeUpstream upstream = new FakeUpstream();
    private Balancer balancer;

    private ProxyEngine engine(String text) throws Exception {
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        balancer = balancers.values().iterator().next();
        return new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS);
    }

    private ProxyEngine two() throws Exception {
        return engine(TWO.formatted(""));
    }

    private static FakeExchange post(String body) {
        return FakeExchange.of("POST", "/app/x", new Headers(), GivenBody.of(body, body.length()));
    }

    @AfterEach
    void nothingIsHeldAfterwards() {
        assertThat(upstream.open()).as("answers not closed").isZero();
        BalancerSnapshot snapshot = balancer.snapshot();
        assertThat(snapshot.members())
                .allSatisfy(member -> assertThat(member.load().busy()).isZero());
    }

    @Test
    void forwardsTheRawRestOfTheTarget() throws Exception {
        upstream.answers(200, "hello");
        FakeExchange client = FakeExchange.get("/app/a%2Fb;x=1?q=%20");

        assertThat(two().handle(client)).isEqualTo(Outcome.ANSWERED);

        assertThat(upstream.sent().get(0).request().target()).isEqualTo("/app/a%2Fb;x=1?q=%20");
        assertThat(client.text()).isEqualTo("hello");
        assertThat(client.sentTrailers().first("X-Sum")).contains("42");
    }

    @Test
    void declinesWhatIsExcludedOrUnmatched() throws Exception {
        ProxyEngine engine = two();

        assertThat(engine.handle(FakeExchange.get("/static/x"))).isEqualTo(Outcome.DECLINED);
        assertThat(engine.handle(FakeExchange.get("/other"))).isEqualTo(Outcome.DECLINED);
        assertThat(upstream.sent()).isEmpty();
    }

    @Test
    void goesToTheOtherMemberWhenOneCannotBeReachedWhateverTheMethod() throws Exception {
        upstream.fails(Kind.CONNECT, false, false).answers(200, "ok");
        FakeExchange client = post("data");

        two().handle(client);

        assertThat(client.status()).isEqualTo(200);
        assertThat(upstream.members()).containsExactly("http://a:8000", "http://b:8001");
    }

    @Test
    void aSecondAttemptIsIdenticalToTheFirst() throws Exception {
        upstream.fails(Kind.CONNECT, false, false).answers(200, "ok");
        Headers headers = Headers.of("X-Forwarded-For", "10.0.0.1", "Connection", "X-Hop", "X-Hop", "1");
        FakeExchange client = FakeExchange.of("GET", "/app/", headers, RequestBody.NONE);

        two().handle(client);

        Headers first = upstream.sent().get(0).request().headers();
        Headers second = upstream.sent().get(1).request().headers();
        assertThat(second.toString().replace("b:8001", "a:8000")).isEqualTo(first.toString());
        assertThat(first.all("X-Forwarded-For")).containsExactly("192.0.2.7");
        assertThat(first.contains("X-Hop")).isFalse();
    }

    @Test
    void aMemberThatCannotBeReachedRests() throws Exception {
        upstream.fails(Kind.CONNECT, false, false).answers(200, "1").answers(200, "2");
        ProxyEngine engine = two();

        engine.handle(FakeExchange.get("/app/"));
        engine.handle(FakeExchange.get("/app/"));

        assertThat(upstream.members()).containsExactly("http://a:8000", "http://b:8001", "http://b:8001");
    }

    @Test
    void theMemberIsSettledBeforeTheClientKnowsThatItsAnswerIsWhole() throws Exception {
        upstream.answers(503, "no").answers(200, "ok");
        ProxyEngine engine = engine(TWO.formatted("ProxySet failonstatus=503"));
        FakeExchange client = FakeExchange.get("/app/").atEnd(() -> {
            assertThat(upstream.open()).as("answers not closed").isZero();
            assertThat(balancer.snapshot().members())
                    .allSatisfy(member -> assertThat(member.load().busy()).isZero())
                    .anySatisfy(
                            member -> assertThat(member.status().isInError()).isTrue());
        });

        engine.handle(client);

        assertThat(client.status()).isEqualTo(503);
    }

    @Test
    void answers503WhenNobodyIsLeft() throws Exception {
        upstream.fails(Kind.CONNECT, false, false).fails(Kind.CONNECT, false, false);
        FakeExchange client = FakeExchange.get("/app/secret<script>");

        two().handle(client);

        assertThat(client.status()).isEqualTo(503);
        assertThat(client.text()).doesNotContain("secret", "script", "a:8000", "b:8001");
    }

    @Test
    void triesAStaleConnectionsMemberAgainOnAFreshOne() throws Exception {
        upstream.fails(Kind.BROKEN, true, false).answers(200, "ok");
        FakeExchange client = FakeExchange.get("/app/");

        two().handle(client);

        assertThat(client.status()).isEqualTo(200);
        assertThat(upstream.members()).containsExactly("http://a:8000", "http://a:8000");
        assertThat(upstream.sent()).extracting(FakeUpstream.Sent::fresh).containsExactly(false, true);
    }

    @Test
    void neverSendsAPostTwiceOnceItMayHaveArrived() throws Exception {
        upstream.fails(Kind.BROKEN, true, true);
        FakeExchange client = post("pay");

        two().handle(client);

        assertThat(client.status()).isEqualTo(502);
        assertThat(upstream.sent()).hasSize(1);
    }

    @Test
    void repeatsAnIdempotentRequestOnceAndNoMore() throws Exception {
        upstream.fails(Kind.BROKEN, false, false).fails(Kind.BROKEN, false, false);
        FakeExchange client = FakeExchange.get("/app/");

        two().handle(client);

        assertThat(client.status()).isEqualTo(502);
        assertThat(upstream.members()).containsExactly("http://a:8000", "http://b:8001");
    }

    @Test
    void aSilentMemberMeans504() throws Exception {
        upstream.fails(Kind.TIMEOUT, false, true);
        FakeExchange client = post("data");

        two().handle(client);

        assertThat(client.status()).isEqualTo(504);
    }

    @Test
    void aBrokenAnswerIs502AndNotRepeated() throws Exception {
        upstream.fails(Kind.BAD_ANSWER, false, false);
        FakeExchange client = FakeExchange.get("/app/");

        two().handle(client);

        assertThat(client.status()).isEqualTo(502);
        assertThat(upstream.sent()).hasSize(1);
    }

    @Test
    void anAnswerThatBreaksOffIsCutForTheClientToo() throws Exception {
        upstream.answersCut("half");
        FakeExchange client = FakeExchange.get("/app/");

        two().handle(client);

        assertThat(client.text()).isEqualTo("half");
        assertThat(client.isAborted()).isTrue();
    }

    @Test
    void refusesWhatIsLargerThanTheLimit() throws Exception {
        FakeExchange client = post("0123456789");

        engine("LimitRequestBody 9\n" + TWO.formatted("")).handle(client);

        assertThat(client.status()).isEqualTo(413);
        assertThat(upstream.sent()).isEmpty();
    }

    @Test
    void refusesABodyOfUnknownLengthThatOutgrowsTheLimit() throws Exception {
        upstream.then(request -> {
            try {
                request.body().stream().readAllBytes();
            } catch (IOException e) {
                throw new UpstreamException(Kind.CLIENT_BODY, "body", false, true, e);
            }
            throw new AssertionError("a body over the limit was read to its end");
        });
        FakeExchange client = FakeExchange.of("POST", "/app/", new Headers(), GivenBody.of("0123456789", -1));

        engine("LimitRequestBody 9\n" + TWO.formatted("")).handle(client);

        assertThat(client.status()).isEqualTo(413);
    }

    @Test
    void tellsWhatTheBalancerChose() throws Exception {
        upstream.answers(200, "");
        String cookie =
                "Header add Set-Cookie \"ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/\" env=BALANCER_ROUTE_CHANGED\n";
        FakeExchange client = FakeExchange.get("/app/");

        engine(cookie + TWO.formatted("ProxySet stickysession=ROUTEID")).handle(client);

        assertThat(client.answered().all("Set-Cookie")).containsExactly("ROUTEID=.a; path=/");
        assertThat(client.environment().get("BALANCER_NAME")).contains("balancer://two");
        assertThat(client.environment().get("BALANCER_WORKER_NAME")).contains("http://a:8000");
    }

    @Test
    void replacesAMembersErrorPageAndKeepsItsChallenge() throws Exception {
        upstream.answers(401, "member's page", "WWW-Authenticate", "Basic realm=x");
        FakeExchange client = FakeExchange.get("/app/");

        engine("ProxyErrorOverride On\nErrorDocument 401 \"ours\"\n" + TWO.formatted(""))
                .handle(client);

        assertThat(client.status()).isEqualTo(401);
        assertThat(client.text()).isEqualTo("ours");
        assertThat(client.answered().first("WWW-Authenticate")).contains("Basic realm=x");
    }

    @Test
    void sendsAnErrorPageFromTheTimeOnThatItsFileIsThere(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("soon.html");
        ProxyEngine engine = engine("ProxyErrorOverride On\nErrorDocument 404 " + page + "\n" + TWO.formatted(""));
        upstream.answers(404, "member's page");
        upstream.answers(404, "member's page");
        FakeExchange before = FakeExchange.get("/app/");
        engine.handle(before);
        Files.writeString(page, "soon");
        FakeExchange after = FakeExchange.get("/app/");
        engine.handle(after);

        assertThat(before.text()).contains("404 Not Found");
        assertThat(after.text()).isEqualTo("soon");
        assertThat(after.status()).isEqualTo(404);
    }

    @Test
    void answersWhatNobodyServesWithTheErrorPageAndFieldsForThat() throws Exception {
        FakeExchange client = FakeExchange.get("/other");
        ProxyEngine engine = engine("ErrorDocument 404 \"not here\"\nHeader always set X-A b\n" + TWO.formatted(""));

        assertThat(engine.handle(client)).isEqualTo(Outcome.DECLINED);
        engine.answerNotFound(client);

        assertThat(client.status()).isEqualTo(404);
        assertThat(client.text()).isEqualTo("not here");
        assertThat(client.answered().first("X-A")).contains("b");
    }

    @Test
    void rewritesWhatTheMemberCallsItself() throws Exception {
        upstream.answers(302, "", "Location", "http://a:8000/app/login");
        FakeExchange client = FakeExchange.get("/app/");

        two().handle(client);

        assertThat(client.answered().first("Location")).contains("http://www.example.com/app/login");
    }

    @Test
    void switchesOnlyToWhatTheMemberMay() throws Exception {
        Headers asks = Headers.of("Connection", "Upgrade", "Upgrade", "websocket");
        upstream.answers(101, "", "Connection", "Upgrade", "Upgrade", "websocket");
        FakeExchange client = FakeExchange.of("GET", "/app/", asks, RequestBody.NONE);
        String ws = "ProxyPass /app http://a:8000/app upgrade=websocket\n";

        engine(ws).handle(client);

        assertThat(upstream.sent().get(0).request().upgrade()).contains("websocket");
        assertThat(client.status()).isEqualTo(101);
        assertThat(client.answered().first("Upgrade")).contains("websocket");
    }

    @Test
    void leavesAnUpgradeOutThatTheMemberMayNot() throws Exception {
        upstream.answers(200, "plain");
        Headers asks = Headers.of("Connection", "Upgrade", "Upgrade", "h2c");
        FakeExchange client = FakeExchange.of("GET", "/app/", asks, RequestBody.NONE);

        engine("ProxyPass /app http://a:8000/app upgrade=ANY\n").handle(client);

        assertThat(upstream.sent().get(0).request().upgrade()).isEmpty();
        assertThat(upstream.sent().get(0).request().headers().contains("Upgrade"))
                .isFalse();
    }

    @Test
    void says501WhereTheContainerCannotSwitch() throws Exception {
        Headers asks = Headers.of("Connection", "Upgrade", "Upgrade", "websocket");
        FakeExchange client =
                FakeExchange.of("GET", "/app/", asks, RequestBody.NONE).inContainerWithoutUpgrade();

        engine("ProxyPass /app http://a:8000/app upgrade=websocket\n").handle(client);

        assertThat(client.status()).isEqualTo(501);
    }

    @ParameterizedTest(name = "{0}: {1} to members, {2} to clients")
    @CsvSource(
            delimiter = '¦',
            nullValues = "none",
            value = {
                "#                 ¦ 1.0 fred, 1.1 192.0.2.1            ¦ none",
                "ProxyVia Requests ¦ 1.0 fred, 1.1 192.0.2.1            ¦ none",
                "ProxyVia Off      ¦ 1.0 fred                           ¦ none",
                "ProxyVia On       ¦ 1.0 fred, 1.1 192.0.2.1            ¦ 1.1 192.0.2.1",
                "ProxyVia Full     ¦ 1.0 fred, 1.1 192.0.2.1 (Fairlead) ¦ 1.1 192.0.2.1 (Fairlead)",
                "ProxyVia Block    ¦ none                               ¦ none"
            })
    void saysInViaThatItWasHere(String line, String toMember, String toClient) throws Exception {
        upstream.answers(200, "ok");
        FakeExchange client = FakeExchange.of("GET", "/app/", Headers.of("Via", "1.0 fred"), RequestBody.NONE);

        engine(line + "\n" + TWO.formatted("")).handle(client);

        assertThat(upstream.sent().get(0).request().headers().first("Via").orElse(null))
                .isEqualTo(toMember);
        assertThat(client.answered().first("Via").orElse(null)).isEqualTo(toClient);
    }

    @ParameterizedTest(name = "a proxy at {0} is named: {1}, {2}, {3}")
    @CsvSource(
            delimiter = '¦',
            nullValues = "none",
            value = {
                "192.0.2.7 ¦ 198.51.100.1 ¦ https ¦ for=198.51.100.1, for=192.0.2.7;host=\"www.example.com\";proto=http",
                "10.0.0.1  ¦ 192.0.2.7    ¦ http  ¦ none"
            })
    void believesTheProxiesThatAreNamed(String named, String client, String scheme, String forwarded) throws Exception {
        upstream.answers(200, "ok");
        FakeExchange request = FakeExchange.of(
                "GET",
                "/app/",
                Headers.of(
                        "X-Client", "198.51.100.1",
                        "X-Forwarded-Proto", "https",
                        "Forwarded", "for=198.51.100.1"),
                RequestBody.NONE);

        engine("RemoteIPHeader X-Client\nRemoteIPInternalProxy " + named + "\n" + TWO.formatted(""))
                .handle(request);

        Headers sent = upstream.sent().get(0).request().headers();
        assertThat(sent.all("X-Forwarded-For")).containsExactly(client);
        assertThat(sent.all("X-Forwarded-Proto")).containsExactly(scheme);
        assertThat(sent.first("Forwarded").orElse(null)).isEqualTo(forwarded);
        assertThat(sent.contains("X-Client")).isFalse();
        assertThat(request.connection().clientAddress()).isEqualTo(client);
        assertThat(request.connection().peerAddress()).isEqualTo("192.0.2.7");
    }

    @Test
    void refusesALoop() throws Exception {
        Headers headers = new Headers();
        List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).forEach(i -> headers.add("Via", "1.1 192.0.2.1"));
        FakeExchange client = FakeExchange.of("GET", "/app/", headers, RequestBody.NONE);

        two().handle(client);

        assertThat(client.status()).isEqualTo(508);
    }

    private static final String HEARTBEAT = """
            <Location /heartbeat>
            SetHandler heartbeat
            </Location>
            ProxyPass /app balancer://two/app
            <Proxy balancer://two>
            BalancerMember http://192.0.2.7:8000
            BalancerMember http://192.0.2.8:8000
            ProxySet lbmethod=heartbeat
            </Proxy>
            """;

    private static FakeExchange heartbeat(String report) {
        return FakeExchange.of("POST", "/heartbeat", new Headers(), GivenBody.of(report, report.length()));
    }

    @Test
    void aMemberSaysByHeartbeatThatItHasRoom() throws Exception {
        upstream.answers(200, "").answers(200, "").answers(200, "");
        ProxyEngine engine = engine(HEARTBEAT);
        FakeExchange member = heartbeat("v=1&ready=10&busy=1");

        engine.handle(member);
        for (int i = 0; i < 3; i++) {
            engine.handle(FakeExchange.get("/app/"));
        }

        assertThat(member.status()).isEqualTo(200);
        assertThat(member.text()).isEqualTo("OK");
        assertThat(upstream.members()).containsOnly("http://192.0.2.7:8000");
    }

    @Test
    void aHeartbeatIsBelievedOnlyFromAMember() throws Exception {
        FakeExchange stranger = heartbeat("ready=10&busy=1&port=9999");

        engine(HEARTBEAT).handle(stranger);

        assertThat(stranger.status()).isEqualTo(403);
    }

    @Test
    void aHeartbeatThatIsNoneIsRefused() throws Exception {
        FakeExchange garbled = heartbeat("ready=lots");
        FakeExchange get = FakeExchange.get("/heartbeat");
        ProxyEngine engine = engine(HEARTBEAT);

        engine.handle(garbled);
        engine.handle(get);

        assertThat(garbled.status()).isEqualTo(400);
        assertThat(get.status()).isEqualTo(405);
    }
}
