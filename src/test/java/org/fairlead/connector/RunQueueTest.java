package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunQueueTest {
    private final RunQueue ready = new RunQueue();

    private static Task since(long nanos) {
        return new Task(() -> {}, nanos);
    }

    @Test
    void whatHasBegunGoesOnBeforeSomethingNewBeginsEachInItsOrder() {
        ready.add(since(1));
        ready.add(since(2));
        ready.resume(since(3));
        ready.resume(since(4));
        for (long next : new long[] {3, 4, 1, 2}) {
            assertThat(ready.isEmpty()).isFalse();
            assertThat(ready.isFresh()).isEqualTo(next < 3);
            assertThat(ready.take().map(Task::since)).contains(next);
        }
        assertThat(ready.isEmpty()).isTrue();
        assertThat(ready.isFresh()).isFalse();
        assertThat(ready.take()).isEmpty();
    }

    @Test
    void theOldestIsThatOfEitherKind() {
        assertThat(ready.oldest()).isEmpty();
        ready.resume(since(Long.MIN_VALUE));
        assertThat(ready.oldest().map(Task::since)).contains(Long.MIN_VALUE);
        // The clock passes its end.
        ready.add(since(Long.MAX_VALUE));
        assertThat(ready.oldest().map(Task::since)).contains(Long.MAX_VALUE);
        ready.resume(since(Long.MAX_VALUE - 1));
        ready.take();
        assertThat(ready.oldest().map(Task::since)).contains(Long.MAX_VALUE - 1);
        ready.take();
        assertThat(ready.oldest().map(Task::since)).contains(Long.MAX_VALUE);
    }
}
