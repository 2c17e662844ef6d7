package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.ProxyEngine.Outcome;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Redirects, variables and choices on a request's way; the rows are what httpd 2.4.71 did with the same lines, which are
 * divided by a bar.
 */
class PathRulesTest {
    private final FakeUpstream upstream = new FakeUpstream();

    private FakeExchange asked(String lines, String target, Headers headers) throws Exception {
        String text = lines.replace(" | ", "\n").replace("PROXY", "ProxyPass / http://member:8000/");
        ProxyConfig config = new ConfigLoader().load(text, "conf", "test.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        ProxyEngine engine =
                new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS);
        FakeExchange client = FakeExchange.of("GET", target, headers, RequestBody.NONE);
        upstream.answers(200, "member");
        Outcome outcome = engine.handle(client);
        assertThat(outcome == Outcome.DECLINED).isEqualTo(client.status() == 0);
        return client;
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Redirect /a http://h/b ¦ /a/c?q=1 ¦ 302 http://h/b/c?q=1
            Redirect /a http://h/b ¦ /ab ¦ 0
            Redirect /a/ http://h/b/ ¦ /a ¦ 0
            Redirect /a http://h/b ¦ /a/x%20y%2Fz ¦ 302 http://h/b/x%20y%2Fz
            Redirect /a http://h/b ¦ /a/%25 ¦ 302 http://h/b/%25
            Redirect /a http://h/b?own ¦ /a?theirs ¦ 302 http://h/b?own
            Redirect permanent /a /b ¦ /a ¦ 301 http://www.example.com/b
            Redirect seeother /a /b ¦ /a ¦ 303 http://www.example.com/b
            Redirect 308 /a /b ¦ /a ¦ 308 http://www.example.com/b
            Redirect gone /a ¦ /a/x ¦ 410
            Redirect 404 /a ¦ /a/x ¦ 404
            RedirectMatch ^/(.)(.*) http://h/$2/$1 ¦ /abc ¦ 302 http://h/bc/a
            RedirectMatch ^/esc/(.*) http://h/%20/$1 ¦ /esc/%25 ¦ 302 http://h/%2520/%25
            RedirectMatch ^/p(.*) http://h:80$1 ¦ /p/x ¦ 302 http://h/x
            RedirectMatch ^/q/(.*) http://h/?$1 ¦ /q/a%0d%0ab ¦ 302 http://h/?a%0d%0ab
            RedirectMatch ^/bad/(.*) $1 ¦ /bad/x ¦ 500
            RedirectRelative On | Redirect /a /b ¦ /a/x ¦ 302 /b/x
            UseCanonicalName On | ServerName real.example:8080 | Redirect /a /b ¦ /a ¦ 302 http://real.example:8080/b
            Redirect /a/b http://h/1 | Redirect /a http://h/2 ¦ /a/b ¦ 302 http://h/1
            PROXY | Redirect /a http://h/ ¦ /a ¦ 200
            ProxyPass /a ! | PROXY | Redirect /a http://h/ ¦ /a/x ¦ 302 http://h//x
            PROXY | <Location /a> | Redirect http://h/%{REQUEST_METHOD} | </Location> ¦ /a/x ¦ 302 http://h/GET
            PROXY | <Location /a> | Redirect /a/b http://h/ | </Location> ¦ /a/c ¦ 200
            PROXY | <Location /a> | Redirect gone | </Location> ¦ /a/c ¦ 410
            PROXY | SetEnvIf Request_URI ^/a no-proxy ¦ /a ¦ 0
            PROXY | <If "%{REQUEST_URI} == '/a'"> | Redirect gone | </If> ¦ /a ¦ 410
            PROXY | <If "false"> | Redirect gone | </If> | <Else> | Redirect 403 | </Else> ¦ /a ¦ 403
            PROXY | <If "true"> | <If "true"> | Redirect gone | </If> | </If> ¦ /a ¦ 410
            PROXY | <If "'a' =~ /(b|bb)*/"> | Redirect gone | </If> ¦ /a ¦ 410
            """)
    void redirectsAsHttpdDoes(String lines, String target, String answer) throws Exception {
        FakeExchange client = asked(lines, target, new Headers());

        String location = client.answered().first("Location").orElse("");
        assertThat((client.status() + " " + location).strip()).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            SetEnvIf X-In ^(.)(.*) V=$2$1 ¦ abc ¦ bca
            SetEnvIf X-In abc V=$0 ¦ abc ¦ $0
            SetEnvIf X-In b\\.c V ¦ abc ¦ (null)
            SetEnvIfNoCase x-in ABC V ¦ abc ¦ 1
            SetEnvIf X-In a V=1 | SetEnvIf V 1 !V ¦ abc ¦ (null)
            SetEnvIf ^X-. (.) V=$1 ¦ abc ¦ a
            SetEnvIf X-None ^$ V=none ¦ abc ¦ none
            SetEnvIfExpr "req('X-In') =~ /b(.)/" V=$1 ¦ abc ¦ c
            SetEnvIfExpr "req('X-In') == 'abc'" V=$1 ¦ abc ¦ $1
            SetEnv V set ¦ abc ¦ set
            SetEnv V set | SetEnvIf X-In . V=if ¦ abc ¦ if
            SetEnv V set | <Location /> | UnsetEnv V | </Location> ¦ abc ¦ (null)
            SetEnv V set | <If "true"> | SetEnv V chosen | </If> ¦ abc ¦ chosen
            """)
    void setsVariablesAsHttpdDoes(String lines, String sent, String value) throws Exception {
        asked(lines + " | PROXY | RequestHeader set X-Out %{V}e", "/", Headers.of("X-In", sent));

        assertThat(upstream.sent().get(0).request().headers().first("X-Out")).contains(value);
    }

    @Test
    void aConditionThatRunsAwayIsNeitherTrueNorFalse() throws Exception {
        String lines = "PROXY | <If \"req('X-In') =~ /a*a*a*a*b/\"> | Header set X y | </If>";

        assertThat(asked(lines, "/", Headers.of("X-In", "a".repeat(3000))).status())
                .isEqualTo(500);
    }

    @Test
    void noCapturedByteEndsAField() throws Exception {
        FakeExchange client =
                asked("RedirectMatch ^/(.*) http://h/$1?$1#$1", "/a%0d%0aSet-Cookie:%20x%0a%09%7f", new Headers());

        assertThat(client.answered().first("Location").orElseThrow()).matches("[!-~]+");
        assertThat(client.answered().contains("Set-Cookie")).isFalse();
    }
}
