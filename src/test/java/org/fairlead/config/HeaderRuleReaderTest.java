package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.config.Configs.conf;

import org.fairlead.model.HeaderRule;
import org.fairlead.model.HeaderRule.Action;
import org.fairlead.model.HeaderRule.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderRuleReaderTest {
    private static HeaderRule response(String line) {
        return conf("Header " + line)
                .config()
                .mainHost()
                .settings()
                .responseHeaders()
                .get(0);
    }

    @ParameterizedTest(name = "Header {0}: {1} of {2} to {3}")
    @CsvSource(textBlock = """
                    set X-A b,               SET,        X-A,   b
                    setifempty X-A b,        SETIFEMPTY, X-A,   b
                    add X-A: b,              ADD,        X-A,   b
                    append X-A b,            APPEND,     X-A,   b
                    merge X-A b,             MERGE,      X-A,   b
                    unset X-A,               UNSET,      X-A,   ''
                    echo ^X-,                ECHO,       ^X-,   ''
                    note X-A b,              NOTE,       X-A,   b
                    edit X-A b c,            EDIT,       X-A,   c
                    edit* X-A b $0c,         EDIT_ALL,   X-A,   $0c
                    set X-A "%t %D %% %{A}e %{B}s", SET, X-A,   %t %D %% %{A}e %{B}s
                    """)
    void actionsNamesAndValuesAreRead(String line, Action action, String name, String value) {
        HeaderRule rule = response(line);
        assertThat(rule.action()).isEqualTo(action);
        assertThat(rule.name()).isEqualTo(name);
        assertThat(rule.value()).isEqualTo(value);
        assertThat(rule.pattern().isPresent()).isEqualTo(action == Action.EDIT || action == Action.EDIT_ALL);
    }

    @Test
    void conditionsAndPlacesAreRead() {
        assertThat(response("always set X-A b early").always()).isTrue();
        assertThat(response("set X-A b early").early()).isTrue();
        assertThat(response("set X-A b").condition()).isEqualTo(new Condition.Always());
        assertThat(response("set X-A b env=C").condition()).isEqualTo(new Condition.Env("C", false));
        assertThat(response("set X-A b env=!C").condition()).isEqualTo(new Condition.Env("C", true));
    }

    @Test
    void theIdiomThatMintsAStickyCookieIsRead() {
        HeaderRule rule =
                response("add Set-Cookie \"ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/\" env=BALANCER_ROUTE_CHANGED");
        assertThat(rule.value()).isEqualTo("ROUTEID=.%{BALANCER_WORKER_ROUTE}e; path=/");
        assertThat(rule.condition()).isEqualTo(new Condition.Env("BALANCER_ROUTE_CHANGED", false));
    }
}
