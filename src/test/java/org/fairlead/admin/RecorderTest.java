package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.ExchangeObserver;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.exchange.ReadinessNotifier;
import org.fairlead.exchange.RequestIds;
import org.fairlead.http.Headers;
import org.fairlead.http.JsonReader;
import org.fairlead.model.ProxyConfig;
import org.fairlead.operations.RequestRecorder;
import org.fairlead.runtime.Generation;
import org.fairlead.runtime.ProxyRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code RequestRecorder}: which requests are kept, what is said of them, and what is not. */
class RecorderTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(1);

    private HttpServer member;
    private String dead;
    private ProxyRuntime runtime;

    @BeforeEach
    void start() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        member = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        member.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(
                    exchange.getRequestHeaders().containsKey(RequestRecorder.FIELD) ? 400 : 200, -1);
            exchange.close();
        });
        member.start();
        try (ServerSocket closed = new ServerSocket(0, 1, loopback)) {
            dead = "127.0.0.1:" + closed.getLocalPort();
        }
        runtime = ProxyRuntime.start(
                config("On sample=0 token=" + TOKEN + " entries=3"), ReadinessNotifier.NONE, Handlers::of);
    }

    @AfterEach
    void stop() {
        runtime.close();
        member.stop(0);
    }

    private ProxyConfig config(String recorder) throws Exception {
        String live = "127.0.0.1:" + member.getAddress().getPort();
        String text = """
                ServerName www.example.com
                RequestRecorder %s
                <Proxy balancer://shop>
                    BalancerMember http://%s route=dead status=+I
                    BalancerMember http://%s route=live
                    ProxySet stickysession=SID
                </Proxy>
                <Proxy balancer://lost>
                    BalancerMember http://%s status=+I
                </Proxy>
                <Location /closed>
                    Require all denied
                </Location>
                ProxyPass /shop balancer://shop
                ProxyPass /closed balancer://shop
                ProxyPass /lost balancer://lost
                <Location /api>
                    SetHandler fairlead-api
                    Require ip 127.0.0.1
                </Location>
                """.formatted(recorder, dead, live, dead);
        return new ConfigLoader().load(text, "conf", "test.conf").config();
    }

    private FakeExchange asked(FakeExchange request, long nanos) throws Exception {
        FakeExchange exchange = request.named(RequestIds.text(RequestIds.next()));
        Generation generation = runtime.pin();
        try {
            ExchangeObserver observer = generation.recorded(exchange, ExchangeObserver.NONE);
            generation.engine().handle(exchange.traced(observer.trace()), observer);
            observer.ended(exchange.status(), 0, nanos);
        } finally {
            generation.release();
        }
        return exchange;
    }

    private static FakeExchange request(String method, String target, String... fields) {
        return FakeExchange.of(method, target, Headers.of(fields), GivenBody.of("", 0));
    }

    private Object read(String target) throws Exception {
        FakeExchange exchange = FakeExchange.get(target).from("127.0.0.1");
        Generation generation = runtime.pin();
        try {
            generation.engine().handle(exchange);
        } finally {
            generation.release();
        }
        return JsonReader.read(exchange.text());
    }

    private static Object at(Object json, String path) {
        Object found = json;
        for (String step : path.split("/")) {
            found = found instanceof List<?> list ? list.get(Integer.parseInt(step)) : ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    @ParameterizedTest(name = "{0} {1} with {2}: kept as {3}")
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /shop/a   | SID=x.live |
            GET  | /shop/a   | SID=x.dead | [attempted 2 times]
            GET  | /lost/a   | SID=x.dead | [failed]
            GET  | /closed/a | SID=x.live | [refused]
            GET  | /nowhere  | SID=x.live |
            POST | /shop/a   | SID=x.live |
            """)
    void theRemarkableRequestsAreKept(String method, String target, String cookie, String kept) throws Exception {
        FakeExchange exchange = asked(request(method, target, "Cookie", cookie), QUICK);

        Object found = read("/api/v1/requests/" + exchange.id());
        assertThat(kept == null ? "404" : kept).isEqualTo(String.valueOf(at(found, kept == null ? "status" : "kept")));
    }

    @Test
    void aRequestOfTwoAttemptsSaysWhyEachMemberWasOrWasNot() throws Exception {
        FakeExchange exchange = asked(request("GET", "/shop/a?q=1", "Cookie", "SID=x.dead"), QUICK);

        Object found = read("/api/v1/requests/" + exchange.id());
        assertThat(at(found, "url")).isEqualTo("http://www.example.com/shop/a?q=***");
        assertThat(at(found, "balancer")).isEqualTo("shop");
        assertThat(at(found, "attempts/0/member")).isEqualTo("http://" + dead);
        assertThat(at(found, "attempts/0/why")).isEqualTo("chosen by the session's route 'dead'");
        assertThat(at(found, "attempts/0/failure")).isEqualTo("connect");
        assertThat(at(found, "attempts/0/next")).isEqualTo("another member is tried");
        assertThat(at(found, "attempts/0/firstByte")).isNull();
        assertThat(at(found, "attempts/1/candidates/0/why")).isEqualTo("this request was at it already");
        assertThat(at(found, "attempts/1/status").toString()).isEqualTo("200");
        assertThat(at(found, "attempts/1/failure")).isNull();
        for (String phase : List.of("queued", "connected", "sent", "firstByte")) {
            assertThat(at(found, "attempts/1/" + phase)).as(phase).isNotNull();
        }
        assertThat(at(found, "response/status").toString()).isEqualTo("200");
        assertThat(at(found, "trace").toString())
                .contains(
                        "phase=session, source=test.conf:3, said=stickysession: SID says route 'dead'",
                        "phase=route, source=test.conf:14",
                        "phase=attempt, source=test.conf:4");
    }

    @Test
    void aRefusedRequestSaysByWhichLine() throws Exception {
        FakeExchange exchange = asked(request("GET", "/closed/a", "Cookie", "SID=x"), QUICK);

        Object found = read("/api/v1/requests/" + exchange.id());
        assertThat(at(found, "response/refusedBy")).isEqualTo("access");
        assertThat(at(found, "trace").toString())
                .contains("source=test.conf:11, said=<Location /closed> is for /closed/a");
    }

    @Test
    void secretsOfARequestAreNotKept() throws Exception {
        FakeExchange exchange = asked(
                request(
                        "GET",
                        "/lost/a?name=query-secret&bare-secret",
                        "Cookie",
                        "SID=cookie-secret.dead; k=other-secret",
                        "Authorization",
                        "Basic dXNlcjpwYXNzd29yZA=="),
                QUICK);

        String text = read("/api/v1/requests/" + exchange.id()) + " " + read("/api/v1/recorder");
        assertThat(text).contains("name=***", exchange.id());
        assertThat(text).doesNotContain("-secret", "dXNlcjpwYXNzd29yZA", "password");
    }

    @ParameterizedTest(name = "{0}: kept as {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0123456789abcdef | [asked for]
            0123456789abcdeX |
            ''               |
            """)
    void anOperatorsTokenHasARequestKeptAndReachesNoMember(String token, String kept) throws Exception {
        FakeExchange exchange =
                asked(request("GET", "/shop/a", "Cookie", "SID=x.live", RequestRecorder.FIELD, token), QUICK);

        Object found = read("/api/v1/requests/" + exchange.id());
        assertThat(exchange.status()).isEqualTo(200);
        assertThat(String.valueOf(at(found, kept == null ? "status" : "kept"))).isEqualTo(kept == null ? "404" : kept);
    }

    @Test
    void aRequestFiveTimesSlowerThanTheMedianIsKept() throws Exception {
        for (int i = 0; i < 64; i++) {
            asked(request("GET", "/shop/a", "Cookie", "SID=x.live"), QUICK);
        }

        FakeExchange usual = asked(request("GET", "/shop/a", "Cookie", "SID=x.live"), 4 * QUICK);
        FakeExchange slow = asked(request("GET", "/shop/a", "Cookie", "SID=x.live"), 7 * QUICK);

        assertThat(at(read("/api/v1/requests/" + slow.id()), "kept")).hasToString("[slow: 7 times the median]");
        assertThat(at(read("/api/v1/requests/" + usual.id()), "status")).hasToString("404");
    }

    @Test
    void theOldestOfABalancerGoFirstAndNotThoseOfAnother() throws Exception {
        FakeExchange lost = asked(request("GET", "/lost/a"), QUICK);
        FakeExchange first = asked(request("GET", "/closed/0"), QUICK);
        for (int i = 0; i < 3; i++) {
            asked(request("GET", "/closed/a"), QUICK);
        }

        assertThat(at(read("/api/v1/requests/" + lost.id()), "kept")).hasToString("[failed]");
        assertThat(at(read("/api/v1/requests/" + first.id()), "status")).hasToString("404");
        assertThat((List<?>) at(read("/api/v1/recorder"), "requests")).hasSize(4);
    }

    @Test
    void memoryIsBoundedAndShown() throws Exception {
        runtime.replace(config("On sample=1 memory=64K entries=1000"));
        for (int i = 0; i < 200; i++) {
            asked(request("GET", "/closed/" + "x".repeat(1000)), QUICK);
        }

        Object seen = read("/api/v1/recorder");
        assertThat(Long.parseLong(at(seen, "bytes").toString())).isBetween(50_000L, 65_536L);
        assertThat((List<?>) at(seen, "requests")).hasSizeLessThan(30).isNotEmpty();
    }

    @Test
    void whatIsOffTracesNothingAndForgetsWhatWasKept() throws Exception {
        FakeExchange before = asked(request("GET", "/lost/a"), QUICK);
        runtime.replace(config("Off"));

        Generation generation = runtime.pin();
        assertThat(generation.recorded(FakeExchange.get("/"), ExchangeObserver.NONE))
                .isSameAs(ExchangeObserver.NONE);
        assertThat(ExchangeObserver.NONE.trace()).isSameAs(DecisionTrace.NONE);
        generation.release();
        assertThat(at(read("/api/v1/requests/" + before.id()), "status")).hasToString("404");
        assertThat(at(read("/api/v1/recorder"), "bytes")).hasToString("0");
    }
}
