package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
                    5,      PT5S
                    0,      PT0S
                    500ms,  PT0.5S
                    500MS,  PT0.5S
                    5s,     PT5S
                    5sec,   PT5S
                    1min,   PT1M
                    2mi,    PT2M
                    3h,     PT3H
                    ' 7 ',  PT7S
                    """)
    void aTimeIsReadAsHttpdReadsIt(String text, Duration expected) {
        assertThat(Units.time(text, ChronoUnit.SECONDS)).contains(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"", "s", "5m", "5d", "-1", "1.5", "5 s", "0x5", "999999999999999h", "9999999999999999", "٥"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(Units.time(text, ChronoUnit.SECONDS)).isEmpty();
    }

    @Test
    void aBareNumberHasTheUnitOfItsParameter() {
        assertThat(Units.time("300", ChronoUnit.MILLIS)).contains(Duration.ofMillis(300));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"0, 0", "512, 512", "8K, 8192", "8kb, 8192", "1M, 1048576", "2G, 2147483648"})
    void aSizeIsInBytesOrPowersOf1024(String text, long expected) {
        assertThat(Units.size(text)).hasValue(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "K", "-1", "1.5M", "5x", "999999999999999G"})
    void whatIsNoSizeIsNone(String text) {
        assertThat(Units.size(text)).isEmpty();
    }
}
