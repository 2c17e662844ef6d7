package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code broken.txt} is the specification: each mistake, and every error that it must bring, word by word. */
class BrokenConfigurationsTest {
    record Broken(String format, String rule, String text, List<String> errors) {
        @Override
        public String toString() {
            return format + ": " + rule;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isRefusedAndToldCompletely(Broken broken) {
        String name = "test." + broken.format;
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> new ConfigLoader().load(broken.text, broken.format, name));
        List<String> told = refused.problems().stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .map(p -> p.toString().substring(name.length() + 1).strip())
                .toList();
        assertThat(told).hasSameSizeAs(broken.errors);
        for (int i = 0; i < told.size(); i++) {
            String expected = broken.errors.get(i);
            if (expected.endsWith("…")) {
                assertThat(told.get(i)).startsWith(expected.substring(0, expected.length() - 1));
            } else {
                assertThat(told.get(i)).isEqualTo(expected);
            }
        }
    }

    @Test
    void theTableIsRead() throws IOException {
        assertThat(all()).hasSizeGreaterThan(80);
    }

    static Stream<Broken> all() throws IOException {
        List<Broken> all = new ArrayList<>();
        for (String part : resource("broken.txt").split("(?m)^=== ")) {
            if (!part.startsWith("#")) {
                String[] head = part.substring(0, part.indexOf('\n')).split(" ", 2);
                String[] body = part.substring(part.indexOf('\n') + 1).split("(?m)^---\n");
                all.add(new Broken(head[0], head[1], body[0], body[1].lines().toList()));
            }
        }
        return all.stream();
    }

    static String resource(String name) throws IOException {
        try (InputStream in = BrokenConfigurationsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
