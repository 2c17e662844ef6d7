package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopByHopTest {
    private static Headers lines(String cell) {
        Headers headers = new Headers();
        for (String line : cell.split(" && ")) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1).trim());
        }
        return headers;
    }

    private static String text(Headers headers) {
        return headers.size() == 0 ? "-" : headers.toString().trim().replace("\n", " && ");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Host: h && Accept: a && Accept: b && X: y ¦ Host: h && Accept: a && Accept: b && X: y
            Connection: keep-alive && Host: h ¦ Host: h
            Connection: close && Host: h ¦ Host: h
            Connection: X-Hop && X-Hop: 1 && X-Other: 2 ¦ X-Other: 2
            Connection: x-hop && X-HOP: 1 && x-Hop: 2 ¦ -
            Connection: a, b && A: 1 && B: 2 && C: 3 ¦ C: 3
            Connection: a && Connection: b && A: 1 && B: 2 ¦ -
            Connection: , ,a,, && A: 1 ¦ -
            Connection: && X: 1 ¦ X: 1
            A: 1 && Connection: a ¦ -
            Keep-Alive: timeout=5 && Host: h ¦ Host: h
            Proxy-Connection: x && Host: h ¦ Host: h
            TE: trailers && Host: h ¦ Host: h
            Upgrade: h2c && HTTP2-Settings: AAA && Connection: Upgrade, HTTP2-Settings && X: 1 ¦ X: 1
            Upgrade: websocket && X: 1 ¦ X: 1
            Transfer-Encoding: chunked && X: 1 ¦ X: 1
            Proxy: http://evil/ && X: 1 ¦ X: 1
            Proxy-Authorization: Basic eA== ¦ Proxy-Authorization: Basic eA==
            Trailer: X-T && X: 1 ¦ Trailer: X-T && X: 1
            Connection: content-length && Content-Length: 5 ¦ Content-Length: 5
            Connection: Host && Host: h ¦ Host: h
            Connection: Transfer-Encoding && Transfer-Encoding: chunked && X: 1 ¦ X: 1
            Connection: X-Forwarded-For, X-Forwarded-Host && X-Forwarded-For: 1 && X: 1 ¦ X: 1
            Connection: Via, Max-Forwards && Via: 1.1 a && Max-Forwards: 3 ¦ Via: 1.1 a && Max-Forwards: 3
            Connection: Cookie && Cookie: a=b && X: 1 ¦ X: 1
            Connection: close, keep-alive && Close: 1 ¦ -
            Proxies: 1 && TEs: 2 && Upgrader: 3 ¦ Proxies: 1 && TEs: 2 && Upgrader: 3
            """)
    void nothingThatIsForOneConnectionReachesTheMember(String received, String passedOn) throws Exception {
        Headers headers = lines(received);
        HopByHop.stripRequest(headers);
        assertThat(text(headers)).isEqualTo(passedOn);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            Connection: close && Server: s && Date: d ¦ Server: s && Date: d
            Connection: X-Hop && X-Hop: 1 && Set-Cookie: a=b ¦ Set-Cookie: a=b
            Keep-Alive: timeout=5 && Transfer-Encoding: chunked && Upgrade: h2,h2c && X: 1 ¦ X: 1
            Proxy-Authenticate: Basic && WWW-Authenticate: Basic ¦ WWW-Authenticate: Basic
            Proxy: x && Proxy-Connection: y ¦ Proxy: x
            Connection: content-length && Content-Length: 5 ¦ Content-Length: 5
            """)
    void nothingThatIsForOneConnectionReachesTheClient(String received, String passedOn) throws Exception {
        Headers headers = lines(received);
        HopByHop.stripResponse(headers);
        assertThat(text(headers)).isEqualTo(passedOn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a;b", "\"a\"", "a, b c", "(", "a:b", "x\u0001", "\u00e9", "a=b", "close, /", "a\u007f"})
    void aConnectionThatIsNoListOfTokensIsRefused(String value) {
        assertThatThrownBy(() -> HopByHop.stripRequest(Headers.of("Connection", value)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(400));
        assertThatThrownBy(() -> HopByHop.stripResponse(Headers.of("Connection", value)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(502));
    }

    @Test
    void anUpgradeIsOneOnlyIfConnectionSaysSo() {
        assertThat(HopByHop.upgrade(Headers.of("Upgrade", "WebSocket", "Connection", "keep-alive, Upgrade")))
                .contains("websocket");
        assertThat(HopByHop.upgrade(Headers.of("Upgrade", "websocket"))).isEmpty();
        assertThat(HopByHop.upgrade(Headers.of("Connection", "upgrade"))).isEmpty();
        assertThat(HopByHop.upgrade(Headers.of("Upgrade", "a", "Upgrade", "b", "Connection", "upgrade")))
                .contains("a, b");
    }

    @ParameterizedTest
    @CsvSource({"trailers, true", "'gzip, Trailers', true", "'trailers;q=1', false", "gzip, false", "'', false"})
    void knowsWhetherTrailersAreWelcome(String te, boolean welcome) {
        assertThat(HopByHop.acceptsTrailers(Headers.of("TE", te))).isEqualTo(welcome);
    }
}
