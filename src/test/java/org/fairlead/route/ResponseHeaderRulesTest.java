package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairlead.exchange.FakeExchange;
import org.fairlead.http.Headers;
import org.fairlead.http.ResponseHead;
import org.fairlead.route.HeaderRules.Moment;
import org.fairlead.route.HeaderRules.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code Header}: rules, the member's lines, the lines that the client gets; the request had {@code X-S1: 1},
 * {@code X-S2: 2} and {@code X-S1: 3}. The last column is what httpd 2.4.71 made of it, {@code =} being the same.
 */
class ResponseHeaderRulesTest {
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            # onsuccess: the member's own fields
            Header set X-A v ¦ - ¦ X-A: v ¦ =
            Header set X-A v ¦ X-A: 1 ¦ X-A: v ¦ =
            Header set X-A v ¦ X-A: 1 && X-A: 2 ¦ X-A: v ¦ =
            Header add X-A v ¦ X-A: 1 ¦ X-A: 1 && X-A: v ¦ =
            Header append X-A v ¦ X-A: 1 && X-A: 2 ¦ X-A: 1, v && X-A: 2 ¦ =
            Header append Vary Cookie ¦ Vary: Accept ¦ Vary: Accept, Cookie ¦ Vary: Accept,Cookie
            Header merge Vary Cookie ¦ Vary: Accept, Cookie ¦ Vary: Accept, Cookie ¦ Vary: Accept,Cookie
            Header unset X-A ¦ X-A: 1 && X-A: 2 ¦ - ¦ =
            Header edit X-A ^ p ¦ X-A: 1 && X-A: 2 ¦ X-A: p1 && X-A: p2 ¦ =
            Header setifempty X-A v ¦ X-A: 1 ¦ X-A: 1 ¦ =
            Header onsuccess set X-A v ¦ X-A: 1 ¦ X-A: v ¦ =
            Header edit Set-Cookie ^(.*)$ "$1; Secure" ¦ Set-Cookie: a=1 && Set-Cookie: b=2 ¦ Set-Cookie: a=1; Secure && Set-Cookie: b=2; Secure ¦ =
            Header set Content-Type text/plain ¦ Content-Type: text/html ¦ Content-Type: text/plain ¦ =
            Header unset Content-Type ¦ Content-Type: text/html ¦ - ¦ =
            Header edit Content-Type html plain ¦ Content-Type: text/html ¦ Content-Type: text/plain ¦ =
            Header set X-A v early ¦ X-A: 1 ¦ X-A: 1 ¦ =
            # always: a table of its own
            Header always set X-A v ¦ - ¦ X-A: v ¦ =
            Header always set X-A v ¦ X-A: 1 ¦ X-A: v && X-A: 1 ¦ =
            Header always add X-A v ¦ X-A: 1 ¦ X-A: v && X-A: 1 ¦ =
            Header always append X-A v ¦ X-A: 1 ¦ X-A: v && X-A: 1 ¦ =
            Header always merge X-A v ¦ X-A: v ¦ X-A: v && X-A: v ¦ =
            Header always unset X-A ¦ X-A: 1 ¦ X-A: 1 ¦ =
            Header always setifempty X-A v ¦ X-A: 1 ¦ X-A: v && X-A: 1 ¦ =
            Header always edit X-A 1 2 ¦ X-A: 1 ¦ X-A: 1 ¦ =
            Header always set Content-Type text/plain ¦ Content-Type: text/html ¦ Content-Type: text/plain ¦ =
            Header always set X-A a; Header always append X-A b ¦ X-A: 1 ¦ X-A: a, b && X-A: 1 ¦ =
            Header always set X-A a; Header set X-A b ¦ X-A: 1 ¦ X-A: a && X-A: b ¦ =
            Header set X-A b; Header always set X-A a ¦ X-A: 1 ¦ X-A: a && X-A: b ¦ =
            Header always set X-A v early ¦ X-A: 1 ¦ X-A: v && X-A: 1 ¦ =
            Header always set X-A a early; Header always append X-A b ¦ - ¦ X-A: a, b ¦ =
            Header unset X-A; Header always set X-A v ¦ X-A: 1 ¦ X-A: v ¦ =
            # echo, conditions, formats
            Header echo ^X-S ¦ - ¦ X-S1: 1 && X-S2: 2 && X-S1: 3 ¦ X-S1: 1, 3 && X-S2: 2
            Header echo ^X-.*2$ ¦ - ¦ X-S2: 2 ¦ =
            Header echo ^x-s ¦ - ¦ - ¦ =
            Header always echo ^X-S1$ ¦ X-S1: m ¦ X-S1: m && X-S1: 1 && X-S1: 3 ¦ X-S1: m && X-S1: 1, 3
            Header set X-A v env=VAR ¦ - ¦ X-A: v ¦ =
            Header set X-A v env=!VAR ¦ - ¦ - ¦ =
            Header set X-A "%{VAR}e" ¦ - ¦ X-A: val ¦ =
            """)
    void changesTheFieldsOfAnAnswer(String rules, String answered, String ours, String httpd) {
        Headers headers = Lines.read(answered);
        FakeExchange exchange = Lines.exchange(Headers.of("Host", "h", "X-S1", "1", "X-S2", "2", "X-S1", "3"));
        exchange.environment().set("VAR", "val");
        HeaderRules.response(
                HeaderLines.rules(rules),
                new ResponseHead(200, headers),
                new Headers(),
                new Subject(exchange, new Moment(0), ""));
        assertThat(Lines.write(headers)).isEqualTo(ours);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            Header set X-A v ¦ - ¦ -
            Header always set X-A v ¦ - ¦ X-A: v
            Header always set X-A v; Header unset X-A ¦ - ¦ X-A: v
            Header always set X-A v early; Header always append X-A w ¦ - ¦ X-A: v, w
            Header unset Content-Type; Header always set X-A v ¦ Content-Type: text/html ¦ X-A: v && Content-Type: text/html
            Header always set Content-Type text/plain ¦ Content-Type: text/html ¦ Content-Type: text/plain
            """)
    void onlyAlwaysIsForAnswersOfOurOwn(String rules, String answered, String expected) {
        Headers headers = Lines.read(answered);
        HeaderRules.ownResponse(
                HeaderLines.rules(rules),
                new ResponseHead(502, headers),
                new Subject(Lines.exchange(new Headers()), new Moment(0), ""));
        assertThat(Lines.write(headers)).isEqualTo(expected);
    }
}
