package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The console in a browser: accessible to all, by keyboard, without script, and with nothing that its policy forbids. */
class ConsoleBrowserIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Where pictures go, for eyes; nothing is written without it. */
    private static final Optional<Path> PICTURES =
            Optional.ofNullable(System.getProperty("fairlead.pictures")).map(Path::of);

    private static final Members MEMBERS = new Members();
    private static FairleadJar jar;
    private static Chromium browser;
    private static HttpMember app1;

    @BeforeAll
    static void start() throws IOException {
        Chromium.assumeInstalled();
        app1 = MEMBERS.http("app1");
        HttpMember app2 = MEMBERS.http("app2");
        HttpMember failing = MEMBERS.http("app3", exchange -> exchange.sendResponseHeaders(500, -1));
        jar = FairleadJar.configured("""
                Listen 127.0.0.1:0
                ServerName shop.example.com
                <Proxy balancer://shop>
                    BalancerMember %s route=app1 loadfactor=2
                    BalancerMember %s route=app2
                    BalancerMember http://127.0.0.1:1 route=app4 retry=600
                    BalancerMember http://127.0.0.1:2 route=reserve status=+H
                    ProxySet stickysession=JSESSIONID|jsessionid growth=2
                </Proxy>
                <Proxy balancer://search>
                    BalancerMember %s route=s1 hcmethod=GET hcuri=/health hcinterval=1 hcfails=100
                    ProxySet lbmethod=bybusyness
                </Proxy>
                <Location /console>
                    SetHandler fairlead-console
                    Require ip 127.0.0.1
                </Location>
                ProxyPass /console !
                ProxyPass /search balancer://search/
                ProxyPass / balancer://shop/
                """.formatted(app1.uri(), app2.uri(), failing.uri()));
        for (int i = 0; i < 40; i++) {
            RawClient.exchange(jar.port(), "GET /page HTTP/1.1\r\nHost: shop.example.com\r\n\r\n");
            RawClient.exchange(jar.port(), "GET /search/x HTTP/1.1\r\nHost: shop.example.com\r\n\r\n");
        }
        browser = Chromium.start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        if (jar != null) {
            jar.close();
        }
        MEMBERS.close();
    }

    @BeforeEach
    void asUsual() {
        browser.scripts(true).seenAs(1280, "light").open("about:blank");
        browser.complaints();
    }

    private static String console(String query) {
        return "http://localhost:" + jar.port() + "/console" + query;
    }

    private static String member(HttpMember member) {
        return "?b=shop&m=" + member.uri().toString().replace(":", "%3A").replace("/", "%2F");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            overview, ''
            balancer, ?b=shop
            member,   MEMBER
            order,    MEMBER&do=drain
            refused,  ?b=shop&do=add&url=
            """)
    void noPageKeepsAnybodyOutOrBreaksItsPolicy(String name, String query) {
        String page = console(query.replace("MEMBER", member(app1)));
        for (int width : List.of(1280, 320)) {
            for (String scheme : List.of("light", "dark")) {
                browser.seenAs(width, scheme).open(page);
                PICTURES.ifPresent(folder -> browser.picture(folder.resolve(name + width + scheme + ".png")));

                assertThat(browser.violations()).as(width + " " + scheme).isEmpty();
                assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                        .as("no scrolling in two directions at " + width)
                        .isLessThanOrEqualTo(width);
            }
        }
        assertThat(browser.complaints())
                .filteredOn(one -> !one.contains(" 400 "))
                .isEmpty();
    }

    @Test
    void anOrderIsGivenByKeyboardAloneAndItsReasonIsKept() {
        browser.open(console(member(app1)));
        browser.enterByKeyboard("Drain…");
        await().atMost(PATIENCE).until(() -> browser.url().contains("do=drain"));
        browser.tabTo("reason");
        browser.press("new kernel");
        browser.press(Keys.ENTER);

        await().atMost(PATIENCE).until(() -> browser.text().contains("new kernel"));
        assertThat(browser.text()).contains("Draining").contains("Drn Ok");
        browser.enterByKeyboard("Enable…");
        await().atMost(PATIENCE).until(() -> browser.url().contains("do=enable"));
        browser.enterByKeyboard("Enable");
        await().atMost(PATIENCE).until(() -> !browser.text().contains("Drn Ok"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void withoutScriptAllIsShownAndOrdersAreGiven() {
        browser.scripts(false).open(console(""));

        assertThat(browser.text()).contains("balancer://shop", "1 thing wrong", "Members", "Listeners");
        assertThat(browser.all(".bar button")).isEmpty();
        browser.open(console(member(app1) + "&do=disable"));
        browser.find("form button").click();
        await().atMost(PATIENCE).until(() -> !browser.url().contains("do="));
        assertThat(browser.text()).contains("Disabled", "Dis");
        browser.open(console(member(app1) + "&do=enable"));
        browser.find("form button").click();
        await().atMost(PATIENCE).until(() -> !browser.url().contains("do="));
        assertThat(browser.text()).doesNotContain("Disabled");
    }

    @Test
    void thePageIsKeptUpToDateUntilItIsPausedAndTheFocusStays() throws IOException {
        browser.open(console(""));
        browser.tabTo("Fairlead");
        String before = asOf();
        await().atMost(PATIENCE).until(() -> !asOf().equals(before));
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("brand");

        browser.find(".bar button").click();
        assertThat(browser.text(".bar button")).isEqualTo("Resume updates");
        assertThat(browser.find(".bar button").getDomAttribute("aria-pressed")).isEqualTo("true");
        // A request that was under way when the button was pressed changes nothing any more.
        String paused = asOf();
        long moment = System.nanoTime();
        await().atMost(PATIENCE)
                .until(() -> System.nanoTime() - moment > Duration.ofSeconds(3).toNanos());
        assertThat(asOf()).isEqualTo(paused);
        browser.find(".bar button").click();
        await().atMost(PATIENCE).until(() -> !asOf().equals(paused));
        assertThat(browser.complaints()).isEmpty();
    }

    private static String asOf() {
        return browser.text(".facts");
    }
}
