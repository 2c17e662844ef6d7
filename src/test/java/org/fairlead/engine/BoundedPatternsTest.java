package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pattern that meets a client's or a member's text ends in bounded time, and what it decides about is not open then. */
class BoundedPatternsTest {
    private static final Duration AT_MOST = Duration.ofSeconds(20);
    private static final String LONG = "/a".repeat(4000);

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            ProxyPassMatch ^/(.*)/(.*)/(.*)\\.php$ http://127.0.0.1:1/$1/$2/$3.php ¦ 500
            <LocationMatch "(/.*)+(/.*)+(/.*)+z$"> | Require all denied | </LocationMatch> ¦ 500
            <LocationMatch "(?<x>/.*)(/.*)(/.*)z$"> | Header set X y | </LocationMatch> ¦ 500
            <Location "/a*a*a*a*a*z"> | Require all denied | </Location> ¦ 200
            <Location ~ "/.*/.*/.*/.*z$"> | Require all denied | </Location> ¦ 500
            <ProxyMatch "/.*/.*/.*/.*z$"> | Require all denied | </ProxyMatch> ¦ 500
            RequestHeader edit X-Long .*,.*,.*,.*z$ y ¦ 500
            RequestHeader edit* X-Long .*,.*,.*,.*z$ y ¦ 500
            RequestHeader edit X-Long .*,.*,.*,.*z$ y early ¦ 500
            Header edit X-Answer .*,.*,.*,.*z$ y ¦ 200
            Header edit* X-Answer .*,.*,.*,.*z$ y ¦ 200
            Header always edit X-Answer .*,.*,.*,.*z$ y ¦ 200
            SetEnvIf X-Long .*,.*,.*,.*z$ v ¦ 500
            BrowserMatch .*,.*,.*,.*z$ v ¦ 500
            <If "%{HTTP_USER_AGENT} =~ /.*,.*,.*,.*z$/"> | Require all denied | </If> ¦ 500
            <Location /> | RedirectMatch /.*/.*/.*/.*z$ http://other.example/ | </Location> ¦ 500
            """)
    void aPatternThatTriesEveryWayEnds(String lines, int status) throws Exception {
        String text = ",a".repeat(4000);
        FakeUpstream upstream = new FakeUpstream().answers(200, "", "X-Answer", text);
        ProxyEngine engine =
                AccessTest.engine(lines.replace(" | ", "\n") + "\nProxyPass / http://127.0.0.1:1/\n", upstream);
        FakeExchange client =
                FakeExchange.of("GET", LONG, Headers.of("X-Long", text, "User-Agent", text), RequestBody.NONE);

        Assertions.assertTimeoutPreemptively(AT_MOST, () -> engine.handle(client));

        assertThat(client.status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            <LocationMatch "^/a/.*/.*/.*z$"> | Require all denied | </LocationMatch>
            <ProxyMatch "/.*/.*/.*/.*z$"> | Require all denied | </ProxyMatch>
            """)
    void aRuleOfRewritingIsNoWayAroundASectionThatCannotBeDecided(String lines) throws Exception {
        FakeUpstream upstream = new FakeUpstream().answers(200, "");
        ProxyEngine engine = AccessTest.engine(
                lines.replace(" | ", "\n") + "\nRewriteEngine On\nRewriteRule ^(/.*) http://127.0.0.1:1$1 [P]\n",
                upstream);
        FakeExchange client = FakeExchange.get(LONG);

        engine.handle(client);

        assertThat(client.status()).isEqualTo(500);
        assertThat(upstream.sent()).isEmpty();
    }
}
