package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code UseCanonicalName} and the scheme of {@code ServerName} hold wherever the server names itself. */
class CanonicalNameTest {
    private static final String CANONICAL = "UseCanonicalName On | ServerName www.example.org:8443";
    private static final String BEHIND_TLS = "UseCanonicalName On | ServerName https://www.example.org:443";

    private static String names(String lines) {
        return lines.replace("CANONICAL", CANONICAL)
                .replace("BEHIND_TLS", BEHIND_TLS)
                .replace(" | ", "\n");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            CANONICAL | Redirect /a /b ¦ http://www.example.org:8443/b
            BEHIND_TLS | Redirect /a /b ¦ https://www.example.org/b
            ServerName https://www.example.org:443 | Redirect /a /b ¦ https://alias.example/b
            CANONICAL | RewriteEngine On | RewriteRule ^/a$ /b [R] ¦ http://www.example.org:8443/b
            BEHIND_TLS | RewriteEngine On | RewriteRule ^/a$ /b [R] ¦ https://www.example.org/b
            ServerName https://www.example.org | RewriteEngine On | RewriteRule ^/a$ /b [R] ¦ https://alias.example/b
            BEHIND_TLS | RewriteEngine On | RewriteRule ^/a$ %{REQUEST_SCHEME}://%{SERVER_NAME}:%{SERVER_PORT}/b [R] ¦ https://www.example.org:443/b
            """)
    void redirectsOfOurOwn(String lines, String location) throws Exception {
        FakeExchange client = FakeExchange.of("GET", "/a", Headers.of("Host", "alias.example"), RequestBody.NONE);

        AccessTest.engine(names(lines) + "\n", new FakeUpstream()).handle(client);

        assertThat(client.answered().first("Location")).contains(location);
    }

    @ParameterizedTest(name = "{0} -> {1}, {2}, {3}")
    @CsvSource(delimiter = '¦', textBlock = """
            CANONICAL ¦ http://www.example.org:8443/app/in ¦ http www.example.org 8443 ¦ http
            BEHIND_TLS ¦ https://www.example.org/app/in ¦ https www.example.org 443 ¦ https
            ServerName https://www.example.org:443 ¦ https://alias.example/app/in ¦ https alias.example 443 ¦ https
            ServerName www.example.org ¦ http://alias.example/app/in ¦ http alias.example 80 ¦ http
            ServerName www.example.org | <Location /app> | UseCanonicalName On | </Location> ¦ http://www.example.org/app/in ¦ http www.example.org 80 ¦ http
            """)
    void responsesVariablesAndForwardedFields(String lines, String location, String variables, String proto)
            throws Exception {
        FakeUpstream upstream = new FakeUpstream().answers(302, "", "Location", "http://127.0.0.1:1/x/in");
        FakeExchange client = FakeExchange.of("GET", "/app/y", Headers.of("Host", "alias.example"), RequestBody.NONE);
        String rules = "ProxyPass /app http://127.0.0.1:1/x\nProxyPassReverse /app http://127.0.0.1:1/x\n"
                + "RequestHeader set X \"expr=%{REQUEST_SCHEME} %{SERVER_NAME} %{SERVER_PORT}\"\n";

        AccessTest.engine(names(lines) + "\n" + rules, upstream).handle(client);

        assertThat(client.answered().first("Location")).contains(location);
        assertThat(upstream.sent().get(0).request().headers().first("X")).contains(variables);
        assertThat(upstream.sent().get(0).request().headers().first("X-Forwarded-Proto"))
                .contains(proto);
    }
}
