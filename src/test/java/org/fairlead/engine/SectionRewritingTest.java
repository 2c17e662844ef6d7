package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules in {@code <Location>}, through the engine; the rows are what httpd 2.4 did with the same lines. */
class SectionRewritingTest {
    private static final String LINES = """
            ServerName a.example.org
            ProxyPass /nomember !
            ProxyPass / http://m:8000/
            <Location /a>
            RewriteEngine On
            RewriteCond %{HTTP:X-Deny} yes
            RewriteRule ^ - [F]
            RewriteCond %{HTTP:X-Gone} yes
            RewriteRule .* - [G]
            RewriteCond %{HTTP:X-Move} abs
            RewriteRule ^(.*)$ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]
            RewriteCond %{HTTP:X-Move} rel
            RewriteRule . /other [R,L]
            RewriteCond %{HTTP:X-Move} query
            RewriteRule . /other?x=1 [R,L,QSA]
            RewriteRule .* - [E=seen:%{REQUEST_URI}?%{QUERY_STRING}:%{ENV:SCRIPT_URL}]
            RequestHeader set X-Seen "%{seen}e"
            </Location>
            <Location /a/sub>
            RewriteEngine On
            RewriteRule ^ - [E=sub:1]
            </Location>
            <Location /a/off>
            RewriteEngine Off
            </Location>
            <Location /a/engine>
            RewriteEngine On
            </Location>
            <Location /a/none>
            Header set X-None 1
            </Location>
            <Location /a/inherits>
            RewriteOptions Inherit
            RewriteRule ^ - [E=sub:1]
            </Location>
            <Location /without>
            RewriteRule ^ - [F]
            </Location>
            <Location /closed>
            RewriteEngine On
            RewriteRule ^ - [G]
            Require all denied
            </Location>
            <Location /nomember>
            RewriteEngine On
            RewriteRule ^ - [G]
            </Location>
            <Location /path>
            RewriteEngine On
            RewriteCond %{REQUEST_URI} ^/path/secret/
            RewriteRule ^.*$ - [F]
            </Location>
            <Location /env>
            RewriteEngine On
            RewriteRule ^ - [E=word:rule]
            SetEnv word set
            RequestHeader set X-Seen "%{word}e"
            </Location>
            <Location /cookie>
            RewriteEngine On
            RewriteRule ^ - [CO=seen:1:.example.org]
            </Location>
            """;

    private final FakeUpstream upstream = new FakeUpstream();
    private ProxyEngine engine;

    @BeforeEach
    void build() throws Exception {
        engine = engine(LINES, "conf");
    }

    private ProxyEngine engine(String text, String format) throws Exception {
        ProxyConfig config =
                new ConfigLoader().load(text, format, "test." + format).config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        return new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS);
    }

    private String ask(String target, String... fields) throws Exception {
        upstream.answers(200, "");
        int before = upstream.sent().size();
        Headers headers = Headers.of(fields);
        headers.add("Host", "a.example.org");
        FakeExchange client = FakeExchange.of("GET", target, headers, RequestBody.NONE);
        engine.handle(client);
        if (upstream.sent().size() == before) {
            upstream.forgetSteps();
            return client.status()
                    + client.answered().first("Location").map(url -> " " + url).orElse("");
        }
        return "member"
                + upstream.sent()
                        .get(before)
                        .request()
                        .headers()
                        .first("X-Seen")
                        .map(seen -> " " + seen)
                        .orElse("")
                + client.answered()
                        .first("Set-Cookie")
                        .map(cookie -> " " + cookie)
                        .orElse("");
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            /a/q?z=1         |               | member /a/q?z=1:
            /a/q             | X-Deny: yes   | 403
            /a/%0Aq          | X-Gone: yes   | 410
            /a/q             | X-Gone: yes   | 410
            /a/q?z=1         | X-Move: abs   | 301 https://a.example.org/a/q?z=1
            /a/q?z=1         | X-Move: rel   | 302 http://a.example.org/other?z=1
            /a/q?z=1         | X-Move: query | 302 http://a.example.org/other?x=1&z=1
            /a/sub/x         | X-Deny: yes   | member (null)
            /a/off/x         | X-Deny: yes   | member (null)
            /a/engine/x      | X-Deny: yes   | member (null)
            /a/none/x        | X-Deny: yes   | 403
            /a/inherits/x    | X-Deny: yes   | 403
            /a/inherits/x?   |               | member /a/inherits/x?:
            /without/x       |               | member
            /closed/x        |               | 403
            /nomember/x      |               | 410
            /path/open       |               | member
            /path/secret/x   |               | 403
            /path/a/../secret/x |            | 403
            /path/secret%2Fx |               | 400
            /env/x           |               | member rule
            /cookie/x        |               | member seen=1; path=/; domain=.example.org
            """)
    void doWhatHttpdDoes(String target, String field, String expected) throws Exception {
        String[] fields = field == null ? new String[0] : field.split(": ");

        assertThat(ask(target, fields)).isEqualTo(expected);
    }

    @Test
    void areWrittenInTheNativeFormToo() throws Exception {
        engine = engine("""
                ProxyPass:
                  - path: /
                    url: http://m:8000/
                Location:
                  - path: /a
                    RewriteEngine: On
                    RewriteRule:
                      - pattern: ^
                        substitution: "-"
                        flags: F
                        RewriteCond:
                          - test: "%{HTTP:X-Deny}"
                            pattern: "yes"
                """, "yaml");

        assertThat(ask("/a/x", "X-Deny", "yes")).isEqualTo("403");
        assertThat(ask("/a/x")).isEqualTo("member");
        assertThat(ask("/b", "X-Deny", "yes")).isEqualTo("member");
    }
}
