package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Any text is a configuration or refused with reasons; and what is printed of one reads back as the same. */
class ConfigurationFuzzTest {
    @FuzzTest(maxDuration = "120s")
    void httpdsSyntaxIsReadOrRefused(byte[] data) {
        read(data, "conf");
    }

    @FuzzTest(maxDuration = "60s")
    void yamlIsReadOrRefused(byte[] data) {
        read(data, "yaml");
    }

    @FuzzTest(maxDuration = "60s")
    void jsonIsReadOrRefused(byte[] data) {
        read(data, "json");
    }

    @FuzzTest(maxDuration = "60s")
    void propertiesAreReadOrRefused(byte[] data) {
        read(data, "properties");
    }

    @FuzzTest(maxDuration = "60s")
    void xmlIsReadOrRefused(byte[] data) {
        read(data, "xml");
    }

    private static void read(byte[] data, String format) {
        long start = System.nanoTime();
        tryToRead(data, format);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    private static void tryToRead(byte[] data, String format) {
        String text = new String(data, StandardCharsets.UTF_8);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("include") || lower.contains("file") || lower.contains("list")) {
            // What is on the machine is not the subject.
            return;
        }
        LoadedConfig loaded;
        try {
            loaded = new ConfigLoader().load(text, format, "fuzz");
        } catch (ConfigException refused) {
            assertThat(refused.problems())
                    .isNotEmpty()
                    .allSatisfy(problem ->
                            assertThat(problem.toString()).isNotBlank().doesNotContain("\n", "\r", "\u001B"));
            return;
        }
        try {
            LoadedConfig again = new ConfigLoader().load(loaded.yaml(), "yaml", "printed");
            assertThat(again.config().balancers().keySet())
                    .isEqualTo(loaded.config().balancers().keySet());
            assertThat(again.config().server()).isEqualTo(loaded.config().server());
        } catch (ConfigException refused) {
            throw new AssertionError("what is printed is refused:\n" + loaded.yaml(), refused);
        }
    }
}
