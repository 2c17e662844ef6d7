package org.fairlead.bench.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.fairlead.bench.proxy.WarmUp.End;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpTest {
    @ParameterizedTest(name = "at least {0} s, at most {1} s, slices of {2} us: {3} s, {4}")
    @CsvSource(textBlock = """
            20, 60, 200 100 99 98 97,                  20, STEADY
            20, 60, 100 100 100 300 150 145 100,       30, STEADY
            20, 60, 100 100 100 80 100 93.1 80,        30, STEADY
            20, 60, 100 100 100 80 100 92.9 92 80,     35, STEADY
            20, 30, 900 800 700 600 500 400 399,       30, NOT_STEADY
            20, 0,  900 800 700 600 600 600,           20, NOT_STEADY
            12, 60, 200 100 99 98,                     15, STEADY
            2,  60, 100 99 98,                          2, STEADY
            1,  3,  300 200 100 100,                    3, NOT_STEADY
            20, 40, NaN NaN NaN NaN NaN NaN NaN NaN NaN, 40, NOT_STEADY
            0,  60, 100 100,                            0, NOT_LOOKED_AT
            """)
    void slicesGoOnUntilTwoInARowCostTheSameOrTheTimeIsUp(
            double least, double most, String micros, double seconds, End end) throws Exception {
        List<Double> slices = Stream.of(micros.split(" ")).map(Double::valueOf).toList();
        var next = slices.iterator();

        WarmUp done = WarmUp.run(least, most, length -> next.next());

        assertThat(done).isEqualTo(new WarmUp(seconds, end));
    }
}
