package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.exchange.RequestBody;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code SSLRequire} through the whole engine; the table was tried on httpd 2.4.71, over TLS and without. */
class SslRequireTest {
    private final FakeUpstream upstream = new FakeUpstream();

    private int status(String sections, String path, boolean tls, String... fields) throws Exception {
        upstream.answers(200, "");
        FakeExchange client = FakeExchange.of("GET", path, Headers.of(fields), RequestBody.NONE)
                .over(new ClientConnection("192.0.2.7", 4711, "192.0.2.1", tls ? 443 : 80, tls));
        AccessTest.engine("ProxyPass / http://127.0.0.1:1/\n" + sections, upstream)
                .handle(client);
        return client.status();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            %{HTTP:X} eq "beta"                                   | 200
            %{HTTP:X} == "beta"                                   | 200
            %{HTTP:X} = "beta"                                    | 200
            %{HTTP:X} -eq "beta"                                  | 200
            %{HTTP:X} eq "alpha"                                  | 403
            %{HTTP:X} ne "alpha"                                  | 200
            %{HTTP:X} -ne "beta"                                  | 403
            %{HTTP:X} lt "gamma"                                  | 200
            %{HTTP:X} lt "zet"                                    | 403
            %{HTTP:X} < "zet"                                     | 403
            %{HTTP:X} -gt "zet"                                   | 200
            %{HTTP:X} >= "beta"                                   | 200
            %{HTTP:X} le "abcde"                                  | 200
            "9" lt "10"                                           | 200
            "09" gt "9"                                           | 200
            "2" -gt "10"                                          | 403
            %{HTTP:X} in {"alpha", "beta"}                        | 200
            %{HTTP:X} in {"alpha", "gamma"}                       | 403
            %{HTTP:X} =~ m/^be/                                   | 200
            %{HTTP:X} !~ /^be/                                    | 403
            not %{HTTP:X} eq "beta" or %{REMOTE_ADDR} eq "::9"    | 403
            ( %{HTTP:X} eq "beta" and true ) or false             | 200
            %{HTTP:X} eq "beta" and %{REQUEST_METHOD} in {"POST"} | 403
            """)
    void comparesTextsByTheirLengthFirst(String expression, int expected) throws Exception {
        String sections = "<Location /a>\nSSLRequire " + expression + "\n</Location>\n";

        assertThat(status(sections, "/a", true, "X", "beta")).isEqualTo(expected);
        assertThat(status(sections, "/a", false, "X", "beta"))
                .as("without TLS it is not asked")
                .isEqualTo(200);
    }

    @Test
    void linesOfAllSectionsAddUpWhateverOtherRulesSay() throws Exception {
        String sections = """
                <Location /a>
                SSLRequire %{HTTP:X} eq "1"
                SSLRequire %{HTTP:Y} eq "1"
                </Location>
                <Location /a/b>
                <Limit POST>
                SSLRequire %{HTTP:Z} eq "1"
                </Limit>
                Require all granted
                Satisfy Any
                </Location>
                """;

        assertThat(status(sections, "/a", true, "X", "1", "Y", "1")).isEqualTo(200);
        assertThat(status(sections, "/a", true, "X", "1")).isEqualTo(403);
        assertThat(status(sections, "/a/b", true, "X", "1", "Y", "1")).isEqualTo(403);
        assertThat(status(sections, "/a/b", true, "X", "1", "Y", "1", "Z", "1")).isEqualTo(200);
        assertThat(status(sections, "/a/b", true, "Z", "1")).isEqualTo(403);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/pub/..%2Fa", "/pub/..;/a", "/a%09", "/a;x"})
    void noSpellingOfThePathSlipsPastIt(String path) throws Exception {
        String sections = "<Location /a>\nSSLRequire %{HTTP:X} eq \"1\"\n</Location>\n";

        assertThat(status(sections, path, true)).isIn(400, 403);
    }
}
