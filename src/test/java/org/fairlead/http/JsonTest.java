package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void everyCharacterComesBackAndNoneStandsThereThatIsNotAscii() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x300; c++) {
            all.append((char) c);
        }
        all.append("\u2028\u2029\ud83d\ude00</script>\ud800");

        String json = Json.of(List.of(all));

        assertThat(json).matches("[ -~]*").doesNotContain("<", ">", "&");
        assertThat(JsonReader.read(json)).isEqualTo(List.of(all.toString()));
    }

    @Test
    void durationsAreSecondsInstantsAreTextsAndWhatIsEmptyIsLeftOut() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", Duration.ofMillis(1500));
        map.put("b", Duration.ofSeconds(100));
        map.put("c", Duration.ofNanos(-5));
        map.put("d", Optional.empty());
        map.put("e", Optional.of(true));
        map.put("f", Instant.EPOCH);

        assertThat(Json.of(map))
                .isEqualTo("{\"a\":1.5,\"b\":100,\"c\":-0.000000005,\"e\":true,\"f\":\"1970-01-01T00:00:00Z\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{a:1}",
                "[1 2]",
                "[01]",
                "[1.]",
                "[+1]",
                "[NaN]",
                "[1e999]",
                "[\"\n\"]",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "['a']",
                "[tru]",
                "{} {}",
                "// x\n{}",
                "[111111111111111111111111111111111111111111]",
                "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
