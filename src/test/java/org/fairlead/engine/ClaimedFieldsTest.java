package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules read what came, as in httpd; what an untrusted client claims never reaches a member as truth. */
class ClaimedFieldsTest {
    private static final String ROUTE = "\nProxyPass / http://127.0.0.1:1/\n";

    private static Headers claims() {
        return Headers.of(
                "X-Forwarded-For", "203.0.113.9",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Host", "claimed.example",
                "Forwarded", "for=203.0.113.9;proto=https",
                "X-Real-IP", "203.0.113.9",
                "X-Client", "203.0.113.9",
                "X-Other", "o");
    }

    private static FakeUpstream ask(String lines, FakeExchange client) throws Exception {
        FakeUpstream upstream = new FakeUpstream().answers(200, "");
        AccessTest.engine(lines.replace(" | ", "\n") + ROUTE, upstream).handle(client);
        return upstream;
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            RewriteEngine On | RewriteCond %{HTTP:X-Forwarded-Proto} !https | RewriteRule . https://h/ [R] ¦ 200
            RewriteEngine On | RewriteCond %{HTTP:X-Real-IP} ^203 | RewriteRule . - [F] ¦ 403
            RewriteEngine On | RewriteCond %{HTTP_FORWARDED} proto=https | RewriteRule . - [F] ¦ 403
            RewriteEngine On | RewriteCond expr "req('X-Forwarded-Host') == 'claimed.example'" | RewriteRule . - [F] ¦ 403
            SetEnvIf X-Forwarded-For ^203 office | <Location /> | Require env office | </Location> ¦ 200
            SetEnvIfExpr "req('X-Forwarded-For') =~ /^203/" office | <Location /> | Require env office | </Location> ¦ 200
            <Location /> | Require expr "%{req:X-Forwarded-Proto} == 'https'" | </Location> ¦ 200
            <If "req('X-Forwarded-Proto') == 'https'"> | Redirect gone / | </If> ¦ 410
            RemoteIPHeader X-Client | RemoteIPInternalProxy 10.0.0.0/8 | SetEnvIf X-Client ^203 v | <Location /> | Require env v | </Location> ¦ 200
            <Location /> | Require ip 203.0.113.9 | </Location> ¦ 403
            RemoteIPHeader X-Forwarded-For | RemoteIPInternalProxy 10.0.0.0/8 | <Location /> | Require ip 203.0.113.9 | </Location> ¦ 403
            """)
    void areReadByRulesAndDecideNothingAboutTheClientsAddress(String lines, int status) throws Exception {
        FakeExchange client = FakeExchange.of("GET", "/", claims(), RequestBody.NONE);

        ask(lines, client);

        assertThat(client.status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', textBlock = """
            LogLevel warn ¦ X-Forwarded-For ¦ [192.0.2.7]
            LogLevel warn ¦ X-Forwarded-Proto ¦ [http]
            LogLevel warn ¦ X-Forwarded-Host ¦ [www.example.com]
            LogLevel warn ¦ Forwarded ¦ []
            LogLevel warn ¦ X-Real-IP ¦ []
            LogLevel warn ¦ X-Client ¦ [203.0.113.9]
            LogLevel warn ¦ X-Other ¦ [o]
            RemoteIPHeader X-Client | RemoteIPInternalProxy 10.0.0.0/8 ¦ X-Client ¦ []
            ProxyAddHeaders Off ¦ X-Forwarded-For ¦ []
            RequestHeader set X-Forwarded-Proto https ¦ X-Forwarded-Proto ¦ [https]
            RequestHeader set X-Forwarded-Proto "expr=%{req:X-Forwarded-Proto}" ¦ X-Forwarded-Proto ¦ [https]
            RequestHeader set X-Forwarded-Proto https early ¦ X-Forwarded-Proto ¦ [https]
            RequestHeader setifempty X-Real-IP %{REMOTE_ADDR}s ¦ X-Real-IP ¦ [192.0.2.7]
            RequestHeader setifempty X-Real-IP %{REMOTE_ADDR}s early ¦ X-Real-IP ¦ [192.0.2.7]
            RequestHeader add X-Real-IP mine ¦ X-Real-IP ¦ [mine]
            RequestHeader append X-Real-IP mine ¦ X-Real-IP ¦ [mine]
            RequestHeader edit X-Real-IP ^203 10 ¦ X-Real-IP ¦ [10.0.113.9]
            RequestHeader edit X-Real-IP ^9 10 ¦ X-Real-IP ¦ []
            RequestHeader edit* X-Real-IP [0-9] x ¦ X-Real-IP ¦ [xxx.x.xxx.x]
            RequestHeader edit X-Real-IP ^203 10 early ¦ X-Real-IP ¦ [10.0.113.9]
            RequestHeader unset X-Real-IP ¦ X-Real-IP ¦ []
            RequestHeader set X-Seen "expr=%{req:X-Forwarded-For}" ¦ X-Seen ¦ [203.0.113.9]
            RequestHeader set X-Seen yes "expr=req('X-Real-IP') =~ /^203/" ¦ X-Seen ¦ [yes]
            SetEnvIf X-Forwarded-For (.*) came=$1 | RequestHeader set X-Seen %{came}e ¦ X-Seen ¦ [203.0.113.9]
            RemoteIPHeader X-Forwarded-For | RemoteIPInternalProxy 192.0.2.7 ¦ X-Forwarded-For ¦ [203.0.113.9]
            RemoteIPHeader X-Forwarded-For | RemoteIPInternalProxy 192.0.2.7 ¦ X-Real-IP ¦ [203.0.113.9]
            RemoteIPHeader X-Forwarded-For | RemoteIPInternalProxy 192.0.2.7 ¦ X-Forwarded-Proto ¦ [https]
            RemoteIPHeader X-Client | RemoteIPProxiesHeader X-Via ¦ X-Client ¦ []
            RemoteIPHeader X-Client | RemoteIPProxiesHeader X-Via ¦ X-Via ¦ [192.0.2.7]
            """)
    void reachAMemberOnlyWhereTheOperatorHasMadeThemItsOwn(String lines, String field, String values) throws Exception {
        FakeUpstream upstream = ask(lines, FakeExchange.of("GET", "/", claims(), RequestBody.NONE));

        assertThat(upstream.sent().get(0).request().headers().all(field)).hasToString(values);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '¦', textBlock = """
            LogLevel warn ¦ X_Forwarded_For ¦ false
            LogLevel warn ¦ x_real_ip ¦ false
            LogLevel warn ¦ X-Forwarded_Proto ¦ false
            LogLevel warn ¦ X_Trace ¦ true
            RequestHeader set X-User nobody ¦ X_User ¦ false
            RequestHeader unset X-User ¦ X_User ¦ false
            RequestHeader set X_User nobody ¦ X-User ¦ false
            RequestHeader set X_User nobody ¦ X_User ¦ true
            RequestHeader set X-User nobody ¦ X_Users ¦ true
            RemoteIPHeader X-Forwarded-For | RemoteIPInternalProxy 192.0.2.7 ¦ X_Forwarded_For ¦ false
            """)
    void anotherSpellingThatCgiReadsAsOneOfThemIsDropped(String lines, String field, boolean passes) throws Exception {
        FakeUpstream upstream = ask(lines, FakeExchange.of("GET", "/", Headers.of(field, "root"), RequestBody.NONE));

        assertThat(upstream.sent().get(0).request().headers().contains(field)).isEqualTo(passes);
    }

    @Test
    void trailersSayNothingThatTheHeadMayNot() throws Exception {
        RequestBody body = new RequestBody() {
            @Override
            public long length() {
                return -1;
            }

            @Override
            public InputStream stream() {
                return InputStream.nullInputStream();
            }

            @Override
            public Headers trailers() {
                return Headers.of(
                        "X-Real-IP", "1", "X-User", "root", "X_User", "root", "x_forwarded_for", "1", "X-Sum", "7");
            }
        };

        FakeUpstream upstream =
                ask("RequestHeader set X-User nobody", FakeExchange.of("POST", "/", new Headers(), body));

        assertThat(upstream.sent().get(0).request().body().trailers()).hasToString("X-Sum: 7\n");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            Header set X "expr=%{resp:Content-Length}" ¦ 5
            Header set X "expr=%{resp:Transfer-Encoding}/%{resp:Connection}" ¦ gzip, chunked/keep-alive
            Header set X long "expr=%{resp:Content-Length} -gt 4" ¦ long
            Header always set X long "expr=%{resp:Content-Length} -gt 4" ¦ long
            Header note Content-Length size | Header set X "%{size}e" ¦ 5
            """)
    void fieldsThatFrameAnAnswerAreReadable(String lines, String value) throws Exception {
        FakeUpstream upstream = new FakeUpstream()
                .answers(
                        200,
                        "hello",
                        "Content-Length",
                        "5",
                        "Transfer-Encoding",
                        "gzip, chunked",
                        "Connection",
                        "keep-alive");
        FakeExchange client = FakeExchange.get("/");

        AccessTest.engine(lines.replace(" | ", "\n") + ROUTE, upstream).handle(client);

        assertThat(client.answered().first("X")).contains(value);
        assertThat(client.answered().contains("Content-Length")).isFalse();
        assertThat(client.answered().contains("Connection")).isFalse();
    }
}
