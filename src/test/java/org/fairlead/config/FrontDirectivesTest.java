package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.fairlead.config.Configs.conf;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ReadTimeout;
import org.fairlead.model.ServerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Protocols} and {@code RequestReadTimeout}. */
class FrontDirectivesTest {
    private static ServerConfig server(String line) {
        return conf("Listen 8080", line).config().server();
    }

    @Test
    void withoutALineTheLimitsAreHttpds() {
        assertThat(server("").headTimeout())
                .isEqualTo(new ReadTimeout(Duration.ofSeconds(20), Duration.ofSeconds(40), 500));
        assertThat(server("").bodyTimeout()).isEqualTo(new ReadTimeout(Duration.ofSeconds(20), Duration.ZERO, 500));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    RequestReadTimeout header=5                               | 5 | 0  | 0    | 20 | 0 | 500
                    RequestReadTimeout header=5-10,MinRate=1000 body=0        | 5 | 10 | 1000 | 0  | 0 | 0
                    requestreadtimeout BODY=7,minrate=9                       | 20 | 40 | 500 | 7  | 0 | 9
                    RequestReadTimeout handshake=5 header=20-40,MinRate=500   | 20 | 40 | 500 | 20 | 0 | 500
                    """)
    void eachStageHasItsTimeAndRate(String line, int head, int headMax, int headRate, int body, int bodyMax, int rate) {
        assertThat(server(line).headTimeout())
                .isEqualTo(new ReadTimeout(Duration.ofSeconds(head), Duration.ofSeconds(headMax), headRate));
        assertThat(server(line).bodyTimeout())
                .isEqualTo(new ReadTimeout(Duration.ofSeconds(body), Duration.ofSeconds(bodyMax), rate));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RequestReadTimeout head=5",
                "RequestReadTimeout header=10-5,MinRate=5",
                "RequestReadTimeout header=5-10",
                "RequestReadTimeout body=-1",
                "RequestReadTimeout header=5 10",
                "Protocols h3",
                "Protocols spdy h2"
            })
    void whatCannotBeMeantIsRefusedOnce(String line) {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class,
                () -> new ConfigLoader().load("Listen 8080\n" + line + "\n", "conf", "test.conf"));
        assertThat(refused.problems()).hasSize(1);
        assertThat(refused.getMessage()).contains("test.conf:2", "expected: ");
    }

    @ParameterizedTest(name = "{1} bytes: {2} s")
    @CsvSource({"20-40, 0, 20", "20-40, 499, 20", "20-40, 500, 21", "20-40, 10000, 40", "20-40, 99999, 40"})
    void dataExtendsATimeUpToItsLongest(String range, long bytes, long seconds) {
        ReadTimeout limit =
                server("RequestReadTimeout header=" + range + ",MinRate=500").headTimeout();
        assertThat(limit.allowed(bytes)).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static Set<String> protocols(String... lines) {
        List<ListenerConfig> listeners = conf(lines).config().listeners();
        return listeners.get(0).protocols();
    }

    @Test
    void theFirstHostOfAPortThatNamesProtocolsDecidesElseTheMainServer() {
        assertThat(protocols("Listen 80")).containsExactlyInAnyOrder("h2", "http/1.1");
        assertThat(protocols("Listen 80", "Protocols H2C h2c")).containsExactly("h2c");
        assertThat(protocols(
                        "Listen 80",
                        "Protocols h2c",
                        "<VirtualHost *:80>",
                        "</VirtualHost>",
                        "<VirtualHost *:80>",
                        "Protocols http/1.1",
                        "</VirtualHost>"))
                .containsExactly("http/1.1");
    }
}
