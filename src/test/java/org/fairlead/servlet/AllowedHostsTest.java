package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that a URI template may name. */
class AllowedHostsTest {
    @ParameterizedTest(name = "{0}: {1} allowed {2}")
    @CsvSource({
        "api.example.org,           http://api.example.org/x,       true",
        "api.example.org,           http://API.example.org:8080/x,  true",
        "api.example.org:8080,      http://api.example.org:8080/,   true",
        "api.example.org:8080,      http://api.example.org:8081/,   false",
        "api.example.org:8080,      http://api.example.org/,        false",
        "*.example.org,             http://a.b.example.org/,        true",
        "*.example.org,             http://example.org/,            false",
        "*.example.org,             http://evilexample.org/,        false",
        "*.example.org:8080,        http://a.example.org:8080/,     true",
        "*.example.org:8080,        http://a.example.org:81/,       false",
        "10.0.0.1,                  http://10.0.0.1:9000/,          true",
        "10.0.0.1,                  http://10.0.0.10/,              false",
        "'a.example, b.example',    http://b.example/,              true",
        "'a.example\tb.example',    http://c.example/,              false",
        "api.example.org,           http://user@api.example.org/,   true",
        "api.example.org,           http://api.example.org@evil/,   false"
    })
    void aTargetIsAllowedByItsHostAlone(String parameter, String target, boolean allowed) throws Exception {
        assertThat(AllowedHosts.parse("proxy", parameter).allow(Origin.of(target)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " , ", "*", "*.", "http://a.example", "a.example/", "a.example:x", "a b/c"})
    void whatWouldAllowEverythingOrIsNoHostIsRefused(String parameter) {
        assertThatThrownBy(() -> AllowedHosts.parse("proxy", parameter))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("allowedHosts")
                .hasMessageContaining("*.example.org");
    }

    @Test
    void withoutTheParameterNoHostIsAllowed() {
        assertThatThrownBy(() -> AllowedHosts.parse("proxy", null)).isInstanceOf(ServletException.class);
    }
}
