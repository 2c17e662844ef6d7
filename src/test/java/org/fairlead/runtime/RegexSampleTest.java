package org.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samples of regular expressions, for dry runs at the boundaries of rules. */
class RegexSampleTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            ^/a/(.*)$ ¦ /a/x
            ^/(old|new)/x ¦ /old/x
            ^/v\\d+/ ¦ /v1/
            \\.jsp$ ¦ /.jsp
            ^/a[0-9]{3}b ¦ /a000b
            ^/[^/]+/b ¦ /x/b
            ^/(?!secret)a ¦ /a
            ^/(?i)Foo ¦
            ^/a(?:b|c)?d ¦ /abd
            ^/x(a(b|c)|d)[|)]e ¦ /xab|e
            ^/( ¦
            ^/[ ¦
            (?=b)^/a ¦
            `` ¦ /
            """)
    void aSampleMatchesItsExpression(String pattern, String sample) {
        assertThat(RegexSample.of(pattern).orElse(null)).isEqualTo(sample);
    }
}
