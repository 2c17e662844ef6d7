package org.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.operations.DrainOrder;
import org.fairlead.operations.DrainOrder.Then;
import org.fairlead.operations.DrainSnapshot.State;
import org.fairlead.operations.ServerSnapshot.MemberKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainJobTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");

    private static DrainJob job(boolean sticky, Optional<Instant> until) {
        return new DrainJob(
                new MemberKey("shop", "a"),
                new DrainOrder(until, Then.NOTHING, Duration.ofMinutes(30)),
                OrderOrigin.configuration(),
                sticky,
                0);
    }

    @ParameterizedTest(name = "{0} requests that end within {1} s")
    @CsvSource({"2000, 600", "2000, 5400", "50, 60", "7, 7200"})
    void theEndIsExpectedWithinAFifthAfterAThirdOfTheTime(int begun, int seconds) {
        DrainJob job = job(false, Optional.empty());

        int third = seconds / 3;
        for (int at = 0; at <= third; at++) {
            int left = begun - (int) ((long) begun * at / seconds);
            assertThat(job.look(left, at * SECOND, START.plusSeconds(at))).isEqualTo(State.RUNNING);
        }

        Instant expected = job.snapshot().expectedEnd().orElseThrow();
        assertThat((double) Duration.between(START, expected).toSeconds()).isCloseTo(seconds, within(seconds * 0.2));
        assertThat(job.snapshot().perMinute()).isNegative();
    }

    @Test
    void noEndIsExpectedWhileItDoesNotGoDown() {
        DrainJob job = job(false, Optional.empty());
        for (int at = 0; at < 100; at++) {
            job.look(5 + at % 2, at * SECOND, START.plusSeconds(at));
        }
        for (int at = 100; at < 110; at++) {
            job.look(50, at * SECOND, START.plusSeconds(at));
        }

        assertThat(job.snapshot().expectedEnd()).isEmpty();
    }

    @Test
    void withoutSessionsItIsOverWithTheLastRequest() {
        DrainJob job = job(false, Optional.empty());

        assertThat(job.look(1, SECOND, START)).isEqualTo(State.RUNNING);
        assertThat(job.look(0, 2 * SECOND, START)).isEqualTo(State.DRAINED);
    }

    @Test
    void withSessionsItIsOverWhenNoneWasSeenForTheirIdleTime() {
        DrainJob job = job(true, Optional.empty());

        assertThat(job.look(0, SECOND, START)).isEqualTo(State.RUNNING);
        assertThat(job.look(0, 1799 * SECOND, START)).isEqualTo(State.RUNNING);
        assertThat(job.look(1, 1800 * SECOND, START)).isEqualTo(State.RUNNING);
        assertThat(job.look(0, 1801 * SECOND, START)).isEqualTo(State.DRAINED);
    }

    @Test
    void theDeadlineEndsItWithWhatIsLeft() throws Exception {
        DrainJob job = job(true, Optional.of(START.plusSeconds(60)));

        assertThat(job.look(3, 59 * SECOND, START.plusSeconds(59))).isEqualTo(State.RUNNING);
        assertThat(job.look(3, 60 * SECOND, START.plusSeconds(60))).isEqualTo(State.EXPIRED);
        assertThat(job.awaitEnd(Duration.ofMillis(1))).isFalse();
        job.end(State.EXPIRED);
        assertThat(job.awaitEnd(Duration.ofMillis(1))).isTrue();
        assertThat(job.snapshot().busy()).isEqualTo(3);
    }
}
