package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallDetectorTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int THREADS = 8;

    /** Done in 5 ms by threads that only wait for a processor. */
    private static final int BRISK = 10 * PROCESSORS;

    private double load;
    private long done;
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);
    private final StallDetector slowness = new StallDetector(() -> load, () -> done, THREADS, now);

    /** So many looks, one every 5 ms, with so many requests done between one and the next. */
    private void look(int times, int doneEachTime, boolean waits) {
        for (int i = 0; i < times; i++) {
            now += TimeUnit.MILLISECONDS.toNanos(5);
            done += doneEachTime;
            slowness.look(now, waits);
        }
    }

    private boolean isSeenIn(long millis) {
        return slowness.isSeenIn(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private boolean isSeenAround(long millis) {
        return slowness.isSeenAround(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @ParameterizedTest(name = "waited {0} ms, processors in use: {1}, done by the threads in 5 ms: {2}: {3}, {4}")
    @CsvSource(textBlock = """
            4,    0.1, 0, false, false
            6,    0.1, 0, true,  true
            6,    -1,  0, true,  true
            6,    0.1, 5, true,  true
            6,    0.7, 3, true,  true
            6,    0.8, 3, false, false
            100,  0.8, 3, false, false
            101,  0.8, 3, true,  true
            101,  0.8, 4, false, true
            9999, 0.8, 4, false, true
            """)
    void membersAreSlowWhereMoreThreadsWouldHelp(
            long millis, double inUse, int doneEachTime, boolean slow, boolean slowAround) {
        load = inUse;
        look(41, doneEachTime, true);
        assertThat(isSeenIn(millis)).isEqualTo(slow);
        assertThat(isSeenAround(millis)).isEqualTo(slowAround);
    }

    @Test
    void aCrowdAfterARestIsNotTakenForSlowMembers() {
        load = 0.1;
        look(20, 0, false);
        now += TimeUnit.SECONDS.toNanos(4);
        slowness.look(now, false);
        look(1, BRISK, true);
        assertThat(isSeenIn(6))
                .as("idle a moment ago, and as many done as may be")
                .isFalse();
        assertThat(isSeenAround(6)).isFalse();
        assertThat(slowness.isBrisk()).isTrue();
        look(1, BRISK - 1, true);
        assertThat(slowness.isBrisk()).isFalse();
        assertThat(isSeenIn(6)).as("the threads wait for something").isTrue();
        assertThat(isSeenAround(6)).isTrue();
    }

    @Test
    void whoseWaitingBeganAMomentAgoIsNotJudgedByTheTimeBefore() {
        load = 0.1;
        look(20, 0, false);
        look(39, BRISK, true);
        assertThat(isSeenIn(6))
                .as("a request has waited for less than the last sample")
                .isFalse();
        look(1, BRISK, true);
        assertThat(isSeenIn(6)).as("all the time, with processors to spare").isTrue();
        look(20, BRISK, false);
        assertThat(isSeenIn(6)).as("no longer all the time").isFalse();
    }

    @Test
    void whatIsDoneBetweenTwoLooksThatFollowAtOnceSaysNothing() {
        load = 0.1;
        look(20, 0, false);
        look(1, 0, true);
        slowness.look(now + 1, true);
        assertThat(isSeenIn(6)).isTrue();
    }
}
