package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.http.Headers;
import org.fairlead.http.JsonReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code SetHandler fairlead-api}: what it shows, which orders it takes and which it refuses. */
class ApiTest {
    private static final String ORDERS = "/api/v1/balancers/shop/members/127.0.0.1:1/orders";

    @TempDir
    private static Path folder;

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        String text = """
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:1 route=a
                    BalancerMember http://127.0.0.1:2/x route=b loadfactor=3
                    ProxySet stickysession=SID|sid growth=1
                </Proxy>
                <Proxy balancer://other>
                    BalancerMember http://127.0.0.1:1
                </Proxy>
                ProxyPass /app balancer://shop/app
                ProxyPass /other balancer://other
                ProxyPass /one http://127.0.0.1:3
                <Location /api>
                    SetHandler fairlead-api
                    Require ip 127.0.0.1
                </Location>
                """;
        admin = AdminFixture.start(folder, text);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private FakeExchange asked(FakeExchange exchange) throws Exception {
        return admin.asked(exchange.from("127.0.0.1"));
    }

    private FakeExchange get(String target) throws Exception {
        return admin.get(target);
    }

    private FakeExchange post(String target, String json, String... fields) throws Exception {
        String[] sent = fields.length == 0 ? new String[] {"Authorization", "Basic eDp5"} : fields;
        String[] all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(sent))
                .toArray(String[]::new);
        return admin.post(target, json, all);
    }

    private static Object at(Object json, String path) {
        Object found = json;
        for (String step : path.split("/")) {
            found = found instanceof List<?> list ? list.get(Integer.parseInt(step)) : ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    private Object value(String target, String path) throws Exception {
        FakeExchange asked = get(target);
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        return at(JsonReader.read(asked.text()), path);
    }

    @ParameterizedTest(name = "{0} {1} = {2}")
    @CsvSource(textBlock = """
            /api/v1/,                                           resources/0,          balancers
            /api/v1,                                            resources/1,          members
            /api/v1/balancers,                                  items/0/name,         shop
            /api/v1/balancers/shop,                             orders/stickysession, SID|sid
            /api/v1/balancers/shop,                             members/1/name,       http://127.0.0.1:2/x
            /api/v1/balancers/127.0.0.1:3,                      standalone,           true
            /api/v1/balancers/http%3A%2F%2F127.0.0.1:3,         name,                 http://127.0.0.1:3
            /api/v1/balancers/shop/members,                     items/1/orders/route, b
            /api/v1/balancers/shop/members/b,                   orders/loadfactor,    3
            /api/v1/balancers/shop/members/127.0.0.1:2,         status,               Ok
            /api/v1/balancers/shop/members/b/orders,            draining,             false
            /api/v1/members,                                    items/2/balancer,     other
            /api/v1/hosts,                                      items/0/name,         www.example.com
            /api/v1/routes,                                     items/0/balancer,     shop
            /api/v1/reload,                                     successful,           true
            /api/v1/members?fields=id,                          items/0/id,           http://127.0.0.1:1
            '/api/v1/members?fields=orders.route,name',         items/0/orders/route, a
            '/api/v1/members?fields=orders.route,name',         items/0/status,
            '/api/v1/members?fields=orders.route,name',         items/0/orders/lbset,
            """)
    void whatRunsIsShownAsJson(String target, String path, String expected) throws Exception {
        Object seen = value(target.replace("%2F", "%2F"), path);

        assertThat(seen == null ? null : seen.toString()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(textBlock = """
            /api/v1/balancers/nothing,           404
            /api/v1/balancers/shop/members/zzz,  404
            /api/v1/balancers/shop/x,            404
            /api/v1/members/x,                   404
            /api/v2/,                            404
            /api/,                               404
            /api/v1/%3Cscript%3E,                404
            /api/v1/orders,                      405
            """)
    void whatIsNotThereIsAProblemDocument(String target, int status) throws Exception {
        FakeExchange asked = get(target);

        assertThat(asked.status()).isEqualTo(status);
        assertThat(asked.answered().first("Content-Type")).contains("application/problem+json");
        assertThat(at(JsonReader.read(asked.text()), "status").toString()).isEqualTo(Integer.toString(status));
        assertThat(asked.text()).doesNotContain("<script>");
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(delimiter = ';', textBlock = """
            {"draining":true}                        ; draining     ; true
            {"disabled":true}                        ; disabled     ; true
            {"stopped":true}                         ; stopped      ; true
            {"standby":true}                         ; standby      ; true
            {"spare":true}                           ; spare        ; true
            {"ignoreerrors":true}                    ; ignoreerrors ; true
            {"draining":true,"draining2":1}          ; draining     ; 400
            {"loadfactor":12.5}                      ; loadfactor   ; 12.5
            {"loadfactor":0.5}                       ; loadfactor   ; 400
            {"loadfactor":101}                       ; loadfactor   ; 400
            {"loadfactor":"5"}                       ; loadfactor   ; 400
            {"loadfactor":1.005}                     ; loadfactor   ; 400
            {"lbset":7}                              ; lbset        ; 7
            {"lbset":-1}                             ; lbset        ; 400
            {"lbset":100}                            ; lbset        ; 400
            {"lbset":1e1}                            ; lbset        ; 10
            {"route":"z<&"}                          ; route        ; z<&
            {"route":null}                           ; route        ; 400
            {"redirect":"q"}                         ; redirect     ; q
            {"hcmethod":"GET","hcuri":"/ok"}         ; hcuri        ; /ok
            {"hcuri":"/ok"}                          ; hcuri        ; 400
            {"hcmethod":"FETCH"}                     ; hcmethod     ; 400
            {"draining":"yes"}                       ; draining     ; 400
            {}                                       ; draining     ; 400
            """)
    void ordersHaveHttpdsWordsAndAreCheckedWhole(String set, String key, String expected) throws Exception {
        FakeExchange done = post(ORDERS, "{\"set\":" + set + ",\"reason\":\"why\"}");

        if (expected.equals("400")) {
            assertThat(done.status()).as(done.text()).isEqualTo(400);
            assertThat(done.text()).contains("expected");
            assertThat(value(ORDERS, "draining")).isEqualTo(false);
        } else {
            assertThat(done.status()).as(done.text()).isEqualTo(200);
            assertThat(value(ORDERS, key).toString()).isEqualTo(expected);
            assertThat(value(ORDERS.replace("/orders", ""), "ordered/reason")).isEqualTo("why");
            assertThat(admin.audited()).contains("\"outcome\":\"done\"", "\"reason\":\"why\"");
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = ';', textBlock = """
            not json                                   ; 400
            []                                         ; 400
            {"set":{"draining":true},"sett":1}         ; 400
            {"set":{"draining":true},"force":"x"}      ; 400
            {"set":{"draining":true},"reason":7}       ; 400
            """)
    void aBodyThatIsNoOrderIsRefused(String body, int status) throws Exception {
        assertThat(post(ORDERS, body).status()).isEqualTo(status);
    }

    @Test
    void aFormIsNoOrder() throws Exception {
        assertThat(post(ORDERS, "{}", "Content-Type", "x").status()).isEqualTo(403);
        Headers headers = Headers.of("Content-Type", "text/plain");
        headers.add("Sec-Fetch-Site", "same-origin");
        String json = "{\"set\":{\"draining\":true}}";

        assertThat(asked(FakeExchange.of("POST", ORDERS, headers, GivenBody.of(json, json.length())))
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "Sec-Fetch-Site, same-origin, 200",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Origin, http://www.example.com, 200",
        "Origin, https://www.example.com, 403",
        "Origin, null, 403",
        "Authorization, Basic eDp5, 200",
        "Referer, http://www.example.com/, 403"
    })
    void anOrderComesFromNoOtherSite(String field, String value, int status) throws Exception {
        assertThat(post(ORDERS, "{\"set\":{\"draining\":true}}", field, value).status())
                .isEqualTo(status);
        assertThat(value(ORDERS, "draining")).isEqualTo(status == 200);
        assertThat(Files.readAllLines(admin.audit())).hasSize(1);
    }

    @Test
    void theLastMemberForNewRequestsGoesOnlyByForce() throws Exception {
        String drain = "{\"set\":{\"draining\":true}%s}";

        assertThat(post(ORDERS, drain.formatted("")).status()).isEqualTo(200);
        FakeExchange refused = post("/api/v1/balancers/shop/members/b/orders", drain.formatted(""));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("balancer shop").contains("force");
        assertThat(post("/api/v1/balancers/shop/members/b/orders", drain.formatted(",\"force\":true"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() throws Exception {
        FakeExchange said = post(ORDERS + "?dryrun", "{\"set\":{\"draining\":true}}");

        Object json = JsonReader.read(said.text());
        assertThat(at(json, "dryrun")).isEqualTo(true);
        assertThat(at(json, "changes/0/after/status")).isEqualTo(List.of("draining"));
        assertThat(said.text()).contains("\"http://127.0.0.1:1\":0.0", "\"http://127.0.0.1:2/x\":100.0");
        assertThat(value(ORDERS, "draining")).isEqualTo(false);
        assertThat(admin.audit()).doesNotExist();
    }

    @Test
    void anOrderMadeFromAnOlderStateIsRefused() throws Exception {
        String tag = get(ORDERS).answered().first("ETag").orElseThrow();
        String order = "{\"set\":{\"lbset\":%d}}";

        assertThat(post(ORDERS, order.formatted(1), "If-Match", tag, "Authorization", "x")
                        .status())
                .isEqualTo(200);
        FakeExchange late = post(ORDERS, order.formatted(2), "If-Match", tag, "Authorization", "x");
        assertThat(late.status()).isEqualTo(412);
        assertThat(post(ORDERS, order.formatted(3), "If-Match", "*", "Authorization", "x")
                        .status())
                .isEqualTo(200);
        assertThat(value(ORDERS, "lbset").toString()).isEqualTo("3");
    }

    @Test
    void oneOrderGoesToEveryMemberThatFits() throws Exception {
        String order = "{\"where\":{\"host\":\"127.0.0.1\"},\"set\":{\"lbset\":4}}";

        FakeExchange done = post("/api/v1/orders", order);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat((List<?>) at(JsonReader.read(done.text()), "changes")).hasSize(4);
        assertThat(value("/api/v1/members", "items/2/orders/lbset").toString()).isEqualTo("4");
        assertThat(post("/api/v1/orders", "{\"set\":{\"lbset\":4}}").status()).isEqualTo(400);
        assertThat(post("/api/v1/orders", order.replace("127.0.0.1", "x")).status())
                .isEqualTo(404);
        assertThat(post("/api/v1/balancers/shop/orders", "{\"where\":{\"route\":\"b\"},\"set\":{\"disabled\":true}}")
                        .status())
                .isEqualTo(200);
        assertThat(value("/api/v1/balancers/shop/members/b", "status")).isEqualTo("Dis");
        assertThat(value("/api/v1/balancers/shop/members/a", "status")).isEqualTo("Ok");
    }

    @Test
    void aBalancersParametersAreOrderedAndMembersAddedAndRemoved() throws Exception {
        assertThat(post("/api/v1/balancers/shop/orders", "{\"set\":{\"lbmethod\":\"bybusyness\",\"timeout\":2}}")
                        .status())
                .isEqualTo(200);
        assertThat(value("/api/v1/balancers/shop/orders", "lbmethod")).isEqualTo("bybusyness");
        assertThat(post("/api/v1/balancers/shop/members", "{\"url\":\"http://127.0.0.1:9\"}")
                        .status())
                .isEqualTo(200);
        assertThat(value("/api/v1/balancers/shop/members/127.0.0.1:9", "status"))
                .isEqualTo("Dis");
        assertThat(post("/api/v1/balancers/shop/members", "{\"url\":\"http://127.0.0.1:10\"}")
                        .status())
                .isEqualTo(409);
        assertThat(post("/api/v1/balancers/shop/members/127.0.0.1:9/remove", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(post("/api/v1/balancers/shop/members/a/remove", "{\"force\":true}")
                        .status())
                .isEqualTo(409);
        assertThat(value("/api/v1/audit", "items/3/order")).isEqualTo("remove");
    }

    @Test
    void otherMethodsAndHostsAreRefused() throws Exception {
        assertThat(asked(FakeExchange.of("DELETE", ORDERS, new Headers(), GivenBody.of("", 0)))
                        .status())
                .isEqualTo(405);
        assertThat(asked(FakeExchange.of("GET", "/api/v1/", Headers.of("Host", "evil.example"), GivenBody.of("", 0)))
                        .status())
                .isEqualTo(421);
        assertThat(asked(FakeExchange.of("HEAD", "/api/v1/", new Headers(), GivenBody.of("", 0)))
                        .text())
                .isEmpty();
    }

    @ParameterizedTest(name = "then {0}: {1}")
    @CsvSource({"nothing, Drn Ok", "disable, Drn Dis", "stop, Drn Stop"})
    void aDrainEndsByItselfAndIsWaitedFor(String then, String status) throws Exception {
        String order = "{\"set\":{\"draining\":true},\"idle\":\"1s\",\"until\":\"1h\",\"then\":\"%s\"}".formatted(then);

        FakeExchange done = post(ORDERS + "?wait=60s", order);

        Object json = JsonReader.read(done.text());
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(at(json, "drained")).isEqualTo(true);
        assertThat(at(json, "drains/0/state")).isEqualTo("drained");
        assertThat(value(ORDERS.replace("/orders", ""), "status")).isEqualTo(status);
    }

    @Test
    void aSessionThatIsSeenKeepsTheDrainRunningUntilTheWaitIsOver() throws Exception {
        FakeExchange done = post(ORDERS + "?wait=1s", "{\"set\":{\"draining\":true},\"reason\":\"disk\"}");
        get("/app/x;SID=1234.a");
        get("/app/x;SID=1235.a");

        assertThat(at(JsonReader.read(done.text()), "drained")).isEqualTo(false);
        assertThat(value("/api/v1/drains", "items/0/state")).isEqualTo("running");
        assertThat(value("/api/v1/drains", "items/0/reason")).isEqualTo("disk");
        assertThat(post(ORDERS, "{\"set\":{\"draining\":false}}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"set":{"disabled":true},"until":"5m"}
            {"set":{"draining":true},"until":"yesterday"}
            {"set":{"draining":true},"until":"0s"}
            {"set":{"draining":true},"then":"explode"}
            {"set":{"draining":true},"idle":"-1"}
            """)
    void whatADrainCannotBeIsRefused(String order) throws Exception {
        assertThat(post(ORDERS, order).status()).isEqualTo(400);
        assertThat(value(ORDERS, "draining")).isEqualTo(false);
    }

    @Test
    void aRequestIsExplainedWithoutBeingSent() throws Exception {
        FakeExchange said = post(
                "/api/v1/explain",
                "{\"url\":\"http://www.example.com/app/x\",\"headers\":{\"Cookie\":\"SID=verysecret.b\"}}");

        Object json = JsonReader.read(said.text());
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        assertThat(at(json, "decision")).isEqualTo("forward");
        assertThat(at(json, "chosen")).isEqualTo("http://127.0.0.1:2/x");
        assertThat(said.text()).doesNotContain("verysecret");
        assertThat(post("/api/v1/explain", "{\"url\":\"nothing\"}").status()).isEqualTo(400);
        assertThat(post("/api/v1/explain", "{\"url\":\"http://x/\",\"headers\":{\"a b\":\"c\"}}")
                        .status())
                .isEqualTo(400);
    }
}
