package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameAllowanceTest {
    @ParameterizedTest(name = "{0} at once, then {1} ms: {2} more")
    @CsvSource({"3, 0, 0", "3, 400, 0", "3, 1000, 2", "3, 9000, 3", "0, 9000, 3"})
    void isFullAtFirstAndFillsUpAgainWithTime(int atOnce, long millis, int more) {
        FrameAllowance allowance = new FrameAllowance(3, 2, 1000);
        assertThat(taken(allowance, atOnce, 1000)).isEqualTo(atOnce);
        assertThat(taken(allowance, 10, 1000 + TimeUnit.MILLISECONDS.toNanos(millis)))
                .isEqualTo(more);
    }

    private static long taken(FrameAllowance allowance, int tries, long now) {
        return IntStream.range(0, tries).filter(i -> allowance.take(now)).count();
    }
}
