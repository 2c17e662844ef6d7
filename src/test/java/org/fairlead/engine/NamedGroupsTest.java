package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Named groups of sections are variables, in capitals, behind {@code MATCH_} (httpd 2.4.8). */
class NamedGroupsTest {
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', textBlock = """
            <LocationMatch "^/node/(?<host>[^/]+)/(?<port>\\d+)(/|$)"> | RequestHeader set X "%{MATCH_HOST}e:%{MATCH_PORT}e" | </LocationMatch> ¦ /node/n1/8080/x ¦ n1:8080
            <LocationMatch "^/u/(?P<user_name>[a-z]+)"> | RequestHeader set X "%{MATCH_USER_NAME}e" | </LocationMatch> ¦ /u/ann ¦ ann
            <LocationMatch "^/(?'tenant'[a-z]+)/"> | RequestHeader set X "expr=<%{reqenv:MATCH_TENANT}>" | </LocationMatch> ¦ /acme/x ¦ <acme>
            <Location ~ "^/(?<tenant>[a-z]+)/(?<rest>x)?"> | RequestHeader set X "%{MATCH_TENANT}e %{MATCH_REST}e" | </Location> ¦ /acme/y ¦ acme (null)
            <ProxyMatch "^http://127.0.0.1:1/(?<app>[a-z]+)"> | RequestHeader set X "%{MATCH_APP}e" | </ProxyMatch> ¦ /shop/y ¦ shop
            <LocationMatch "^/s/(?<dir>[^/]+)/(\\k<dir>)$"> | RequestHeader set X "%{MATCH_DIR}e" | </LocationMatch> ¦ /s/a%20b/a%20b ¦ a b
            <LocationMatch "^/t/(?<t>.+)"> | RequestHeader set X yes env=MATCH_T | </LocationMatch> ¦ /t/1 ¦ yes
            RewriteEngine On | RewriteCond %{ENV:MATCH_T} (.+) | RewriteRule . - [E=SEEN:%1] | <LocationMatch "^/t/(?<t>.+)"> | RequestHeader set X "%{SEEN}e" | </LocationMatch> ¦ /t/1 ¦ 1
            RewriteEngine On | RewriteRule ^/old/(.*) /new/$1 [PT] | <LocationMatch "^/new/(?<n>.+)"> | RequestHeader set X "%{MATCH_N}e" | </LocationMatch> ¦ /old/7 ¦ 7
            <LocationMatch "^/(?<site>a)"> | Require env MATCH_SITE | RequestHeader set X in | </LocationMatch> ¦ /a ¦ in
            """)
    void areVariablesWhereverVariablesAreRead(String lines, String path, String value) throws Exception {
        FakeUpstream upstream = new FakeUpstream().answers(200, "");
        ProxyEngine engine =
                AccessTest.engine(lines.replace(" | ", "\n") + "\nProxyPass / http://127.0.0.1:1/\n", upstream);

        engine.handle(FakeExchange.of("GET", path, new Headers(), RequestBody.NONE));

        assertThat(upstream.sent()).hasSize(1);
        assertThat(upstream.sent().get(0).request().headers().first("X")).contains(value);
    }
}
