package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestThreadsTest {
    @ParameterizedTest(name = "JDK {0}, {1} requests: {2}")
    @CsvSource({"17, 400,", "21, 100, 256", "21, 8192, 8192", "23, 100000, 32767", "24, 8192,", "25, 8192,"})
    void slowClientsMayHoldAsManyCarriersAsThereAreRequestsWhereTheyHoldAny(int feature, int limit, String carriers) {
        assertThat(RequestThreads.carriers(feature, limit).orElse(null)).isEqualTo(carriers);
    }
}
