package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.GivenBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** httpd's two handlers: its text, its form keys, and what is asked of a request before it sees or changes anything. */
class HttpdHandlersTest {
    @TempDir
    private static Path folder;

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        String text = """
                ProxyStatus On
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:1 route=a
                    BalancerMember http://127.0.0.1:2/x route=b loadfactor=3 status=+H
                    ProxySet stickysession=SID|sid growth=1
                </Proxy>
                ProxyPass /app balancer://shop/app
                <Location /manager>
                    SetHandler balancer-manager
                    Require ip 127.0.0.1
                </Location>
                <Location /open>
                    SetHandler balancer-manager
                </Location>
                <Location /status>
                    SetHandler server-status
                </Location>
                """;
        admin = AdminFixture.start(folder, text);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private FakeExchange get(String target) throws Exception {
        return admin.get(target);
    }

    private FakeExchange post(String target, String form, String... fields) throws Exception {
        return admin.post(target, form, fields);
    }

    private String nonce() throws Exception {
        Matcher found = Pattern.compile("b=shop&amp;nonce=([0-9a-f-]+)")
                .matcher(get("/manager").text());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String status(int member) throws Exception {
        Matcher found = Pattern.compile("Worker\\[" + member + "]Status: (.*)")
                .matcher(get("/status?auto").text());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @ParameterizedTest(name = "{0} -> ''{1}''")
    @CsvSource(textBlock = """
            w_status_N=1,              Init Drn Ok
            w_status_D=1,              Init Dis
            w_status_S=1,              Init Stop
            w_status_H=1,              Init Stby Ok
            w_status_R=1,              Init Spar Ok
            w_status_I=1,              Init Ign Ok
            w_status_N=1&w_status_I=1, Init Ign Drn Ok
            w_status_D=0,              Init Ok
            w_status_E=1,              Init Ok
            w_lf=1000,                 Init Ok
            """)
    void ordersHaveHttpdsKeysAndGiveHttpdsWords(String keys, String words) throws Exception {
        FakeExchange done = post("/manager", "b=shop&w=http://127.0.0.1:1&nonce=" + nonce() + "&" + keys);

        assertThat(done.status()).isEqualTo(200);
        assertThat(status(0)).isEqualTo(words + " ");
        assertThat(status(1)).isEqualTo("Init Stby Ok ");
        assertThat(admin.audited()).contains("\"outcome\":\"done\"", "\"order\":\"" + keys.replace('&', ' '));
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(textBlock = """
            Sec-Fetch-Site, same-origin,            200
            Sec-Fetch-Site, none,                   200
            Sec-Fetch-Site, same-site,              403
            Sec-Fetch-Site, cross-site,             403
            Origin,         http://www.example.com, 200
            Origin,         http://evil.example,    403
            Origin,         null,                   403
            Referer,        http://evil.example/,   200
            """)
    void aChangeComesFromNoOtherSite(String field, String value, int status) throws Exception {
        String form = "b=shop&w=http://127.0.0.1:1&w_status_D=1&nonce=" + nonce();

        assertThat(post("/manager", form, field, value).status()).isEqualTo(status);
        assertThat(status(0)).isEqualTo(status == 200 ? "Init Dis " : "Init Ok ");
    }

    @Test
    void aChangeNeedsTheNonceAPostAndARequire() throws Exception {
        String form = "b=shop&w=http://127.0.0.1:1&w_status_D=1&nonce=";

        assertThat(post("/manager", form + "x").status()).isEqualTo(403);
        assertThat(get("/manager?" + form + nonce()).status()).isEqualTo(200);
        assertThat(post("/open", form + nonce()).status()).isEqualTo(403);
        assertThat(status(0)).isEqualTo("Init Ok ");
        assertThat(Files.readAllLines(admin.audit()))
                .hasSize(2)
                .allMatch(line -> line.contains("\"outcome\":\"refused: "));
    }

    @ParameterizedTest(name = "Host {0} -> {1}")
    @CsvSource({
        "www.example.com, 200",
        "www.example.com:8080, 200",
        "127.0.0.1:8080, 200",
        "[::1]:8080, 200",
        "localhost, 200",
        "evil.example, 421",
        "10.9.8.7, 421"
    })
    void aHostThatIsNoNameOfTheVirtualHostIsMisdirected(String name, int status) throws Exception {
        FakeExchange asked =
                admin.asked(FakeExchange.of("GET", "/manager", Headers.of("Host", name), GivenBody.of("", 0))
                        .from("127.0.0.1"));

        assertThat(asked.status()).isEqualTo(status);
    }

    @Test
    void withoutARequireOnlyThisMachineMayReadAndNotThroughAProxyOnIt() throws Exception {
        assertThat(get("/status?auto").status()).isEqualTo(200);
        assertThat(admin.asked(FakeExchange.get("/status?auto").from("192.0.2.1"))
                        .status())
                .isEqualTo(403);
        assertThat(admin.asked(FakeExchange.of(
                                        "GET",
                                        "/status?auto",
                                        Headers.of("X-Forwarded-For", "192.0.2.1"),
                                        GivenBody.of("", 0))
                                .from("127.0.0.1"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aMemberIsAddedDisabledAndStaysOverAReload() throws Exception {
        String form = "b=shop&b_wyes=1&b_lbm=bybusyness&b_nwrkr=http://127.0.0.1:3&nonce=" + nonce();

        assertThat(post("/manager", form).status()).isEqualTo(200);
        assertThat(post("/manager", form.replace(":3", ":4")).status()).isEqualTo(400);
        admin.runtime().replace(admin.runtime().operations().snapshot().config());

        assertThat(status(2)).isEqualTo("Init Dis ");
        assertThat(get("/manager").text()).contains("<td>3 [3 Used]</td>", "<td>bybusyness</td>");
    }

    @Test
    void whatIsShownIsEscaped() throws Exception {
        String route = "%3Cscript%3E%22'";
        post("/manager", "b=shop&w=http://127.0.0.1:1&nonce=" + nonce() + "&w_wr=" + route);

        assertThat(get("/manager").text())
                .contains("<td>&lt;script&gt;&quot;&#39;</td>")
                .doesNotContain("<script>");
        assertThat(get("/manager?xml=1").text()).doesNotContain("<script>");
    }

    @ParameterizedTest(name = "nonce={0}, sent {1} with {2} -> {3}")
    @CsvSource(textBlock = """
            my-nonce, my-nonce, Referer: x,                  200
            my-nonce, my-nonc,  Referer: x,                  403
            my-nonce, '',       Sec-Fetch-Site: same-origin, 403
            None,     '',       Sec-Fetch-Site: same-origin, 200
            None,     '',       Authorization: Basic eDp5,   200
            none,     x,        Sec-Fetch-Site: same-origin, 200
            None,     '',       Referer: x,                  403
            None,     '',       Sec-Fetch-Site: cross-site,  403
            """)
    void aNonceOfTheConfigurationIsTheOneToBeSent(String nonce, String sent, String field, int status)
            throws Exception {
        String[] header = field.split(": ");
        try (AdminFixture other = AdminFixture.start(folder, """
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:1
                    ProxySet nonce=%s
                </Proxy>
                ProxyPass /app balancer://shop/
                <Location /manager>
                    SetHandler balancer-manager
                    Require ip 127.0.0.1
                </Location>
                """.formatted(nonce))) {
            String form = "b=shop&w=http://127.0.0.1:1&w_status_D=1&nonce=" + sent;

            assertThat(other.post("/manager", form, header[0], header[1]).status())
                    .isEqualTo(status);
        }
    }
}
