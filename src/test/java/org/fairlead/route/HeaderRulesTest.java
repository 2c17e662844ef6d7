package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;
import org.fairlead.route.HeaderRules.Moment;
import org.fairlead.route.HeaderRules.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {
    private static Headers request(String rules, Headers headers, FakeExchange exchange) throws Exception {
        HeaderRules.request(HeaderLines.rules(rules), headers, new Headers(), new Subject(exchange, Moment.now(), ""));
        return headers;
    }

    private static String set(String format) throws Exception {
        FakeExchange exchange = Lines.exchange(new Headers());
        return request("RequestHeader set X \"" + format + "\"", new Headers(), exchange)
                .first("X")
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            %{SSL_PROTOCOL}s ¦ TLSv1.3
            %{SSL_NONE}s ¦ (null)
            %{SSL_EMPTY}s ¦ (null)
            %% ¦ %
            """)
    void fillsInWhatItKnows(String format, String expected) throws Exception {
        assertThat(set(format)).isEqualTo(expected);
    }

    @Test
    void tellsWhenTheRequestCame() throws Exception {
        Moment anHourAgo = new Moment(System.nanoTime() - TimeUnit.HOURS.toNanos(1));
        Headers headers = new Headers();
        Instant before = Instant.now().minus(1, ChronoUnit.HOURS);
        HeaderRules.request(
                HeaderLines.rules("RequestHeader set X a%tb"),
                headers,
                new Headers(),
                new Subject(Lines.exchange(new Headers()), anHourAgo, ""));
        String value = headers.first("X").orElseThrow();
        assertThat(value).matches("at=\\d{16}b");
        Instant told = Instant.EPOCH.plus(Long.parseLong(value.substring(3, value.length() - 1)), ChronoUnit.MICROS);
        assertThat(told)
                .isBetween(
                        before.minus(1, ChronoUnit.MILLIS),
                        Instant.now().minus(1, ChronoUnit.HOURS).plus(1, ChronoUnit.MILLIS));
    }

    @Test
    void tellsHowLongTheRequestTook() throws Exception {
        assertThat(set("%D")).matches("D=\\d{1,9}");
    }

    @Test
    void noValueCanEndItsLine() throws Exception {
        assertThat(set("%{SSL_CLIENT_S_DN}s")).isEqualTo("CN=\u00c3\u00a9  X-Evil: 1");
        assertThat(set("a\\r\\nX-Evil: 1\\n")).isEqualTo("a  X-Evil: 1 ");
        FakeExchange exchange = Lines.exchange(new Headers());
        exchange.environment().set("V", "a\r\nb\0c\u007fd\te\u00e9");
        assertThat(request("RequestHeader set X %{V}e", new Headers(), exchange))
                .hasToString("X: a  b c d\te\u00e9\n");
        assertThat(request("RequestHeader edit X ^ %{V}e", Headers.of("X", "-"), exchange))
                .hasToString("X: a  b c d\te\u00e9-\n");
    }

    @Property(tries = 500)
    void whateverAVariableHoldsTheFieldsStayWhole(@ForAll String value) throws Exception {
        FakeExchange exchange = Lines.exchange(new Headers());
        exchange.environment().set("V", value);
        Headers headers = request("RequestHeader add X %{V}e; RequestHeader append X %{V}e", new Headers(), exchange);
        assertThat(headers.size()).isEqualTo(1);
        assertThat(headers.value(0).chars()).allMatch(c -> c >= ' ' && c != 0x7F && c <= 0xFF || c == '\t');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "Transfer-Encoding",
                "Connection",
                "Keep-Alive",
                "Proxy-Connection",
                "TE",
                "Upgrade",
                "HTTP2-Settings",
                "content-LENGTH"
            })
    void noRuleTouchesFraming(String name) throws Exception {
        FakeExchange exchange = Lines.exchange(new Headers());
        for (String line :
                new String[] {"set %s v", "add %s v", "append %s v", "merge %s v", "unset %s", "edit %s . v"}) {
            Headers headers = Headers.of(name, "1");
            assertThat(request("RequestHeader " + String.format(line, name), headers, exchange))
                    .hasToString(name + ": 1\n");
        }
        FakeExchange asked = Lines.exchange(Headers.of(name, "1", "X", "2"));
        Headers answer = new Headers();
        HeaderRules.response(
                HeaderLines.rules("Header echo ."),
                new ResponseHead(200, answer),
                new Headers(),
                new Subject(asked, new Moment(0), ""));
        assertThat(answer).hasToString("X: 2\n");
    }

    @Test
    void aNoteGoesIntoTheEnvironmentAndLeavesTheField() throws Exception {
        FakeExchange exchange = Lines.exchange(new Headers());
        Headers answer = Headers.of("X-User", "jo", "X-User", "second");
        HeaderRules.response(
                HeaderLines.rules("Header note X-User user; Header note X-None none"),
                new ResponseHead(200, answer),
                new Headers(),
                new Subject(exchange, new Moment(0), ""));
        assertThat(exchange.environment().get("user")).contains("jo");
        assertThat(exchange.environment().isSet("none")).isFalse();
        assertThat(answer.size()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "v", "%%", "100%", "%t %D", "%{A}e%{B}s", "a\\%{A}e", "%{A B}e", "%{}e"})
    void acceptsTheFormatsItCanFillIn(String format) throws Exception {
        assertThat(HeaderRules.checkFormat(format)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            %x ¦ unknown format '%x' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)
            a %l b ¦ unknown format '%l' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)
            %i ¦ unknown format '%i' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)
            %b ¦ unknown format '%b' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)
            %e ¦ unknown format '%e' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)
            %% %y ¦ unknown format '%y' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)
            %{A}x ¦ unknown format '%{A}x' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)
            %{A} ¦ unknown format '%{A}' (expected: %t, %D, %{NAME}e, %{NAME}s or %%)
            %{A ¦ %{ without } (expected: %{NAME}e or %{NAME}s)
            """)
    void namesWhatItCannotFillIn(String format, String problem) throws Exception {
        assertThat(HeaderRules.checkFormat(format)).contains(problem);
    }

    @Provide
    Arbitrary<String> formats() {
        return Arbitraries.of("%", "{", "}", "e", "s", "t", "D", "x", "\\", "%{V}e", "%%", "V", "\n")
                .list()
                .ofMaxSize(8)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 2000)
    void whatPassesTheCheckCanBeFilledIn(@ForAll("formats") String format) {
        Optional<String> problem = HeaderRules.checkFormat(format);
        if (problem.isEmpty()) {
            assertThat(HeaderFormat.expand(format, context())).doesNotContain("\r", "\n");
        }
    }

    private static HeaderRules.Context context() {
        FakeExchange exchange = Lines.exchange(new Headers());
        return new HeaderRules.Context(exchange, new Moment(0), true, ExchangeVariables.of(exchange, ""));
    }
}
