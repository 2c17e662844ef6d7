package org.fairlead.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** As {@link ExpressionFuzzTest}, with seeds, and for a fuzzer that sees which branches it has found. */
class ConditionFuzzTest {
    private static String text(byte[] data) {
        return new String(data, StandardCharsets.ISO_8859_1);
    }

    @FuzzTest(maxDuration = "60s")
    void aConditionIsReadOrRefused(byte[] data) throws Exception {
        try {
            Expression.parse(text(data)).test(RequestExample.variables());
        } catch (ExpressionException | EvaluationException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void aStringExpressionIsReadOrRefused(byte[] data) throws Exception {
        try {
            Template.parse(text(data)).text(RequestExample.variables());
        } catch (ExpressionException | EvaluationException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** The first line is the pattern, the rest is what it is looked for in. */
    @FuzzTest(maxDuration = "60s")
    void aPatternIsReadOrRefusedAndEnds(byte[] data) {
        String[] parts = text(data).split("\n", 2);
        try {
            Regex.compile(parts[0]).find(parts.length > 1 ? parts[1] : "");
        } catch (ExpressionException | EvaluationException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
