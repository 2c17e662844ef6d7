package org.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a member that drains will be empty. */
class DrainTrendTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DrainTrend trend = new DrainTrend();

    @Test
    void withoutTwoSamplesThereIsNoTrend() {
        assertThat(trend.perMinute()).isZero();
        assertThat(trend.untilZero()).isEmpty();
        trend.add(SECOND, 7);
        assertThat(trend.perMinute()).isZero();
        assertThat(trend.untilZero()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, after {1} s {2}: {3} a minute, empty in {4} s")
    @CsvSource({"100, 60, 40, -60, 40", "100, 10, 90, -60, 90", "8, 4, 2, -90, 1.333", "5, 5, 0, -60, 0"})
    void aFallingNumberReachesZero(double from, long seconds, double to, double perMinute, double left) {
        trend.add(0, from);
        trend.add(seconds * SECOND, to);
        assertThat(trend.perMinute()).isCloseTo(perMinute, within(0.01));
        assertThat(trend.untilZero().orElseThrow()).isCloseTo((long) (left * SECOND), within(SECOND / 100));
    }

    @Test
    void aNumberThatStaysNeverDoes() {
        trend.add(0, 5);
        trend.add(SECOND, 5);
        assertThat(trend.untilZero()).isEmpty();
    }

    @Test
    void itBeginsAnewAtEachMaximum() {
        trend.add(0, 5);
        trend.add(10 * SECOND, 1);
        trend.add(20 * SECOND, 50);
        assertThat(trend.untilZero()).as("one sample only").isEmpty();
        trend.add(30 * SECOND, 40);
        assertThat(trend.untilZero().orElseThrow()).isCloseTo(40 * SECOND, within(SECOND / 100));
    }

    @Test
    void aLongDrainIsMeasuredToItsEndByFewSamples() {
        for (int i = 0; i < 10_000; i++) {
            trend.add(i * SECOND, 20_000 - i);
        }
        assertThat(trend.perMinute()).isCloseTo(-60, within(0.01));
        assertThat(trend.untilZero().orElseThrow()).isCloseTo(10_001 * SECOND, within(40 * SECOND));
    }
}
