package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"Host", "host", "hOsT", "Content-Length", "X-Unheard-Of", "x", "-", "Tesoh"})
    void aNameIsWhatStandsInItsBytesKnownOrNot(String name) {
        byte[] line = (" " + name + ": v").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(FieldNames.of(line, 1, 1 + name.length())).isEqualTo(name);
        assertThat(FieldNames.bytes(name)).asString(StandardCharsets.ISO_8859_1).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "host", "Content-Length", "location"})
    void aKnownNameIsMadeOnce(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(FieldNames.of(bytes, 0, bytes.length)).isSameAs(FieldNames.of(bytes, 0, bytes.length));
        assertThat(FieldNames.bytes(name)).isSameAs(FieldNames.bytes(name));
    }
}
