package org.fairlead.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which variables and maps a text of a rule names; {@code RewriteTable} has what becomes of them. */
class ExpansionTest {
    @ParameterizedTest(name = "{0}: variables {1}, maps {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "%{HTTP_HOST}/$1-%{REQUEST_URI}; HTTP_HOST,REQUEST_URI; ''",
                "%{A}%{A}; A; ''",
                "${map:%{X}|%{Y}}; X,Y; map",
                "${a:${b:k}|d}; ''; a,b",
                "${a:x|${c:y}}; ''; a,c",
                "\\%{X}; ''; ''",
                "%{X; ''; ''",
                "${nocolon}; ''; ''",
                "%{ENV:a}; ENV:a; ''",
                "plain; ''; ''",
                "''; ''; ''"
            })
    void namesAreFoundWhereTheyAreNotEscaped(String text, String variables, String maps) {
        Expansion expansion = Expansion.parse(text);
        assertThat(String.join(",", expansion.variables())).isEqualTo(variables);
        assertThat(String.join(",", expansion.maps())).isEqualTo(maps);
    }
}
