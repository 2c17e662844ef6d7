package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The console's pages that explain a request: what they show, what they escape and what they refuse. */
class ConsoleExplainTest {
    @TempDir
    private static Path folder;

    private AdminFixture admin;

    @BeforeEach
    void start() throws Exception {
        admin = AdminFixture.start(folder, """
                RequestRecorder On sample=0
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:1 route=a
                    BalancerMember http://127.0.0.1:2 route=b
                    ProxySet stickysession=SID
                </Proxy>
                <Location /closed>
                    Require all denied
                </Location>
                ProxyPass /console !
                ProxyPass / balancer://shop/
                <Location /console>
                    SetHandler fairlead-console
                    Require ip 127.0.0.1
                </Location>
                """);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private String answer(String form) throws Exception {
        FakeExchange asked = admin.post("/console", form, "Sec-Fetch-Site", "same-origin");
        assertThat(asked.status()).isEqualTo(200);
        return asked.text();
    }

    @Test
    void theFormExplainsARequestThatWouldBe() throws Exception {
        assertThat(admin.get("/console?explain").text()).contains("name=\"url\"", "name=\"fields\"");

        String page = answer("do=explain&method=GET&url=http%3A%2F%2Fwww.example.com%2Fx&client=192.0.2.1"
                + "&fields=Cookie%3A+SID%3Dsecret-value.b%0D%0AX%3A+y");

        assertThat(page)
                .contains(
                        "Decision: forward",
                        "chosen: the session is its own",
                        "ProxyPass / forwards it to &#39;shop&#39;");
        assertThat(page.substring(page.indexOf("Decision"))).doesNotContain("secret-value");
        assertThat(answer("do=explain&url=http%3A%2F%2Fwww.example.com%2Fclosed&client=192.0.2.1"))
                .contains("Decision: respond 403", "test.conf:9");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            url=ftp%3A%2F%2Fx&client=192.0.2.1                        | request &#39;GET ftp://x&#39;
            url=http%3A%2F%2Fx%2F&client=nobody                       | client &#39;nobody&#39;
            url=http%3A%2F%2Fx%2F&client=192.0.2.1&fields=nonsense    | field &#39;nonsense&#39;
            url=%3Cscript%3E&client=192.0.2.1                         | &lt;script&gt;
            """)
    void whatCannotBeARequestIsSaidAndEscaped(String form, String expected) throws Exception {
        assertThat(answer("do=explain&" + form)).contains(expected).doesNotContain("<script>");
    }

    @Test
    void aKeptRequestHasItsPage() throws Exception {
        admin.asked(FakeExchange.of(
                        "GET",
                        "/closed/%3Cb%3E?q=secret-value",
                        Headers.of("Cookie", "SID=secret-value.a"),
                        GivenBody.of("", 0))
                .named("kept-one"));
        admin.asked(FakeExchange.get("/lost").named("kept-two"));

        assertThat(admin.get("/console?explain").text()).contains("?request=kept-one", "refused", "KiB");
        assertThat(admin.get("/console?request=kept-one").text())
                .contains("The client got 403", "refused by access", "q=***")
                .doesNotContain("secret-value");
        assertThat(admin.get("/console?request=kept-two").text())
                .contains("Attempt 2", "failed (connect)", "another member is tried", "this request was at it already");
    }

    @Test
    void anUnknownRequestIsNotThereAndAnotherSitesFormIsRefused() throws Exception {
        assertThat(admin.get("/console?request=none").status()).isEqualTo(404);
        assertThat(admin.post("/console", "do=explain&url=http%3A%2F%2Fx%2F", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
    }
}
