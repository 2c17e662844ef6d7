package org.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairlead.admin.ConsoleSeries.Reading;
import org.fairlead.admin.ConsoleSeries.Sample;
import org.fairlead.counters.LatencyDistribution;
import org.fairlead.counters.ResponseCounts;
import org.fairlead.operations.ServerSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of the console: when it begins, and that it is bounded. */
class ConsoleRecorderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    @Test
    void itRecordsWhileTheConfigurationNamesTheConsoleAndNotFromTheFirstVisitOn() throws Exception {
        try (AdminFixture admin = AdminFixture.start(folder, "ProxyPass / http://127.0.0.1:1/\n");
                ConsoleRecorder recorder = new ConsoleRecorder(admin.runtime().operations()::snapshot)) {
            recorder.follow(true);
            await().atMost(PATIENCE).until(() -> !recorder.server().seconds().isEmpty());

            recorder.follow(false);
            assertThat(recorder.server().seconds()).isEmpty();
            recorder.follow(true);
            await().atMost(PATIENCE).until(() -> !recorder.server().seconds().isEmpty());
        }
    }

    @Test
    void aSampleThatWasTakenBeforeAnOrderDoesNotReplaceTheOneAfterIt() throws Exception {
        try (AdminFixture admin = AdminFixture.start(folder, "ProxyPass / http://127.0.0.1:1/\n")) {
            ServerSnapshot before = admin.runtime().operations().snapshot();
            ServerSnapshot after = admin.runtime().operations().snapshot();
            CountDownLatch taken = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            AtomicInteger calls = new AtomicInteger();
            try (ConsoleRecorder recorder = new ConsoleRecorder(() -> {
                if (calls.getAndIncrement() == 0) {
                    taken.countDown();
                    await().atMost(PATIENCE).until(() -> goOn.getCount() == 0);
                    return before;
                }
                return after;
            })) {
                recorder.follow(true);
                assertThat(taken.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                Thread order = new Thread(recorder::refresh, "order");
                order.start();
                await().atMost(PATIENCE)
                        .until(() -> order.getState() == Thread.State.BLOCKED
                                || order.getState() == Thread.State.TERMINATED);
                goOn.countDown();
                order.join();

                assertThat(recorder.watch()).isSameAs(after);
            }
        }
    }

    @Test
    void aSeriesKeepsTenMinutesBySecondAndADayByMinuteAndNoMore() {
        ConsoleSeries series = new ConsoleSeries();
        int minutes = ConsoleSeries.MINUTES + 3;
        for (int second = 0; second <= minutes * 60; second++) {
            ResponseCounts responses = new ResponseCounts(0, 2L * second, 0, 0, second);
            series.add(new Reading(responses, 3L * second, LatencyDistribution.NONE, second), second % 7, 1);
        }

        List<Sample> seconds = series.seconds();
        assertThat(seconds).hasSize(ConsoleSeries.SECONDS).allMatch(one -> one.requests() == 3 && one.errors() == 1);
        assertThat(seconds.get(ConsoleSeries.SECONDS - 1).busy()).isEqualTo(minutes * 60 % 7);
        assertThat(seconds.get(0).busy()).isEqualTo((minutes * 60 - ConsoleSeries.SECONDS + 1) % 7);
        assertThat(series.minutes())
                .hasSize(ConsoleSeries.MINUTES)
                .allMatch(one -> one.requests() == 180 && one.seconds() == 60);
        assertThat(series.recent().requests()).isEqualTo(30);
    }
}
