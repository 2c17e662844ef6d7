package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.coyote.http2.Http2Protocol;
import org.fairlead.config.ConfigException;
import org.fairlead.config.ConfigLoader;
import org.fairlead.config.LoadedConfig;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mod_http2's directives say is what the connector does, in both syntaxes. */
class Http2LimitsTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} {1}: {2} streams, window {3}, {4} ms")
    @CsvSource({
        "Timeout,             60,     100, 65535,  60000",
        "Timeout,             7,      100, 65535,  7000",
        "H2MaxSessionStreams, 1,      1,   65535,  60000",
        "h2maxsessionstreams, 1000,   1000, 65535, 60000",
        "H2WindowSize,        1024,   100, 1024,   60000",
        "H2WindowSize,        131072, 100, 131072, 60000",
        "H2StreamTimeout,     5,      100, 65535,  5000",
        "H2StreamTimeout,     1500ms, 100, 65535,  1500",
        "H2StreamTimeout,     0,      100, 65535,  60000",
    })
    void aDirectiveSetsTheConnector(String name, String value, long streams, int window, long silence)
            throws Exception {
        String listener = "Listen 8080\nProtocols h2c http/1.1\nProxyPass / http://a/\n" + name + " " + value + "\n";
        String tree = "Listen: 8080\nProtocols: h2c http/1.1\nProxyPass:\n  - path: /\n    url: http://a/\n" + name
                + ": " + value + "\n";
        for (LoadedConfig loaded : new LoadedConfig[] {load("a.conf", listener), load("a.yaml", tree)}) {
            Http2Protocol protocol = http2(loaded);
            assertThat(protocol.getMaxConcurrentStreams()).isEqualTo(streams);
            assertThat(protocol.getInitialWindowSize()).isEqualTo(window);
            assertThat(protocol.getStreamReadTimeout()).isEqualTo(silence);
            assertThat(protocol.getStreamWriteTimeout()).isEqualTo(silence);
        }
    }

    private LoadedConfig load(String name, String text) throws IOException, ConfigException {
        return new ConfigLoader().load(Files.writeString(folder.resolve(name), text));
    }

    private static Http2Protocol http2(LoadedConfig loaded) {
        return (Http2Protocol) new Connectors(loaded.config().server(), () -> {})
                .open(loaded.config().listeners().get(0), Optional.empty())
                .findUpgradeProtocols()[0];
    }
}
