package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.connector.StreamQueue.INITIAL_LIMIT;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamQueueTest {
    private static final int MAX_STREAMS = 100;

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final Deque<Runnable> timer = new ArrayDeque<>();
    private final List<Integer> ran = new ArrayList<>();
    private int stalled;
    private boolean crowded;
    private final StreamQueue queue = new StreamQueue(
            new StreamQueue.Surroundings(
                    threads::add, () -> stalled, () -> crowded, (millis, check) -> timer.add(check)),
            MAX_STREAMS);

    private void add(int streams) {
        IntStream.range(0, streams).forEach(i -> queue.add(() -> ran.add(i)));
    }

    @Test
    void aNewConnectionRunsFewStreamsAtOnce() {
        add(MAX_STREAMS);
        assertThat(threads).hasSize(INITIAL_LIMIT);
    }

    @Test
    void streamsRunInTheirOrderAndEachThatEndsMakesRoomForTwo() {
        add(MAX_STREAMS);
        threads.remove().run();
        assertThat(threads).hasSize(INITIAL_LIMIT + 1);
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
        assertThat(ran)
                .containsExactlyElementsOf(
                        IntStream.range(0, MAX_STREAMS).boxed().toList());
    }

    @ParameterizedTest(name = "{0} of 8 wait for their client: {1} run after the check")
    @CsvSource({"0, 16", "4, 16", "5, 8", "8, 8"})
    void moreRunWhereTheStreamsDoNotWaitForTheirClient(int waiting, int running) {
        add(MAX_STREAMS);
        stalled = waiting;
        timer.remove().run();
        assertThat(threads).hasSize(running);
        assertThat(timer).as("checks that follow").hasSize(1);
    }

    @Test
    void neverMoreRunThanAConnectionMayHave() {
        add(3 * MAX_STREAMS);
        for (int i = 0; i < 10; i++) {
            timer.remove().run();
        }
        assertThat(threads).hasSize(MAX_STREAMS);
    }

    @Test
    void aConnectionThatMayRunManyRunsFewMoreWhileThreadsAreShort() {
        add(MAX_STREAMS);
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
        crowded = true;
        add(MAX_STREAMS);
        assertThat(threads).hasSize(INITIAL_LIMIT);
        crowded = false;
        while (!timer.isEmpty() && threads.size() < MAX_STREAMS) {
            timer.remove().run();
        }
        assertThat(threads).hasSize(MAX_STREAMS);
    }

    @Test
    void theStreamsOfAConnectionThatIsClosedAreEndedByOneThread() {
        add(MAX_STREAMS);
        threads.clear();
        queue.close();
        assertThat(threads).hasSize(1);
        threads.remove().run();
        assertThat(ran).hasSize(MAX_STREAMS - INITIAL_LIMIT);
        timer.remove().run();
        add(1);
        assertThat(threads).as("what comes later").hasSize(1);
    }

    @Test
    void aStreamThatGetsNoThreadTakesNoPlace() {
        StreamQueue refusing = new StreamQueue(
                new StreamQueue.Surroundings(
                        stream -> {
                            throw new IllegalStateException("no thread");
                        },
                        () -> 0,
                        () -> false,
                        (millis, check) -> timer.add(check)),
                MAX_STREAMS);
        for (int i = 0; i < 2 * INITIAL_LIMIT; i++) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> refusing.add(() -> ran.add(1))))
                    .hasMessage("no thread");
        }
        assertThat(timer).as("nothing waits").isEmpty();
    }
}
