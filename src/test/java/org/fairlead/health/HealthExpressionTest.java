package org.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fairlead.expression.EvaluationException;
import org.fairlead.expression.ExpressionException;
import org.fairlead.health.Probe.Reply;
import org.fairlead.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthExpressionTest {
    private static Reply reply(int status) {
        return new Reply(status, Headers.of("Content-Type", "text/plain", "X-State", "up"), "ready: yes");
    }

    @ParameterizedTest(name = "{0} passes: {1}")
    @CsvSource({"199, false", "200, true", "204, true", "302, true", "399, true", "400, false", "500, false"})
    void withoutAConditionTheStatusDecides(int status, boolean passes) throws Exception {
        assertThat(HealthExpression.parse("").passes(reply(status))).isEqualTo(passes);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "%{REQUEST_STATUS} =~ /^[234]/;              true",
                "%{REQUEST_STATUS} =~ /^[5]/;                false",
                "%{REQUEST_STATUS} -eq 200;                  true",
                "%{REQUEST_STATUS} -in {'200','204'};        true",
                "hc('body') =~ /ready: yes/;                 true",
                "hc('body') !~ /Under maintenance/;          true",
                "%{HC_BODY} == 'ready: yes';                 true",
                "%{hc:BODY} == 'ready: yes';                 true",
                "hc('head') == '';                           true",
                "resp('X-State') == 'up';                    true",
                "%{resp:x-state} == 'down';                  false",
                "%{CONTENT_TYPE} =~ m#^text/#;               true",
                "%{REQUEST_URI} == '';                       true",
                "req('Host') == '';                          true",
                "%{TIME_YEAR} -gt 2000;                      true"
            })
    void aConditionSeesStatusFieldsAndBody(String condition, boolean passes) throws Exception {
        assertThat(HealthExpression.parse(condition).passes(reply(200))).isEqualTo(passes);
    }

    @Test
    void whatIsNoConditionIsRefusedWhenItIsRead() {
        assertThatThrownBy(() -> HealthExpression.parse("%{REQUEST_STATUS} is 200"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("'is' at 19");
    }

    @Test
    void aConditionThatCannotBeDecidedIsNoPass() throws Exception {
        HealthExpression runaway = HealthExpression.parse("hc('body') =~ /(a+)+(b+)+(a|b|ab)*c/");
        Reply reply = new Reply(200, new Headers(), "ab".repeat(20_000));

        assertThatThrownBy(() -> runaway.passes(reply)).isInstanceOf(EvaluationException.class);
    }
}
