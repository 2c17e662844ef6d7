package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ErrorDocument} with a path that a route takes: a member makes the page, the error keeps its status. */
class ErrorPagesTest {
    private static final String PAGES = """
            ErrorDocument 403 /errors/403?a=b
            ErrorDocument 404 /errors/404
            ErrorDocument 503 /errors/503
            ErrorDocument 410 /gone/page
            RequestHeader set X-Why "%{REDIRECT_STATUS}e %{REDIRECT_REQUEST_METHOD}e %{REDIRECT_URL}e"
            <Location /secret>
            Require all denied
            </Location>
            Redirect gone /gone
            ProxyPass /gone !
            ProxyPassMatch ^/errors/none$ !
            ProxyPass /errors http://pages:81/errors
            ProxyPass /secret http://app:80/secret
            ProxyPass /app http://app:80/app
            <Location /app/covered>
            ProxyErrorOverride On
            </Location>
            """;

    private final FakeUpstream upstream = new FakeUpstream();

    private ProxyEngine engine(String text) throws Exception {
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        return new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS);
    }

    private static FakeExchange asking(String method, String target) {
        Headers headers = Headers.of("Range", "bytes=0-1", "If-None-Match", "*");
        return method.equals("POST")
                ? FakeExchange.of(method, target, headers, GivenBody.of("data", 4))
                : FakeExchange.of(method, target, headers, RequestBody.NONE);
    }

    @ParameterizedTest(name = "{0} {1} -> {2} with {3}")
    @CsvSource(textBlock = """
            GET,  /secret/x?q, 403, /errors/403?a=b, 403 GET /secret/x
            POST, /secret/x,   403, /errors/403?a=b, 403 POST /secret/x
            """)
    void aRefusalGetsTheMembersPageAndKeepsItsStatus(
            String method, String target, int status, String page, String variables) throws Exception {
        upstream.answers(200, "the page");
        FakeExchange client = asking(method, target);

        engine(PAGES).handle(client);

        assertThat(client.status()).isEqualTo(status);
        assertThat(client.text()).isEqualTo("the page");
        OutgoingRequest sent = upstream.sent().get(0).request();
        assertThat(sent.method()).isEqualTo("GET");
        assertThat(sent.target()).isEqualTo(page);
        assertThat(sent.body().isPresent()).isFalse();
        assertThat(sent.headers().first("X-Why")).contains(variables);
        assertThat(sent.headers().contains("Range")).isFalse();
        assertThat(sent.headers().contains("If-None-Match")).isFalse();
    }

    @Test
    void aMemberThatCannotBeReachedIsAnsweredWithThePageOfAnother() throws Exception {
        upstream.fails(Kind.CONNECT, false, false).answers(200, "sorry");
        FakeExchange client = FakeExchange.get("/app/x");

        engine(PAGES).handle(client);

        assertThat(client.status()).isEqualTo(503);
        assertThat(client.text()).isEqualTo("sorry");
        assertThat(upstream.members()).containsExactly("http://app/app", "http://pages:81/errors");
    }

    @Test
    void anOverriddenErrorGetsThePage() throws Exception {
        upstream.answers(404, "the member's own").answers(200, "the page");
        FakeExchange client = FakeExchange.get("/app/covered/x");

        engine(PAGES).handle(client);

        assertThat(client.status()).isEqualTo(404);
        assertThat(client.text()).isEqualTo("the page");
    }

    @Test
    void whatNoRouteTakesGetsThePageToo() throws Exception {
        upstream.answers(200, "the page");
        FakeExchange client = FakeExchange.get("/nothing");

        engine(PAGES).answerNotFound(client);

        assertThat(client.status()).isEqualTo(404);
        assertThat(client.text()).isEqualTo("the page");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"404", "500", "206", "204", "403"})
    void anErrorOfThePageIsNotPassedOn(int ofThePage) throws Exception {
        upstream.answers(ofThePage, "an error about an error");
        FakeExchange client = FakeExchange.get("/secret/x");

        engine(PAGES).handle(client);

        assertThat(client.status()).isEqualTo(403);
        assertThat(client.text()).contains("403 Forbidden").doesNotContain("an error about");
        assertThat(upstream.sent()).hasSize(1);
    }

    @Test
    void aPageThatCannotBeReachedMakesNoLoop() throws Exception {
        upstream.fails(Kind.CONNECT, false, false).fails(Kind.CONNECT, false, false);
        FakeExchange client = FakeExchange.get("/app/x");

        engine(PAGES).handle(client);

        assertThat(client.status()).isEqualTo(503);
        assertThat(client.text()).contains("503 Service Unavailable");
        assertThat(upstream.sent()).hasSize(2);
    }

    @Test
    void aPageThatARuleRefusesMakesNoLoop() throws Exception {
        FakeExchange client = FakeExchange.get("/gone/x");

        engine(PAGES).handle(client);

        assertThat(client.status()).isEqualTo(410);
        assertThat(client.text()).contains("410 Gone");
        assertThat(upstream.sent()).isEmpty();
    }

    @Test
    void theFileStandsInForAPageThatIsNotThere(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("sorry.html"), "from the file");
        upstream.fails(Kind.CONNECT, false, false).fails(Kind.CONNECT, false, false);
        FakeExchange client = FakeExchange.get("/x");

        engine("DocumentRoot " + folder + "\nErrorDocument 503 /sorry.html\nProxyPass / http://app/\n")
                .handle(client);

        assertThat(client.status()).isEqualTo(503);
        assertThat(client.text()).isEqualTo("from the file");
    }

    @Test
    void aRedirectOfThePageIsPassedOn() throws Exception {
        upstream.answers(302, "");
        FakeExchange client = FakeExchange.get("/secret/x");

        engine(PAGES).handle(client);

        assertThat(client.status()).isEqualTo(302);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"200, fine", "418, fine", "503, fine"})
    void aStatusOfARuleHasItsDocument(int status, String text) throws Exception {
        FakeExchange client = FakeExchange.get("/health");

        engine("ErrorDocument " + status + " \"" + text + "\"\nRewriteEngine On\nRewriteRule ^/health$ - [R=" + status
                        + ",L]\nProxyPass / http://app/\n")
                .handle(client);

        assertThat(client.status()).isEqualTo(status);
        assertThat(client.text()).isEqualTo(text);
    }
}
