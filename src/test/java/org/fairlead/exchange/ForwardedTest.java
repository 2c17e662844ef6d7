package org.fairlead.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fairlead.http.Headers;
import org.fairlead.http.MaxForwards;
import org.fairlead.http.RefusedException;
import org.fairlead.http.Via;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedTest {
    private static final ClientConnection PLAIN = new ClientConnection("192.0.2.7", 5000, "10.0.0.1", 8080, false);
    private static final ClientConnection SECURE = new ClientConnection("2001:db8::7", 5000, "10.0.0.1", 8443, true);

    private static String text(Headers headers) {
        return headers.toString().replace("X-Forwarded-", "").trim().replace("\n", " && ");
    }

    @Test
    void tellsTheMemberWhoAskedForWhatAndHow() {
        Headers headers = Headers.of("Accept", "a");
        Forwarded.add(headers, PLAIN, "h.example:8080", "www.example");
        assertThat(text(headers))
                .isEqualTo("Accept: a && For: 192.0.2.7 && Host: h.example:8080 && Server: www.example"
                        + " && Proto: http && Port: 8080");
    }

    @Test
    void whatAnUntrustedClientClaimsIsGone() {
        Headers headers = Headers.of(
                "X-Forwarded-For",
                "1",
                "x-forwarded-proto",
                "https",
                "Forwarded",
                "for=1",
                "X-Real-IP",
                "1",
                "X-Forwarded-User",
                "root",
                "X-Forward",
                "stays",
                "X-FORWARDED-FOR",
                "2",
                "Forwarded-For",
                "stays");
        ClaimedFields.with().takeFrom(headers);
        assertThat(headers).hasToString("X-Forward: stays\nForwarded-For: stays\n");
    }

    @Test
    void whatATrustedProxySaysIsAppendedToAndItsClientsConnectionIsKept() {
        Headers headers = Headers.of(
                "X-Forwarded-For",
                "203.0.113.9",
                "X-Forwarded-For",
                "198.51.100.2",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "pub.example",
                "X-Forwarded-Server",
                "edge");
        Forwarded.add(headers, PLAIN, "in.example", "www.example");
        assertThat(text(headers))
                .isEqualTo("For: 203.0.113.9 && For: 198.51.100.2, 192.0.2.7 && Proto: https"
                        + " && Host: pub.example, in.example && Server: edge, www.example");
    }

    @Test
    void whatTheOperatorsRuleSaidStays() {
        Headers headers = Headers.of("X-Forwarded-Proto", "https", "X-Forwarded-Port", "443");
        Forwarded.add(headers, PLAIN, "h", "s");
        assertThat(text(headers)).startsWith("Proto: https && Port: 443 && For: 192.0.2.7");
    }

    @Test
    void anEmptyLineIsNotAppendedTo() {
        Headers headers = Headers.of("X-Forwarded-For", "");
        Forwarded.add(headers, PLAIN, "", "");
        assertThat(text(headers)).isEqualTo("For: 192.0.2.7 && Proto: http && Port: 8080");
    }

    @ParameterizedTest(name = "{0} over TLS: {1} -> {2}")
    @CsvSource({
        "h, false, 80",
        "h, true, 443",
        "h:8080, false, 8080",
        "h:8443, true, 8443",
        "[::1], true, 443",
        "[::1]:81, false, 81",
        "h:, false, 80",
        "h:99999999999, false, 80",
        "h:x1, false, 80",
        "h:\u0661, false, 80",
        "'', true, 8443"
    })
    void thePortIsTheOneThatTheClientSees(String authority, boolean secure, String port) {
        Headers headers = new Headers();
        Forwarded.add(headers, secure ? SECURE : PLAIN, authority, "s");
        assertThat(headers.first("X-Forwarded-Port")).contains(port);
        assertThat(headers.first("X-Forwarded-Proto")).contains(secure ? "https" : "http");
    }

    @ParameterizedTest(name = "{0} + {1} {2} ({3}) -> {4}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            `` ¦ HTTP/1.1 ¦ us:81 ¦ `` ¦ 1.1 us:81
            `` ¦ HTTP/2.0 ¦ us ¦ Fairlead ¦ 2.0 us (Fairlead)
            1.0 a ¦ HTTP/1.1 ¦ us ¦ `` ¦ 1.0 a, 1.1 us
            """)
    void viaNamesUsLast(String there, String protocol, String name, String comment, String expected) {
        Headers headers = new Headers();
        if (!there.isEmpty()) {
            headers.add("Via", there);
        }
        Via.append(headers, Via.entry(protocol, name, comment));
        assertThat(headers.all("Via")).containsExactly(expected);
    }

    @ParameterizedTest(name = "{0} times {1}, Max-Forwards {2}: {3}")
    @CsvSource(
            nullValues = "none",
            value = {
                "10, '1.1 us:80', none, 0",
                "11, '1.1 us:80', none, 508",
                "11, '1.1 US:80 (x, y)', none, 508",
                "11, '1.1 us', none, 0",
                "11, '1.1 other (1.1 us:80, 1.1 us:80)', none, 0",
                "11, 'us:80', none, 0",
                "3, '1.1 us:80', 2, 508",
                "2, '1.1 us:80', 2, 0",
                "1, '1.1 us:80', 0, 508",
                "0, '1.1 us:80', 0, 0",
                "1, '1.1 us:80', x, 400"
            })
    void aRequestThatIsHereTooOftenIsALoop(int times, String entry, String maxForwards, int status) throws Exception {
        Headers headers = new Headers();
        for (int i = 0; i < times; i++) {
            if (i % 2 == 0 || headers.size() == 0) {
                headers.add("Via", entry);
            } else {
                headers.setValue(headers.size() - 1, headers.value(headers.size() - 1) + "," + entry);
            }
        }
        if (maxForwards != null) {
            headers.add("Max-Forwards", maxForwards);
        }
        if (status == 0) {
            Via.refuseLoop(headers, "us:80");
        } else {
            assertThatThrownBy(() -> Via.refuseLoop(headers, "us:80"))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(status));
        }
    }

    @Test
    void aRequestThatRunsInACircleIsStoppedAtItsTwelfthPass() throws Exception {
        Headers headers = new Headers();
        for (int pass = 0; pass <= 10; pass++) {
            Via.refuseLoop(headers, "us:80");
            Via.append(headers, Via.entry("HTTP/1.1", "us:80", "Fairlead"));
        }
        assertThatThrownBy(() -> Via.refuseLoop(headers, "us:80")).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest(name = "Max-Forwards {0}, {1}, ProxyMaxForwards {2} -> {3}")
    @CsvSource(
            nullValues = "none",
            value = {
                "none, GET, -1, none",
                "none, GET, 0, 0",
                "none, GET, 7, 7",
                "5, GET, -1, 4",
                "5, TRACE, 9, 4",
                "1, OPTIONS, -1, 0",
                "0, TRACE, -1, answered here",
                "0, OPTIONS, -1, answered here",
                "0, GET, -1, 400",
                "x, GET, -1, 400",
                "-1, GET, -1, 400",
                "+1, GET, -1, 400",
                "'', GET, -1, 400",
                "'1, 2', TRACE, -1, 400",
                "9999999999999999999, GET, -1, 400"
            })
    void everyPassIsCounted(String there, String method, int added, String expected) throws Exception {
        Headers headers = new Headers();
        if (there != null) {
            headers.add("Max-Forwards", there);
        }
        String actual;
        try {
            actual = MaxForwards.decrement(headers, method, added)
                    ? headers.first("Max-Forwards").orElse(null)
                    : "answered here";
        } catch (RefusedException e) {
            actual = Integer.toString(e.status());
        }
        assertThat(actual).isEqualTo(expected);
    }
}
