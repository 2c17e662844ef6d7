package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairlead.exchange.ClaimedFields;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.http.Bytes;
import org.fairlead.http.Headers;
import org.fairlead.route.HeaderRules.Moment;
import org.fairlead.route.HeaderRules.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code RequestHeader}: rules, the client's lines, the lines that the member gets. The last column is what httpd 2.4.71
 * made of it, {@code =} being the same. It joins a request's repeated lines before it looks at them, we keep them apart;
 * and its variables' names have no case.
 */
class RequestHeaderRulesTest {
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            # set, setifempty, add
            RequestHeader set X-A v ¦ - ¦ X-A: v ¦ =
            RequestHeader set X-A v ¦ X-A: 1 ¦ X-A: v ¦ =
            RequestHeader set X-A v ¦ X-A: 1 && X-B: 2 && x-a: 3 ¦ X-A: v && X-B: 2 ¦ =
            RequestHeader set X-A "" ¦ X-A: 1 ¦ X-A: ¦ =
            RequestHeader set X-A "a b, c" ¦ - ¦ X-A: a b, c ¦ =
            RequestHeader setifempty X-A v ¦ - ¦ X-A: v ¦ =
            RequestHeader setifempty X-A v ¦ X-A: 1 ¦ X-A: 1 ¦ =
            RequestHeader add X-A v ¦ - ¦ X-A: v ¦ =
            RequestHeader add X-A v ¦ X-A: 1 ¦ X-A: 1 && X-A: v ¦ =
            RequestHeader set X-A a; RequestHeader set X-A b ¦ - ¦ X-A: b ¦ =
            RequestHeader unset X-A; RequestHeader setifempty X-A b ¦ X-A: 1 ¦ X-A: b ¦ =
            # append, merge
            RequestHeader append X-A v ¦ - ¦ X-A: v ¦ =
            RequestHeader append X-A v ¦ X-A: 1 ¦ X-A: 1, v ¦ =
            RequestHeader append X-A v ¦ X-A: 1 && X-A: 2 ¦ X-A: 1 && X-A: 2, v ¦ X-A: 1, 2, v
            RequestHeader append X-A v ¦ X-A: v ¦ X-A: v, v ¦ =
            RequestHeader merge X-A v ¦ - ¦ X-A: v ¦ =
            RequestHeader merge X-A v ¦ X-A: 1, 2 ¦ X-A: 1, 2, v ¦ =
            RequestHeader merge X-A v ¦ X-A: 1, v ¦ X-A: 1, v ¦ =
            RequestHeader merge X-A v ¦ X-A: v,w ¦ X-A: v,w ¦ =
            RequestHeader merge X-A v ¦ X-A: V ¦ X-A: V, v ¦ =
            RequestHeader merge X-A v ¦ X-A: v2, 2v ¦ X-A: v2, 2v, v ¦ =
            RequestHeader merge X-A v ¦ X-A: "1, v" ¦ X-A: "1, v", v ¦ =
            RequestHeader merge X-A "\\"1, v\\"" ¦ X-A: 0, "1, v" ¦ X-A: 0, "1, v" ¦ =
            RequestHeader merge X-A v ¦ X-A: v ,w ¦ X-A: v ,w, v ¦ =
            RequestHeader merge X-A v ¦ X-A: 1 && X-A: v ¦ X-A: 1 && X-A: v ¦ X-A: 1, v
            # unset
            RequestHeader unset X-A ¦ X-A: 1 && x-a: 2 && X-B: 3 ¦ X-B: 3 ¦ =
            RequestHeader unset X-A ¦ - ¦ - ¦ =
            RequestHeader unset X-AB ¦ X-A: 1 ¦ X-A: 1 ¦ =
            # edit
            RequestHeader edit X-A b c ¦ X-A: abab ¦ X-A: acab ¦ =
            RequestHeader edit* X-A b c ¦ X-A: abab ¦ X-A: acac ¦ =
            RequestHeader edit X-A b c ¦ X-A: xyz ¦ X-A: xyz ¦ =
            RequestHeader edit X-A b c ¦ - ¦ - ¦ =
            RequestHeader edit X-A B c ¦ X-A: abab ¦ X-A: abab ¦ =
            RequestHeader edit X-A (?i)B c ¦ X-A: abab ¦ X-A: acab ¦ =
            RequestHeader edit X-A (.)b $1$1- ¦ X-A: abab ¦ X-A: aa-ab ¦ =
            RequestHeader edit* X-A (.)b $1$1- ¦ X-A: abab ¦ X-A: aa-aa- ¦ =
            RequestHeader edit X-A ^ pre- ¦ X-A: v ¦ X-A: pre-v ¦ =
            RequestHeader edit X-A $ -post ¦ X-A: v ¦ X-A: v-post ¦ =
            RequestHeader edit X-A ^(.*)$ "$1; secure" ¦ X-A: v ¦ X-A: v; secure ¦ =
            RequestHeader edit X-A ^(.*)$ $0$0 ¦ X-A: v ¦ X-A: vv ¦ =
            RequestHeader edit X-A a "\\$1" ¦ X-A: a ¦ X-A: $1 ¦ =
            RequestHeader edit X-A a $9b ¦ X-A: a ¦ X-A: b ¦ =
            RequestHeader edit* X-A x* - ¦ X-A: axxb ¦ X-A: -a--b- ¦ NONE
            RequestHeader edit X-A a b ¦ X-A: a1 && X-A: c && X-A: a2 ¦ X-A: b1 && X-A: c && X-A: b2 ¦ X-A: b1, c, a2
            RequestHeader edit X-A (a)(b)? [$2$1] ¦ X-A: a ¦ X-A: [a] ¦ =
            RequestHeader edit X-A a & ¦ X-A: a ¦ X-A: & ¦ =
            RequestHeader edit X-A .* %{VAR}e ¦ X-A: a ¦ X-A: val ¦ =
            RequestHeader edit X-A a %% ¦ X-A: a ¦ X-A: % ¦ =
            # formats
            RequestHeader set X-A %{VAR}e ¦ - ¦ X-A: val ¦ =
            RequestHeader set X-A "a %{VAR}e b" ¦ - ¦ X-A: a val b ¦ =
            RequestHeader set X-A %{NOVAR}e ¦ - ¦ X-A: (null) ¦ =
            RequestHeader set X-A 100%% ¦ - ¦ X-A: 100% ¦ =
            RequestHeader set X-A "100%" ¦ - ¦ X-A: 100% ¦ =
            RequestHeader set X-A "%%{VAR}e" ¦ - ¦ X-A: %{VAR}e ¦ =
            RequestHeader set X-A "a\\tb" ¦ - ¦ X-A: a	b ¦ =
            RequestHeader set X-A "a\\\\b" ¦ - ¦ X-A: a\\b ¦ =
            RequestHeader set X-A "a\\qb" ¦ - ¦ X-A: a\\qb ¦ =
            RequestHeader set X-A %{NOSUCH}s ¦ - ¦ X-A: (null) ¦ =
            RequestHeader set X-A é ¦ - ¦ X-A: é ¦ =
            # conditions
            RequestHeader set X-A v env=VAR ¦ - ¦ X-A: v ¦ =
            RequestHeader set X-A v env=!VAR ¦ - ¦ - ¦ =
            RequestHeader set X-A v env=NOVAR ¦ - ¦ - ¦ =
            RequestHeader set X-A v env=!NOVAR ¦ - ¦ X-A: v ¦ =
            RequestHeader unset X-A env=VAR ¦ X-A: 1 ¦ - ¦ =
            RequestHeader add X-A v env=var ¦ - ¦ - ¦ X-A: v
            RequestHeader set X-A v early ¦ X-A: 1 ¦ X-A: v ¦ =
            RequestHeader set X-A late; RequestHeader set X-A v early ¦ - ¦ X-A: late ¦ =
            """)
    void changesTheFieldsOfARequest(String rules, String sent, String ours, String httpd) throws Exception {
        Headers headers = Lines.read(sent);
        FakeExchange exchange = Lines.exchange(headers);
        exchange.environment().set("VAR", "val");
        var compiled = HeaderLines.rules(rules);
        HeaderRules.earlyRequest(compiled, headers, ClaimedFields.NONE, new Subject(exchange, new Moment(0), ""));
        HeaderRules.request(compiled, headers, new Headers(), new Subject(exchange, new Moment(0), ""));
        assertThat(Lines.write(headers)).isEqualTo(Bytes.of(ours));
    }
}
