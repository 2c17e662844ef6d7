package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.fairlead.concurrent.DaemonThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleWorkersTest {
    private static final long PLENTY_SECONDS = 60;

    private final ThreadFactory daemons = DaemonThreads.called("crew");
    private final AtomicInteger started = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> all = new ArrayList<>();

    private IdleWorkers crew(int size, Runnable work, BooleanSupplier quiet) {
        return new IdleWorkers(
                size,
                task -> {
                    started.incrementAndGet();
                    Thread thread = daemons.newThread(task);
                    all.add(thread);
                    return thread;
                },
                work,
                quiet);
    }

    @AfterEach
    void nobodyIsLeft() throws InterruptedException {
        end.countDown();
        for (Thread thread : all) {
            thread.join(TimeUnit.SECONDS.toMillis(PLENTY_SECONDS));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void whoIsOnTheWayIsNotJoinedByAnother() throws InterruptedException {
        CountDownLatch allStarted = new CountDownLatch(3);
        CountDownLatch allRest = new CountDownLatch(3);
        CountDownLatch mayArrive = new CountDownLatch(1);
        Semaphore arrived = new Semaphore(0);
        IdleWorkers[] crew = new IdleWorkers[1];
        Runnable work = () -> {
            allStarted.countDown();
            await(allStarted);
            crew[0].rest();
            arrived.release();
            await(end);
        };
        crew[0] = crew(3, work, () -> {
            allRest.countDown();
            while (mayArrive.getCount() > 0) {
                Thread.onSpinWait();
            }
            return true;
        });
        for (int i = 0; i < 3; i++) {
            assertThat(crew[0].wakeWorker()).isTrue();
        }
        assertThat(started).hasValue(3);
        await(allRest);
        for (int i = 0; i < 5; i++) {
            assertThat(crew[0].wakeWorker()).isTrue();
        }
        mayArrive.countDown();
        for (int there = 1; there <= 3; there++) {
            assertThat(arrived.tryAcquire(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(crew[0].wakeWorker()).as("with %d at work", there).isEqualTo(there < 3);
        }
    }

    @Test
    void whoRestsIsCalledBeforeAnotherIsStarted() throws InterruptedException {
        Semaphore woken = new Semaphore(0);
        Semaphore rests = new Semaphore(0);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger before = new AtomicInteger();
        IdleWorkers[] crew = new IdleWorkers[1];
        Runnable work = () -> {
            while (!over.get()) {
                crew[0].rest();
                woken.release();
            }
        };
        crew[0] = crew(2, work, () -> {
            rests.release();
            return true;
        });
        assertThat(crew[0].wakeOne(before::incrementAndGet))
                .as("nobody was started")
                .isFalse();
        assertThat(crew[0].wakeWorker()).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(rests.tryAcquire(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
            if (i % 2 == 0) {
                assertThat(crew[0].wakeWorker()).isTrue();
            } else {
                assertThat(crew[0].wakeOne(before::incrementAndGet)).isTrue();
            }
            assertThat(woken.tryAcquire(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(started).hasValue(1);
        assertThat(before).hasValue(50);
        over.set(true);
        // It may have gone to rest once more.
        Awaitility.await().until(() -> {
            crew[0].wakeOne(() -> {});
            return !all.get(0).isAlive();
        });
    }

    @Test
    void whoCouldNotBeStartedIsNotWaitedFor() throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        AtomicBoolean fails = new AtomicBoolean(true);
        IdleWorkers crew = new IdleWorkers(
                2,
                task -> {
                    if (fails.getAndSet(false)) {
                        throw new OutOfMemoryError("no thread, as planned");
                    }
                    Thread thread = daemons.newThread(task);
                    all.add(thread);
                    return thread;
                },
                there::countDown,
                () -> true);
        assertThatThrownBy(crew::wakeWorker).isInstanceOf(OutOfMemoryError.class);
        assertThat(crew.wakeWorker()).isTrue();
        assertThat(there.await(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
