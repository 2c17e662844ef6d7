package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCensusTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest(name = "{0} sessions are counted exactly")
    @ValueSource(ints = {0, 1, 2, 999, 10_000})
    void upToTenThousandSessionsAreCountedExactly(int sessions) {
        SessionCensus census = new SessionCensus(Duration.ofMinutes(30));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < sessions; i++) {
                census.saw("session-" + i, round * SECOND);
            }
        }

        assertThat(census.isExact()).isTrue();
        assertThat(census.count(3 * SECOND)).isEqualTo(sessions);
    }

    @ParameterizedTest(name = "{0} sessions are estimated")
    @ValueSource(ints = {10_001, 50_000, 400_000})
    void moreAreEstimatedWithinFivePercent(int sessions) {
        SessionCensus census = new SessionCensus(Duration.ofMinutes(30));
        for (int i = 0; i < sessions; i++) {
            census.saw(Integer.toHexString(i) + ".s", i);
        }

        assertThat(census.isExact()).isFalse();
        assertThat((double) census.count(SECOND)).isCloseTo(sessions, within(sessions * 0.05));
    }

    @Test
    void aSessionIsGoneWhenItWasNotSeenForTheIdleTime() {
        SessionCensus census = new SessionCensus(Duration.ofSeconds(60));
        census.saw("a", 0);
        census.saw("b", 30 * SECOND);
        census.saw("a", 50 * SECOND);

        assertThat(census.count(60 * SECOND)).isEqualTo(2);
        assertThat(census.count(91 * SECOND)).isEqualTo(1);
        assertThat(census.count(111 * SECOND)).isZero();
        assertThat(census.lastNew()).isEqualTo(30 * SECOND);
    }

    @Test
    void estimatedSessionsGoWithTheIdleTimeToo() {
        SessionCensus census = new SessionCensus(Duration.ofSeconds(60));
        for (int i = 0; i < 20_000; i++) {
            census.saw("s" + i, i < 10_000 ? 0 : 50 * SECOND);
        }

        assertThat((double) census.count(55 * SECOND)).isCloseTo(20_000, within(1_000.0));
        assertThat((double) census.count(70 * SECOND)).isCloseTo(10_000, within(500.0));
        assertThat(census.count(120 * SECOND)).isZero();
    }
}
