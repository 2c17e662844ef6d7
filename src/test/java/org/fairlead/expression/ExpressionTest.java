package org.fairlead.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.fairlead.http.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTest {
    static Stream<Arguments> conditions() {
        return Stream.concat(Tables.read("conditions.tsv"), Tables.read("patterns.tsv"));
    }

    static Stream<Arguments> errors() {
        return Tables.read("errors.tsv");
    }

    static Stream<Arguments> templates() {
        return Tables.read("templates.tsv");
    }

    @ParameterizedTest(name = "{1} is {0}")
    @MethodSource("conditions")
    void decidesAsHttpdDoes(boolean expected, String text) throws Exception {
        assertThat(Expression.parse(text).test(RequestExample.variables())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("errors")
    void namesTheTokenItsPlaceAndWhatCouldStandThere(String message, String text) {
        assertThatThrownBy(() -> Expression.parse(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{1} gives {0}")
    @MethodSource("templates")
    void fillsStringsAsHttpdDoes(String expected, String text) throws Exception {
        assertThat(Template.parse(text).text(RequestExample.variables())).isEqualTo(Bytes.of(expected));
    }
}
