package org.fairlead.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseSeriesTest {
    @Test
    void hostileMethodsAndStatusesMakeNoSeriesWithoutBound() {
        ResponseSeries series = new ResponseSeries();
        for (int i = 0; i < 100_000; i++) {
            series.record("M" + i, 100 + i % 500, 1);
            series.record("GET", 100 + i % 500, FailureKind.values()[i % FailureKind.values().length], 1);
        }

        assertThat(series.samples()).hasSizeLessThan(2 * ResponseSeries.MAX_SERIES);
        assertThat(series.samples().stream()
                        .mapToLong(sample -> sample.durations().count())
                        .sum())
                .isEqualTo(200_000);
    }

    @ParameterizedTest(name = "{0} ms in bucket {1}")
    @CsvSource({"0, 0", "5, 0", "6, 1", "250, 6", "251, 7", "10000, 13", "10001, 14"})
    void aBucketHoldsWhatIsUpToItsLimit(long millis, int bucket) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(Duration.ofMillis(millis).toNanos());

        assertThat(histogram.distribution().counts().get(bucket)).isEqualTo(1);
        assertThat(histogram.distribution().sum()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void quantilesAreInterpolatedWithinABucket() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < 100; i++) {
            histogram.record(Duration.ofMillis(60).toNanos());
        }

        assertThat(histogram.distribution().quantile(0.5)).hasValue(Duration.ofNanos(62_500_000));
        assertThat(LatencyDistribution.NONE.quantile(0.5)).isEmpty();
    }
}
