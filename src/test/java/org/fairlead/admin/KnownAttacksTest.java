package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fairlead.exchange.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Attacks that succeeded against the management pages of other servers, each tried on every page of ours. */
class KnownAttacksTest {
    private static final String SCRIPT = "\"'><script>alert(1)</script>\r\nX-Injected: 1";
    private static final List<String> PAGES = List.of("/manager", "/status", "/console", "/metrics", "/api/v1/members");

    @TempDir
    private static Path folder;

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        String text = """
                ProxyStatus On
                RequestHeader set Authorization "Basic hush"
                SetEnv PASSWORD hush
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:1 route=a
                    BalancerMember http://127.0.0.1:2 route=b
                    ProxySet stickysession=SID|sid growth=2
                </Proxy>
                ProxyPass /app balancer://shop/app
                <Location /manager>
                    SetHandler balancer-manager
                    Require ip 127.0.0.1
                </Location>
                <Location /status>
                    SetHandler server-status
                    Require ip 127.0.0.1
                </Location>
                <Location /console>
                    SetHandler fairlead-console
                    Require ip 127.0.0.1
                </Location>
                <Location /metrics>
                    SetHandler fairlead-metrics
                    Require ip 127.0.0.1
                </Location>
                <Location /api>
                    SetHandler fairlead-api
                    Require ip 127.0.0.1
                </Location>
                <Location /closed>
                    SetHandler fairlead-console
                    AuthType Basic
                    AuthName operators
                    AuthUserFile FOLDER/users
                    Require valid-user
                </Location>
                """;
        Files.writeString(folder.resolve("users"), "ann:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n");
        admin = AdminFixture.start(
                folder, text.replace("FOLDER/users", folder.resolve("users").toString()));
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String nonce() throws Exception {
        Matcher found = Pattern.compile("nonce=([0-9a-f-]{36})")
                .matcher(admin.get("/manager").text());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String state() {
        return admin.runtime().operations().snapshot().balancers().stream()
                .flatMap(balancer -> balancer.members().stream())
                .map(member -> member.orders() + " " + member.status().words())
                .toList()
                .toString();
    }

    private static void assertHarmless(String what, FakeExchange response) {
        assertThat(response.status()).as(what).isLessThan(500);
        assertThat(response.text()).as(what).doesNotContain("<script>alert");
        assertThat(response.answered().first("X-Injected")).as(what).isEmpty();
        assertThat(response.answered().toString()).as(what).doesNotContain("X-Injected");
    }

    /** CVE-2007-6420 (httpd), and mod_cluster's manager: links that change state. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/manager?b=shop&w=http://127.0.0.1:1&w_status_D=1&nonce=NONCE",
                "/manager?b=shop&b_nwrkr=http://127.0.0.1:9&b_wyes=1&nonce=NONCE",
                "/console?b=shop&m=http%3A%2F%2F127.0.0.1%3A1&do=stop&force=1",
                "/api/v1/balancers/shop/members/a/orders?set=draining&nonce=NONCE"
            })
    void noLinkChangesAnything(String target) throws Exception {
        String before = state();

        admin.get(target.replace("NONCE", nonce()));
        assertThat(state()).isEqualTo(before);
        assertThat(admin.ask("HEAD", target.replace("NONCE", nonce()), "").status())
                .isLessThan(500);
        assertThat(state()).isEqualTo(before);
    }

    private static Stream<String> parameters() {
        return Stream.of(
                "b", "w", "nonce", "w_lf", "w_ls", "w_wr", "w_rr", "w_hm", "w_hu", "b_lbm", "b_tmo", "b_max", "b_ss",
                "b_nwrkr", "bb", "ss", "xml", "auto", "refresh", "m", "do", "url", "reason", "file", "fields", "name[]",
                "scope");
    }

    /** CVE-2007-6421, -6422, -6388, CVE-2012-4558 (httpd): parameters that are shown, or that crash a child. */
    @ParameterizedTest
    @MethodSource("parameters")
    void noParameterIsShownRawOrMakesAnyPageFail(String name) throws Exception {
        for (String value : List.of(encoded(SCRIPT), "%00", "%", "", "-1", "99999999999999999999", "a".repeat(4000))) {
            for (String page : PAGES) {
                String query = name + "=" + value;
                assertHarmless("GET " + page + " " + query, admin.get(page + "?" + query));
                assertHarmless(
                        "GET " + page + " with a balancer, " + query,
                        admin.get(page + "?b=shop&m=http%3A%2F%2F127.0.0.1%3A1&do=set&" + query));
                assertHarmless(
                        "POST " + page + " " + query,
                        admin.post(
                                page,
                                "b=shop&w=http://127.0.0.1:1&do=set&nonce=" + nonce() + "&" + query,
                                "Sec-Fetch-Site",
                                "same-origin",
                                "Content-Type",
                                "application/x-www-form-urlencoded"));
            }
        }
        assertThat(admin.get("/manager").text()).contains("balancer://shop");
    }

    /** CVE-2012-3499, CVE-2019-10092 (httpd): host names and paths in pages of errors. */
    @ParameterizedTest
    @CsvSource({"<script>alert(1)</script>", "\"><script>alert(1)</script>", "www.example.com<script>alert(1)</script>"
    })
    void noHostAndNoPathIsShownRaw(String hostile) throws Exception {
        for (String page : PAGES) {
            assertHarmless(page, admin.ask("GET", page, "", "Host", hostile));
            assertHarmless(page, admin.get(page + "/" + encoded(hostile)));
            assertHarmless(page, admin.ask("GET", page, "", "Referer", hostile, "User-Agent", hostile));
        }
    }

    /** CVE-2015-0298 (mod_cluster): what members say of themselves is shown to operators. */
    @Test
    void whatAMemberIsCalledIsDataOnEveryPage() throws Exception {
        admin.post(
                "/manager",
                "b=shop&w=http://127.0.0.1:1&nonce=" + nonce() + "&w_wr=" + encoded("<script>alert(1)</script>"));
        admin.post(
                "/manager",
                "b=shop&b_wyes=1&b_nwrkr=" + encoded("http://x/\"><script>alert(1)</script>") + "&nonce=" + nonce());

        assertThat(state()).contains("<script>alert(1)</script>");
        for (String page : PAGES) {
            FakeExchange shown = admin.get(page);
            boolean html = shown.answered().first("Content-Type").orElse("").contains("html");
            assertThat(html && shown.text().contains("<script>alert")).as(page).isFalse();
            assertThat(shown.answered().first("X-Content-Type-Options").isPresent()
                            || !shown.answered()
                                    .first("Content-Type")
                                    .orElse("")
                                    .isEmpty())
                    .as(page)
                    .isTrue();
        }
        assertThat(admin.get("/manager?xml=1").text()).doesNotContain("<script>");
        assertThat(admin.get("/console?b=shop").text()).doesNotContain("<script>alert");
    }

    /** CVE-2018-15598, GO-2023-1919 (Traefik): keys and hashes of passwords in the API. */
    @Test
    void noPageShowsASecret() throws Exception {
        for (String page : PAGES) {
            assertThat(admin.get(page).text()).as(page).doesNotContain("hush");
        }
        for (String page :
                List.of("hosts", "routes", "listeners", "certificates", "config", "reload", "audit", "balancers")) {
            assertThat(admin.get("/api/v1/" + page).text()).as(page).doesNotContain("hush", "{SHA}", "W6ph5Mm5");
        }
    }

    /** CVE-2026-27589 (Caddy): another site's page posts to a server on loopback. */
    @ParameterizedTest
    @CsvSource({
        "Origin,         http://evil.example",
        "Origin,         null",
        "Origin,         http://www.example.com.evil.example",
        "Origin,         https://www.example.com",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "X-Nothing,      at-all"
    })
    void loopbackIsNoLeaveForOtherSitesPages(String field, String value) throws Exception {
        String before = state();
        String json = "{\"set\":{\"draining\":true}}";

        assertThat(admin.post("/console", "do=drain&b=shop&m=http%3A%2F%2F127.0.0.1%3A1", field, value)
                        .status())
                .isEqualTo(403);
        assertThat(admin.post(
                                "/api/v1/balancers/shop/members/a/orders",
                                json,
                                "Content-Type",
                                "application/json",
                                field,
                                value)
                        .status())
                .isEqualTo(403);
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            assertThat(admin.post("/api/v1/balancers/shop/members/a/orders", json, "Content-Type", type, field, value)
                            .status())
                    .as("what a form of another site can send: " + type)
                    .isBetween(400, 499);
        }
        assertThat(state()).isEqualTo(before);
    }

    /** DNS rebinding: a name of the attacker leads to this machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "www.example.com.evil.example"
            })
    void aForeignNameReachesNoPage(String host) throws Exception {
        for (String page : PAGES) {
            assertThat(admin.ask("GET", page, "", "Host", host).status())
                    .as(page)
                    .isEqualTo(421);
        }
    }

    /** CVE-2026-85595 (Traefik): an unknown user had an empty secret. */
    @ParameterizedTest
    @ValueSource(strings = {":", "nobody:", "nobody:nobody", "ann:", "ann", "", ":x", "ANN:secret", "ann:\u0000"})
    void anUnknownUserOrAnEmptyPasswordOpensNothing(String credentials) throws Exception {
        String basic = java.util.Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));

        assertThat(admin.ask("GET", "/closed", "", "Authorization", "Basic " + basic)
                        .status())
                .isIn(400, 401);
        assertThat(admin.ask("GET", "/closed", "", "Authorization", "Bearer ").status())
                .isIn(400, 401);
    }

    /** CVE-2026-34483 (Tomcat): a JSON log whose values broke out. */
    @Test
    void anAuditLineIsOneLineOfJsonWhateverItsReason() throws Exception {
        String reason = "a\"},{\"x\":\"\n\r\t\u001b[31m\u2028\\ \u0007";
        admin.post(
                "/console",
                "do=ignore_errors&b=shop&m=http%3A%2F%2F127.0.0.1%3A1&reason=" + encoded(reason),
                "Sec-Fetch-Site",
                "same-origin");

        List<String> lines = Files.readAllLines(admin.audit());
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).matches("[ -~]*");
        assertThat(new Yaml().<Object>load(lines.get(0))).asString().contains("ignore_errors");
    }

    /** Scans for managers and actuators: nothing is there that the configuration does not name. */
    @Test
    void nothingIsServedThatIsNotConfigured() throws Exception {
        try (AdminFixture bare = AdminFixture.start(folder, "ProxyPass /app http://127.0.0.1:1/\n")) {
            for (String path :
                    List.of("/console", "/api", "/metrics", "/balancer-manager", "/server-status", "/manager/html")) {
                assertThat(bare.get(path).status())
                        .as("passed on to the container, or 404: " + path)
                        .isIn(0, 404);
            }
        }
    }

    /** Clickjacking: the console in a frame of another page. */
    @Test
    void theConsoleStandsInNoFrame() throws Exception {
        assertThat(admin.get("/console")
                        .answered()
                        .first("Content-Security-Policy")
                        .orElse(""))
                .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'");
    }
}
