package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "keep-alive", "Keep-alive", "keep-alivf", "k\u00e9ep-alive", "\u00e9", "a, b", "gzip"})
    void aValueIsWhatStandsInItsBytesKnownOrNot(String value) {
        byte[] line = ("x: " + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(FieldValues.of(line, 3, 3 + value.length())).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep-alive", "close", "text/html; charset=utf-8", "gzip, deflate, br, zstd", "?1", "1"})
    void aKnownValueIsMadeOnce(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(FieldValues.of(bytes, 0, bytes.length)).isSameAs(FieldValues.of(bytes, 0, bytes.length));
    }
}
