package org.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairlead.config.ConfigLoader;
import org.fairlead.exchange.DecisionTrace;
import org.fairlead.expression.ExchangeVariables;
import org.fairlead.http.Headers;
import org.fairlead.http.RequestTarget;
import org.fairlead.model.HeaderRule;
import org.fairlead.model.Settings;
import org.junit.jupiter.api.Test;

class IfSectionsTest {
    private static final String LINES = """
            ProxyPass / http://member/
            <If "%{HTTP:X-A} == '1'">
            ProxyPreserveHost On
            <If "%{HTTP:X-B} == '1'">
            LimitRequestBody 7
            </If>
            </If>
            <ElseIf "%{HTTP:X-A} == '2'">
            ProxyAddHeaders Off
            </ElseIf>
            <If "%{HTTP:X-C} == '1'">
            RequestHeader set X-D 1
            </If>
            """;

    private final Host host;

    IfSectionsTest() throws Exception {
        host = HostTable.of(new ConfigLoader().load(LINES, "conf", "test.conf").config())
                .hosts()
                .get(0);
    }

    private Settings decided(String path, String... fields) throws Exception {
        return host.decided(
                host.settings(RequestTarget.parse(path)),
                ExchangeVariables.of(Lines.exchange(Headers.of(fields)), "h"),
                DecisionTrace.NONE);
    }

    @Test
    void equalDecisionsGiveTheSameSettings() throws Exception {
        for (String[] fields : List.of(
                new String[] {"X-A", "1"},
                new String[] {"X-A", "2"},
                new String[] {"X-A", "1", "X-B", "1", "X-C", "1"},
                new String[] {"X-C", "1"},
                new String[] {"X-A", "3"})) {
            assertThat(decided("/x", fields)).isSameAs(decided("/y?z", fields));
        }
    }

    @Test
    void eachCombinationHasItsOwnSettings() throws Exception {
        Settings none = decided("/");
        assertThat(none.preservesHost()).isFalse();
        assertThat(none.addsHeaders()).isTrue();
        assertThat(none.choices()).isEmpty();

        Settings outer = decided("/", "X-A", "1");
        assertThat(outer.preservesHost()).isTrue();
        assertThat(outer.bodyLimit()).isEqualTo(Settings.DEFAULT_LIMIT_REQUEST_BODY);

        Settings all = decided("/", "X-A", "1", "X-B", "1", "X-C", "1");
        assertThat(all.preservesHost()).isTrue();
        assertThat(all.bodyLimit()).isEqualTo(7);
        assertThat(all.requestHeaders()).extracting(HeaderRule::name).containsExactly("X-D");

        Settings other = decided("/", "X-A", "2", "X-B", "1");
        assertThat(other.preservesHost()).isFalse();
        assertThat(other.addsHeaders()).isFalse();
        assertThat(other.bodyLimit()).isEqualTo(Settings.DEFAULT_LIMIT_REQUEST_BODY);
    }
}
