package org.fairlead.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedStopTest {
    @Test
    void aStopThatEndsIsWaitedFor() {
        AtomicBoolean done = new AtomicBoolean();

        assertThat(BoundedStop.run(() -> done.set(true), Duration.ofSeconds(5))).isTrue();
        assertThat(done).isTrue();
    }

    @Test
    void aStopThatHangsIsLeftBehind() {
        CountDownLatch never = new CountDownLatch(1);

        boolean over = BoundedStop.run(
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                Duration.ofMillis(10),
                Duration.ofMillis(10));

        assertThat(over).isFalse();
        never.countDown();
    }
}
