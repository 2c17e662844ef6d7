package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritedParametersTest {
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(textBlock = """
            log,                             yes
            forwardip,                       1
            preserveHost,                    on
            preserveCookies,                 ''
            preserveCookiePath,              truee
            http.protocol.handle-redirects,  no
            useSystemProperties,             ja
            handleCompression,               gzip
            http.socket.timeout,             5s
            http.read.timeout,               1.5
            http.connectionrequest.timeout,  ''
            http.maxConnections,             ten
            http.maxConnections,             -2
            http.read.timeout,               99999999999
            """)
    void aWrongValueIsToldWithServletParamValueAndWhatIsAllowed(String name, String value) {
        assertThatThrownBy(() -> InheritedParameters.check("shop", Map.of(name, value)::get))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("servlet 'shop'", "init-param " + name, "'" + value + "'", "expected: ");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(textBlock = """
            log,                  TRUE
            forwardip,            false
            http.maxConnections,  -1
            http.maxConnections,  0
            http.read.timeout,    2147483647
            """)
    void whatTheParentReadsIsAllowed(String name, String value) {
        assertThatCode(() -> InheritedParameters.check("shop", Map.of(name, value)::get))
                .doesNotThrowAnyException();
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() ->
                        InheritedParameters.check("shop", Map.of("log", "yes", "http.maxConnections", "ten")::get))
                .message()
                .satisfies(text -> assertThat(text.lines()).hasSize(2));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ftp://host/", "host:80", "http://", "balancer://", "http://a b/", "http://host:x/"})
    void aTargetIsAnUrlOrABalancer(String target) {
        assertThatThrownBy(() -> TargetService.checkTarget("shop", target))
                .isInstanceOf(ServletException.class)
                .hasMessageContainingAll("servlet 'shop'", "targetUri", target, "balancer://name/path");
    }

    @Test
    void aServletWhoseStartHasFailedCanBeDestroyed() {
        assertThatCode(new BalancerServlet()::destroy).doesNotThrowAnyException();
    }
}
