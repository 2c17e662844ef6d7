package org.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.fairlead.health.HealthCounter.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCounterTest {
    /** + a pass, - a failure; in capitals P and F while the member is out. Result: u brought back, d taken out, . nothing. */
    @ParameterizedTest(name = "passes={0} fails={1}: {2} -> {3}")
    @CsvSource(textBlock = """
            1, 1, +,       .
            1, 1, -,       d
            1, 1, P,       u
            1, 1, F,       d
            1, 1, -FFP+,   dddu.
            1, 3, --,      ..
            1, 3, ---,     ..d
            1, 3, --+---,  .....d
            1, 3, ---F,    ..dd
            3, 1, PP,      ..
            3, 1, PPP,     ..u
            3, 1, PPFPPP,  ..d..u
            3, 1, +++++P,  ......
            3, 1, +++-PPP, ...d..u
            2, 2, -F,      .d
            2, 2, -P-,     ...
            2, 2, P+P,     ...
            2, 2, PPPP,    .u.u
            3, 2, PPFPF,   .....
            3, 2, PPFFP,   ...d.
            """)
    void countsProbesInARow(int passes, int fails, String probes, String verdicts) {
        HealthCounter counter = new HealthCounter(passes, fails);

        String actual = probes.chars()
                .mapToObj(c -> counter.count(c == '+' || c == 'P', c == 'P' || c == 'F'))
                .map(verdict -> verdict == Verdict.BRING_BACK ? "u" : verdict == Verdict.TAKE_OUT ? "d" : ".")
                .collect(Collectors.joining());

        assertThat(actual).isEqualTo(verdicts);
    }

    @Test
    void aTimeWithoutProbesBreaksTheRow() {
        HealthCounter counter = new HealthCounter(2, 2);
        counter.count(false, false);

        counter.reset();

        assertThat(counter.count(false, false)).isEqualTo(Verdict.NOTHING);
    }
}
