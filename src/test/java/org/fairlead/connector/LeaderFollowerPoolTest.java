package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.fairlead.concurrent.DaemonThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaderFollowerPoolTest {
    private static final long PLENTY_SECONDS = 60;

    private final AtomicInteger complaints = new AtomicInteger();
    private final List<CountDownLatch> ends = new ArrayList<>();

    private LeaderFollowerPool threads(int size) {
        return new LeaderFollowerPool(size, DaemonThreads.numbered("warm"), complaints::incrementAndGet);
    }

    private static FakePollable source(LeaderFollowerPool threads) {
        return new FakePollable(task -> threads.add(new Task(task, System.nanoTime())));
    }

    /** What waits on it ends with the test. */
    private CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        ends.add(latch);
        return latch;
    }

    @AfterEach
    void nothingIsLeftWaiting() {
        ends.forEach(CountDownLatch::countDown);
    }

    @ParameterizedTest(name = "{0} threads, {1} sources, {2} clients")
    @CsvSource({"1, 1, 4", "3, 2, 6", "4, 3, 6", "8, 1, 32", "8, 2, 32"})
    void whateverComesAnywhereIsRun(int size, int sources, int clients) throws InterruptedException {
        LeaderFollowerPool threads = threads(size);
        List<FakePollable> places =
                Stream.generate(() -> source(threads)).limit(sources).toList();
        places.forEach(threads::attach);
        CountDownLatch all = new CountDownLatch(clients * 500);
        for (int i = 0; i < clients; i++) {
            // Each client asks again when it was answered, like a browser.
            new Client(places.get(i % sources), 500, all).ask();
        }
        assertThat(all.await(PLENTY_SECONDS, TimeUnit.SECONDS))
                .as("%d of %d are left", all.getCount(), clients * 500)
                .isTrue();
    }

    @Test
    void aSourceIsLookedAtWhileWhoFoundSomethingIsAtWork() throws InterruptedException {
        LeaderFollowerPool threads = threads(2);
        FakePollable source = source(threads);
        threads.attach(source);
        occupy(source);
        CountDownLatch second = latch();
        source.comes(second::countDown);
        await(second);
    }

    @Test
    void aBusySourceDoesNotKeepTheOnlyThreadFromAnother() throws InterruptedException {
        LeaderFollowerPool threads = threads(1);
        FakePollable busy = source(threads);
        FakePollable other = source(threads);
        threads.attach(busy);
        threads.attach(other);
        AtomicBoolean goesOn = new AtomicBoolean(true);
        askForever(busy, goesOn);
        CountDownLatch seen = latch();
        other.comes(seen::countDown);
        await(seen);
        goesOn.set(false);
    }

    @Test
    void answersAreLookedForBetweenNewRequestsAndGoFirst() throws InterruptedException {
        LeaderFollowerPool threads = threads(1);
        FakePollable members = FakePollable.ofMembers(task -> threads.resume(new Task(task, System.nanoTime())));
        threads.attach(members);
        CountDownLatch all = latch();
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger begunAtAnswer = new AtomicInteger();
        Task request = new Task(begun::incrementAndGet, System.nanoTime());
        threads.add(new Task(
                () -> {
                    Stream.generate(() -> request).limit(1000).forEach(threads::add);
                    threads.add(new Task(all::countDown, System.nanoTime()));
                    // It has come, and nobody has looked yet.
                    members.comes(() -> begunAtAnswer.set(begun.get()));
                },
                System.nanoTime()));
        await(all);
        assertThat(begun).hasValue(1000);
        assertThat(begunAtAnswer.get()).isBetween(1, 19);
    }

    @Test
    void itIsSaidWhenAllAreAtWork() throws InterruptedException {
        LeaderFollowerPool threads = threads(1);
        FakePollable source = source(threads);
        threads.attach(source);
        occupy(source);
        assertThat(complaints.get()).as("the source is left alone").isPositive();
        int before = complaints.get();
        threads.add(new Task(() -> {}, 0));
        assertThat(complaints.get()).as("and something waits").isGreaterThan(before);
        assertThat(threads.isQuiet()).isFalse();
    }

    @Test
    void anotherThreadCanStandInWhileAllAreAtWork() throws InterruptedException {
        LeaderFollowerPool threads = threads(1);
        FakePollable source = source(threads);
        LeaderFollowerPool.PollSlot post = threads.attach(source);
        CountDownLatch end = occupy(source);
        AtomicBoolean goesOn = new AtomicBoolean(true);
        Thread other = new Thread(() -> threads.pollInstead(post, goesOn::get));
        other.start();
        source.comes(() -> {});
        while (threads.first().isEmpty()) {
            Thread.onSpinWait();
        }
        CountDownLatch last = latch();
        source.comes(last::countDown);
        end.countDown();
        await(last);
        goesOn.set(false);
        source.wake();
        other.join(TimeUnit.SECONDS.toMillis(PLENTY_SECONDS));
        assertThat(other.isAlive()).isFalse();
        CountDownLatch after = latch();
        source.comes(after::countDown);
        await(after);
    }

    @Test
    void whoIsGivenSomethingDirectlyRunsIt() throws InterruptedException {
        LeaderFollowerPool threads = threads(1);
        assertThat(threads.handOver(new Task(() -> {}, 0)))
                .as("nobody was started")
                .isFalse();
        CountDownLatch first = latch();
        threads.add(new Task(first::countDown, 0));
        await(first);
        CountDownLatch second = latch();
        while (!threads.handOver(new Task(second::countDown, 0))) {
            Thread.onSpinWait();
        }
        await(second);
    }

    @Test
    void aTaskThatFailsOrIsInterruptedLeavesItsThreadAsItWas() throws InterruptedException {
        LeaderFollowerPool threads = threads(1);
        threads.add(new Task(
                () -> {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("as planned");
                },
                0));
        CountDownLatch done = latch();
        AtomicBoolean interrupted = new AtomicBoolean();
        threads.add(new Task(
                () -> {
                    interrupted.set(Thread.currentThread().isInterrupted());
                    done.countDown();
                },
                0));
        await(done);
        assertThat(interrupted).isFalse();
    }

    @Test
    void aLookThatFailsIsNotTheLast() throws InterruptedException {
        LeaderFollowerPool threads = threads(1);
        FakePollable source = source(threads);
        source.failures().set(3);
        threads.attach(source);
        CountDownLatch done = latch();
        source.comes(done::countDown);
        await(done);
    }

    @Test
    void nobodyLooksAtASourceThatWasTakenAway() throws InterruptedException {
        LeaderFollowerPool threads = threads(2);
        FakePollable source = source(threads);
        LeaderFollowerPool.PollSlot post = threads.attach(source);
        CountDownLatch seen = latch();
        source.comes(seen::countDown);
        await(seen);
        threads.detach(post);
        long looks = post.looks();
        CountDownLatch other = latch();
        threads.add(new Task(other::countDown, 0));
        await(other);
        assertThat(post.looks()).isEqualTo(looks);
        // Who had not yet begun holds it for a moment, to find that it was taken away.
        Awaitility.await().until(() -> !post.isLed());
    }

    @Test
    void whoHasNotYetBegunToLookDoesNotWhenItIsTakenAway() {
        LeaderFollowerPool threads = threads(3);
        FakePollable busy = source(threads);
        threads.attach(busy);
        AtomicBoolean goesOn = new AtomicBoolean(true);
        for (int i = 0; i < 3; i++) {
            askForever(busy, goesOn);
        }
        AtomicInteger late = new AtomicInteger();
        for (int i = 0; i < 20_000; i++) {
            AtomicBoolean gone = new AtomicBoolean();
            threads.detach(threads.attach(new LeaderFollowerPool.Pollable() {
                @Override
                public void look(BooleanSupplier mayWait) {
                    late.addAndGet(gone.get() ? 1 : 0);
                }

                @Override
                public boolean wake() {
                    return false;
                }

                @Override
                public boolean resumes() {
                    return false;
                }
            }));
            gone.set(true);
        }
        goesOn.set(false);
        assertThat(late).hasValue(0);
    }

    private static void askForever(FakePollable source, AtomicBoolean goesOn) {
        source.comes(() -> {
            if (goesOn.get()) {
                askForever(source, goesOn);
            }
        });
    }

    /** Returns when a thread is at work on what came there, and what lets it end; the test's end does, too. */
    private CountDownLatch occupy(FakePollable source) {
        CountDownLatch begun = latch();
        CountDownLatch end = latch();
        source.comes(() -> {
            begun.countDown();
            await(end);
        });
        await(begun);
        return end;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks so many times, each time when the answer before is there. */
    private record Client(FakePollable source, AtomicInteger left, CountDownLatch all) {
        Client(FakePollable source, int count, CountDownLatch all) {
            this(source, new AtomicInteger(count), all);
        }

        void ask() {
            source.comes(() -> {
                all.countDown();
                if (left.decrementAndGet() > 0) {
                    ask();
                }
            });
        }
    }
}
