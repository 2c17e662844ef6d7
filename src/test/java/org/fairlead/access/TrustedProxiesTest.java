package org.fairlead.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.fairlead.http.Headers;
import org.fairlead.model.RemoteIpConfig;
import org.fairlead.model.RemoteIpConfig.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrustedProxiesTest {
    private static final RemoteIpTable TABLE = RemoteIpTable.read();
    private static final TrustedProxies BEHIND_ONE = TrustedProxies.of(
            new RemoteIpConfig("X-Forwarded-For", "X-Through", List.of(new Proxy("10.0.0.0/8", true))));

    static Stream<RemoteIpTable.Row> rows() {
        return TABLE.rows().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theWalkIsHttpds(RemoteIpTable.Row row) {
        Headers headers = row.headers();
        String value = String.join(", ", headers.all(row.header()));
        TrustedProxies proxies = TrustedProxies.of(TABLE.config(row.configuration()));

        if (!headers.contains(row.header())) {
            assertThat(member(proxies.settle(row.peer(), headers), headers)).isEqualTo(row.client());
            return;
        }
        TrustedProxies.Origin origin = proxies.origin(row.peer(), value);

        if (row.decision().isEmpty()) {
            assertThat(origin.client()).isEqualTo(row.client());
            assertThat(origin.rest().orElse("-")).isEqualTo(row.rest());
            String there = headers.first("X-Proxies").orElse("-");
            boolean told = !TABLE.config(row.configuration()).proxiesHeader().isEmpty();
            assertThat(origin.through().isEmpty() || !told ? there : String.join(", ", origin.through()))
                    .isEqualTo(row.proxies());
        } else {
            assertThat(row.client()).as("a decision that decides nothing").isNotEqualTo(row.peer());
            assertThat(origin).isEqualTo(new TrustedProxies.Origin(row.peer(), false, origin.rest(), List.of()));
            assertThat(origin.rest()).contains(value);
        }
    }

    /** The client; what is only claimed is gone from the fields afterwards, as it is for a member. */
    private static String member(TrustedProxies.Settlement settled, Headers headers) {
        settled.claims().takeFrom(headers);
        return settled.client();
    }

    private static Headers claims() {
        return Headers.of(
                "X-Forwarded-For", "203.0.113.9, 192.0.2.1",
                "X-Forwarded-Proto", "https",
                "Forwarded", "for=192.0.2.1",
                "X-Real-IP", "192.0.2.1",
                "X-Through", "9.9.9.9",
                "X-A", "a");
    }

    @Test
    void aProxyThatIsNamedIsBelieved() {
        Headers headers = claims();

        assertThat(member(BEHIND_ONE.settle("10.1.2.3", headers), headers)).isEqualTo("192.0.2.1");

        Headers expected = claims();
        expected.set("X-Forwarded-For", "203.0.113.9");
        assertThat(headers.toString()).isEqualTo(expected.toString());
    }

    @Test
    void nobodyElseIsBelievedInAnything() {
        Headers headers = claims();

        assertThat(member(BEHIND_ONE.settle("192.0.2.66", headers), headers)).isEqualTo("192.0.2.66");

        assertThat(headers.toString()).isEqualTo("X-A: a\n");
    }

    @Test
    void withoutDirectivesNobodyIsBelieved() {
        Headers headers = claims();

        assertThat(member(TrustedProxies.of(RemoteIpConfig.NONE).settle("10.1.2.3", headers), headers))
                .isEqualTo("10.1.2.3");

        assertThat(headers.toString()).isEqualTo("X-Through: 9.9.9.9\nX-A: a\n");
    }

    @Test
    void aHeaderWithoutProxiesIsReadFromEverybodyButOtherClaimsAreNot() {
        TrustedProxies proxies = TrustedProxies.of(new RemoteIpConfig("X-Client", "X-Through", List.of()));
        Headers headers = claims();
        headers.add("X-Client", "198.51.100.1, 192.0.2.7");

        assertThat(member(proxies.settle("10.1.2.3", headers), headers)).isEqualTo("198.51.100.1");

        assertThat(headers.toString()).isEqualTo("X-Through: 10.1.2.3, 192.0.2.7\nX-A: a\n");
    }

    @ParameterizedTest(name = "{0} in a list of {1}")
    @CsvSource({"10.1.2.3, true", "192.0.2.1, false", "'', false", "nonsense, false", "::ffff:10.1.2.3, true"})
    void knowsWhoIsNamed(String peer, boolean named) {
        assertThat(BEHIND_ONE.includes(peer)).isEqualTo(named);
    }
}
