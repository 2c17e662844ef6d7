package org.fairlead.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.fairlead.exchange.ClientConnection;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.expression.Variables.Table;
import org.fairlead.http.Headers;
import org.fairlead.http.RefusedException;
import org.fairlead.http.RequestHead;
import org.fairlead.http.RequestTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeVariablesTest {
    private static final ZonedDateTime SUNDAY = ZonedDateTime.of(2026, 3, 1, 4, 5, 6, 0, ZoneId.of("UTC"));

    private static FakeExchange exchange(boolean secure, String protocol, String host) throws RefusedException {
        Headers headers = host.isEmpty() ? new Headers() : Headers.of("Host", host);
        return FakeExchange.of(
                        new RequestHead("POST", RequestTarget.parse("//a/./b/../c%2Fd%41?x"), protocol, headers),
                        new ClientConnection("2001:db8::7", 40000, "::1", 8443, secure))
                .tls("SSL_PROTOCOL", "TLSv1.3");
    }

    private static Variables variables(FakeExchange exchange) {
        return new ExchangeVariables(
                exchange, ServerIdentity.named("configured.example"), Optional.empty(), () -> SUNDAY);
    }

    @ParameterizedTest(name = "behind a trusted proxy {0} = {1}")
    @CsvSource({
        "REMOTE_ADDR, 192.0.2.1",
        "REMOTE_HOST, 192.0.2.1",
        "CONN_REMOTE_ADDR, 2001:db8::7",
        "REMOTE_PORT, 40000",
        "IPV6, on"
    })
    void aTrustedProxyIsNotTheClient(String name, String value) throws Exception {
        FakeExchange exchange = exchange(true, "HTTP/2.0", "example.com");
        exchange.onBehalfOf("192.0.2.1");

        assertThat(variables(exchange).variable(name)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "HTTPS, on",
        "HTTP2, on",
        "IPV6, on",
        "REQUEST_SCHEME, https",
        "REQUEST_METHOD, POST",
        "REQUEST_URI, /a/c%2FdA",
        "THE_REQUEST, POST //a/./b/../c%2Fd%41?x HTTP/2.0",
        "QUERY_STRING, x",
        "SERVER_NAME, example.com",
        "SERVER_PORT, 443",
        "SERVER_PROTOCOL, HTTP/2.0",
        "SERVER_PROTOCOL_VERSION, 2000",
        "SERVER_PROTOCOL_VERSION_MAJOR, 2",
        "SERVER_PROTOCOL_VERSION_MINOR, 0",
        "SERVER_SOFTWARE, Fairlead",
        "REMOTE_ADDR, 2001:db8::7",
        "REMOTE_PORT, 40000",
        "SSL_PROTOCOL, TLSv1.3",
        "SSL_CIPHER, ''",
        "REQUEST_STATUS, ''",
        "CONTENT_TYPE, ''",
        "REMOTE_USER, ''",
        "REQUEST_LOG_ID, x-1",
        "TIME, 20260301040506",
        "TIME_YEAR, 2026",
        "TIME_MON, 03",
        "TIME_DAY, 01",
        "TIME_HOUR, 04",
        "TIME_MIN, 05",
        "TIME_SEC, 06",
        "TIME_WDAY, 0"
    })
    void speaksHttpdsNames(String name, String value) throws Exception {
        assertThat(variables(exchange(true, "HTTP/2.0", "Example.com")).variable(name))
                .isEqualTo(value);
    }

    @ParameterizedTest(name = "Host: {0} -> {1} port {2}")
    @CsvSource({
        "example.com,      example.com,        80",
        "EXAMPLE.com:8080, example.com,        8080",
        "[::1]:8443,       [::1],              8443",
        "[::1],            [::1],              80",
        "example.com:,     example.com,        80",
        "'',               configured.example, 80"
    })
    void theServerIsWhatTheClientAskedFor(String host, String name, String port) throws Exception {
        Variables variables = variables(exchange(false, "HTTP/1.1", host));

        assertThat(variables.variable("SERVER_NAME")).isEqualTo(name);
        assertThat(variables.variable("SERVER_PORT")).isEqualTo(port);
    }

    @Test
    void aRewrittenTargetIsSeenAndTheRequestStaysTheClients() throws Exception {
        FakeExchange exchange = exchange(true, "HTTP/1.1", "x");
        Variables led = ExchangeVariables.of(exchange, "").at(RequestTarget.parse("/new%20path?q=2"));

        assertThat(led.variable("REQUEST_URI")).isEqualTo("/new path");
        assertThat(led.variable("QUERY_STRING")).isEqualTo("q=2");
        assertThat(led.variable("THE_REQUEST")).isEqualTo(variables(exchange).variable("THE_REQUEST"));
    }

    @Test
    void tlsVariablesHaveAFunctionToo() throws Exception {
        assertThat(Template.parse("%{SSL:SSL_PROTOCOL} %{ssl_protocol}")
                        .text(variables(exchange(true, "HTTP/1.1", "x"))))
                .isEqualTo("TLSv1.3 TLSv1.3");
    }

    @Test
    void authenticationLeavesItsUserInTheEnvironment() throws Exception {
        FakeExchange exchange = exchange(true, "HTTP/1.1", "x");
        exchange.environment().set("REMOTE_USER", "ada");

        assertThat(variables(exchange).variable("REMOTE_USER")).isEqualTo("ada");
    }

    @Test
    void theProcessEnvironmentIsReadLast() throws Exception {
        FakeExchange exchange = exchange(true, "HTTP/1.1", "x");
        String path = System.getenv("PATH");

        assertThat(Template.parse("%{osenv:PATH}").text(variables(exchange))).isEqualTo(path);
        assertThat(Template.parse("%{env:PATH}").text(variables(exchange))).isEqualTo(path);
        exchange.environment().set("PATH", "mine");
        assertThat(Template.parse("%{env:PATH}").text(variables(exchange))).isEqualTo("mine");
        assertThat(variables(exchange).lookup(Table.NOTE, "PATH")).isEmpty();
    }
}
