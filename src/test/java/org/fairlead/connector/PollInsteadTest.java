package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.fairlead.concurrent.DaemonThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that polls in place of a {@link LeaderFollowerPool} whose only thread is at work. */
class PollInsteadTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final LeaderFollowerPool threads = new LeaderFollowerPool(1, DaemonThreads.numbered("warm"), () -> {});

    @AfterEach
    void letTheOnlyThreadGo() {
        end.countDown();
    }

    @Test
    void doesNotWaitWhenItIsToEndAtTheVeryBeginningOfItsPoll() throws InterruptedException {
        occupyTheOnlyThread();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        AtomicBoolean waits = new AtomicBoolean(true);
        LeaderFollowerPool.PollSlot slot = threads.attach(new Source() {
            @Override
            public void look(BooleanSupplier mayWait) {
                // The caller of goesOn is past its question, and a wake has nothing to end yet.
                goesOn.set(false);
                waits.set(mayWait.getAsBoolean());
            }
        });
        threads.pollInstead(slot, goesOn::get);
        assertThat(waits).isFalse();
        assertThat(slot.isLed()).isFalse();
    }

    private void occupyTheOnlyThread() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Runnable work = () -> {
            begun.countDown();
            try {
                end.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        threads.add(new Task(work, System.nanoTime()));
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    }

    /** A source of which only the poll matters. */
    private abstract static class Source implements LeaderFollowerPool.Pollable {
        @Override
        public boolean wake() {
            return false;
        }

        @Override
        public boolean resumes() {
            return false;
        }
    }
}
