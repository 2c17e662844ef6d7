package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console: what it shows, what it asks before it changes anything, and what it never shows. */
class ConsoleHandlerTest {
    private static final String ONE = "http://127.0.0.1:1";
    private static final String TWO = "http://127.0.0.1:2/x";

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
                ProxyPass /app balancer://shop/app
                <Location /console>
                    SetHandler fairlead-console
                    Require ip 127.0.0.1
                </Location>
                """;
        admin = AdminFixture.start(folder, text);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private FakeExchange get(String query) throws Exception {
        return admin.get("/console" + query);
    }

    private FakeExchange post(String form, String site) throws Exception {
        return admin.post("/console", form, "Sec-Fetch-Site", site);
    }

    private static String member(String name) {
        return "b=shop&m=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private String words(String name) throws Exception {
        String page = get("?" + member(name)).text();
        int at = page.indexOf("words</dt><dd>") + 14;
        return page.substring(at, page.indexOf("</dd>", at));
    }

    @Test
    void theFirstPageShowsEverythingWithNothingFromOutside() throws Exception {
        FakeExchange page = get("");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("All is well", "balancer://shop", ONE, TWO, "25 %", "75 %", "/app", "test.conf:8")
                .doesNotContain("style=", "<style", "onclick", "src=\"http", "href=\"http");
        assertThat(page.answered().first("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.answered().first("Cache-Control")).contains("no-store");
        assertThat(page.answered().first("X-Content-Type-Options")).contains("nosniff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"console.css", "console.js", "icon.svg"})
    void itsFilesAreServedByItself(String file) throws Exception {
        assertThat(get("?file=" + file).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "GET {0}: {1}")
    @CsvSource(textBlock = """
            ?file=../Handlers.class,                  404
            ?b=none,                                  404
            ?b=shop&m=none,                           404
            ?b=shop&do=drain,                         400
            ?b=shop&m=http://127.0.0.1:1&do=nonsense, 400
            ?b=shop&m=http://127.0.0.1:1&do=set&w_lf=101, 400
            ?b=shop&m=http://127.0.0.1:1&do=set&w_wr=a;b, 400
            ?b=shop&m=http://127.0.0.1:1&do=set&w_lf=1,   400
            ?b=shop&do=set&b_lbm=random,              400
            """)
    void whatIsNotThereOrOutOfRangeIsRefused(String query, int status) throws Exception {
        assertThat(get(query).status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            drain,         Drn Ok
            disable,       Dis
            stop,          Stop
            standby,       Stby Ok
            spare,         Spar Ok
            ignore_errors, Ign Ok
            """)
    void anOrderSaysWhatItWillDoThenIsDoneAndKeepsItsReason(String order, String words) throws Exception {
        FakeExchange asked = get("?" + member(ONE) + "&do=" + order);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text()).contains("What it will do", "name=\"reason\"", "method=\"post\"");
        assertThat(words(ONE)).isEqualTo("Ok");

        FakeExchange done = post(member(ONE) + "&do=" + order + "&reason=kernel+%3Cupdate%3E", "same-origin");

        assertThat(done.status()).isEqualTo(303);
        assertThat(words(ONE)).isEqualTo(words);
        assertThat(get("?" + member(ONE)).text())
                .contains("kernel &lt;update&gt;")
                .doesNotContain("<update>");
        assertThat(admin.audited()).contains("\"reason\":\"kernel \\u003cupdate\\u003e\"", "\"outcome\":\"done\"");
        assertThat(get("").text()).contains("kernel &lt;update&gt;");
    }

    @Test
    void enableEndsEveryOrderThatKeepsAMemberOut() throws Exception {
        post(member(ONE) + "&do=drain", "same-origin");
        post(member(ONE) + "&do=stop", "same-origin");

        post(member(ONE) + "&do=enable", "same-origin");

        assertThat(words(ONE)).isEqualTo("Ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drain", "disable", "stop"})
    void theLastMemberForNewRequestsIsTakenOutByForceOnly(String order) throws Exception {
        post(member(TWO) + "&do=disable", "same-origin");
        assertThat(get("?" + member(ONE) + "&do=" + order).text()).contains("name=\"force\"");

        FakeExchange refused = post(member(ONE) + "&do=" + order, "same-origin");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(words(ONE)).isEqualTo("Ok");

        FakeExchange forced = post(member(ONE) + "&do=" + order + "&force=1", "same-origin");
        assertThat(forced.status()).isEqualTo(303);
        assertThat(words(ONE)).isNotEqualTo("Ok");
    }

    @Test
    void valuesAreShownBeforeAndAfterAndHoldAtOnce() throws Exception {
        String values = "&do=set&w_lf=2.5&w_ls=1&w_wr=z&w_rr=a";
        String asked = new String(
                get("?" + member(ONE) + values).text().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        assertThat(asked).contains("loadfactor: 1 → 2.5", "lbset: 0 → 1", "route: a → z", "redirect: (none) → a");

        assertThat(post(member(ONE) + values, "same-origin").status()).isEqualTo(303);

        assertThat(get("").text()).contains("route z", "loadfactor 2.5", "lbset 1");
    }

    @Test
    void aBalancersMethodAndMembersChange() throws Exception {
        assertThat(post("b=shop&do=set&b_lbm=leastconn", "same-origin").status())
                .isEqualTo(303);
        assertThat(post("b=shop&do=add&url=http://127.0.0.1:3", "same-origin").status())
                .isEqualTo(303);
        assertThat(get("").text()).contains("leastconn", "http://127.0.0.1:3");
        assertThat(get("?" + member("http://127.0.0.1:3")).text()).contains("do=remove");
        assertThat(get("?" + member(ONE)).text()).doesNotContain("do=remove");

        assertThat(post(member("http://127.0.0.1:3") + "&do=remove", "same-origin")
                        .status())
                .isEqualTo(303);
        assertThat(get("?" + member("http://127.0.0.1:3")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void anotherSitesPageChangesNothingAndIsNoted(String site) throws Exception {
        FakeExchange refused = post(member(ONE) + "&do=stop", site);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(words(ONE)).isEqualTo("Ok");
        assertThat(admin.audited()).contains("refused");
    }

    @Test
    void readingChangesNothing() throws Exception {
        get("?" + member(ONE) + "&do=stop&reason=x&force=1");

        assertThat(words(ONE)).isEqualTo("Ok");
        assertThat(admin.asked(FakeExchange.of("PUT", "/console", new Headers(), GivenBody.of("", 0))
                                .from("127.0.0.1"))
                        .status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?b=%3Cscript%3E",
                "?b=shop&m=%22%3E%3Cscript%3E",
                "?b=shop&do=%3Cscript%3E",
                "?b=shop&do=add&url=%3Cscript%3E"
            })
    void whatARequestSaysIsEscapedWhereverItIsShown(String query) throws Exception {
        assertThat(get(query).text()).doesNotContain("<script>");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = ';', textBlock = """
            w_hm=TCP;                              <li>hcmethod: NONE
            w_hm=GET&w_hu=%2Fup&w_hi=500;          <li>hcuri: (none)
            w_hm=HEAD&w_hp=2&w_hf=3;               <li>hcfails: 1
            w_hf=3;                                a health check needs a method
            w_hm=PING;                             expected: hcmethod
            w_hm=GET&w_hi=99;                      expected: hcinterval
            w_hm=GET&w_hf=0;                       expected: hcfails
            w_hm=GET&w_hu=up;                      expected: hcuri
            """)
    void aHealthCheckIsChangedWithItsValuesSaidBefore(String values, String shown) throws Exception {
        assertThat(get("?" + member(ONE) + "&do=set&" + values).text()).contains(shown);
    }

    @Test
    void aHealthCheckBeginsChangesAndEndsByOrder() throws Exception {
        assertThat(post("do=set&" + member(ONE) + "&w_hm=TCP&w_hi=60000", "same-origin")
                        .status())
                .isEqualTo(303);
        assertThat(get("?" + member(ONE)).text()).contains("TCP: ");
        assertThat(post("do=set&" + member(ONE) + "&w_hf=7", "same-origin").status())
                .isEqualTo(303);
        assertThat(get("?" + member(ONE)).text()).contains("name=\"w_hf\" autocomplete=\"off\" value=\"7\"", "60000");
        assertThat(post("do=set&" + member(ONE) + "&w_hm=NONE", "same-origin").status())
                .isEqualTo(303);
        assertThat(get("?" + member(ONE)).text()).contains("<option selected>NONE");
    }
}
