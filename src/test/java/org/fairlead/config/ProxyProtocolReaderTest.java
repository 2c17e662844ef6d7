package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fairlead.model.ProxyProtocolConfig;
import org.fairlead.model.ProxyProtocolConfig.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which listeners expect a PROXY header, in both syntaxes. */
class ProxyProtocolReaderTest {
    private static ProxyProtocolConfig listener(LoadedConfig loaded, int index) {
        return loaded.config().listeners().get(index).proxyProtocol();
    }

    @ParameterizedTest(name = "RemoteIPProxyProtocol {0} -> {1}")
    @CsvSource({"On, ON", "off, OFF", "Optional, OPTIONAL"})
    void theWordIsReadInBothSyntaxes(String word, Mode mode) {
        LoadedConfig httpd = Configs.conf(
                "Listen 8001", "RemoteIPProxyProtocol " + word, "RemoteIPProxyProtocolExceptions 10.0.0.0/8 192.0.2.1");
        LoadedConfig yaml = Configs.read(
                "yaml",
                "Listen: 8001",
                "RemoteIPProxyProtocol: " + word,
                "RemoteIPProxyProtocolExceptions: [10.0.0.0/8, 192.0.2.1]");

        for (LoadedConfig loaded : List.of(httpd, yaml)) {
            assertThat(listener(loaded, 0))
                    .isEqualTo(
                            mode == Mode.OFF
                                    ? ProxyProtocolConfig.OFF
                                    : new ProxyProtocolConfig(mode, List.of("10.0.0.0/8", "192.0.2.1")));
        }
    }

    @Test
    void aHostDecidesForItsListenerAndTheMainServerForTheOthers() {
        LoadedConfig loaded = Configs.conf(
                "Listen 8001",
                "Listen 8002",
                "Listen 8003",
                "RemoteIPProxyProtocol On",
                "RemoteIPProxyProtocolExceptions 10.0.0.1",
                "<VirtualHost *:8001>",
                "RemoteIPProxyProtocol Off",
                "</VirtualHost>",
                "<VirtualHost *:8002>",
                "RemoteIPProxyProtocolExceptions 10.0.0.2",
                "</VirtualHost>");

        assertThat(listener(loaded, 0)).isEqualTo(ProxyProtocolConfig.OFF);
        assertThat(listener(loaded, 1)).isEqualTo(new ProxyProtocolConfig(Mode.ON, List.of("10.0.0.2", "10.0.0.1")));
        assertThat(listener(loaded, 2)).isEqualTo(new ProxyProtocolConfig(Mode.ON, List.of("10.0.0.1")));
        assertThat(loaded.notices()).extracting(Problem::text).anyMatch(text -> text.contains("every peer"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            RemoteIPProxyProtocol maybe                                             | maybe' (expected: On, Off or Optional)
            RemoteIPProxyProtocol On; RemoteIPProxyProtocolExceptions lb.example    | lb.example' (expected: an address, or a network
            """)
    void otherWordsAreErrors(String lines, String message) {
        assertThatThrownBy(() -> new ConfigLoader().load(lines.replace("; ", "\n"), "conf", "fairlead.conf"))
                .hasMessageContaining(message);
    }
}
