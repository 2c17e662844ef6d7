package org.fairlead.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {
    @ParameterizedTest(name = "{0} stands for {1}: {2}")
    @CsvSource({
        "a.example,     a.example,       true",
        "a.example,     b.example,       false",
        "a.example,     a.example.org,   false",
        "*.example,     a.example,       true",
        "*.example,     .example,        true",
        "*.example,     example,         false",
        "*.example,     a.b.example,     true",
        "a*,            a,               true",
        "*,             '',              true",
        "'',            '',              true",
        "'',            a,               false",
        "a?c,           abc,             true",
        "a?c,           ac,              false",
        "?,             '',              false",
        "a*b*c,         a-b-b-c,         true",
        "a*b*c,         a-c-b,           false",
        "*a?,           aaab,            true",
        "A.example,     a.example,       false"
    })
    void aStarIsAnyTextAndAQuestionMarkOneCharacter(String pattern, String name, boolean matches) {
        assertThat(new HostPattern(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"a.example, false", "*.example, true", "a?, true", "'', false"})
    void isWildWithAWildcard(String pattern, boolean wild) {
        assertThat(new HostPattern(pattern).isWild()).isEqualTo(wild);
    }

    @Test
    void manyStarsTakeNoMoreThanTheProductOfBothLengths() {
        HostPattern pattern = new HostPattern("a*".repeat(200) + "b");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(pattern.matches("a".repeat(10_000))).isFalse());
    }
}
