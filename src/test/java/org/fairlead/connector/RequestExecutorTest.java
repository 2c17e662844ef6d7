package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.coyote.ProtocolException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestExecutorTest {
    private static final int WARM = 4 * Runtime.getRuntime().availableProcessors();
    private static final long PLENTY_SECONDS = 60;

    @ParameterizedTest(name = "JDK {0}, {1} requests: {2}")
    @CsvSource({"17, 400,", "21, 100, 256", "21, 8192, 8192", "23, 100000, 32767", "24, 8192,", "25, 8192,"})
    void slowClientsMayHoldAsManyCarriersAsThereAreRequestsWhereTheyHoldAny(int feature, int limit, String carriers) {
        assertThat(RequestExecutor.carriers(feature, limit).orElse(null)).isEqualTo(carriers);
    }

    @ParameterizedTest(name = "processors in use: {0}")
    @ValueSource(doubles = {0.1, 1.0, -1})
    void nobodyWaitsForeverBehindSlowMembers(double load) throws InterruptedException {
        RequestExecutor threads = new RequestExecutor(500, () -> load);
        CountDownLatch all = new CountDownLatch(500);
        CountDownLatch answer = new CountDownLatch(1);
        for (int i = 0; i < 500; i++) {
            threads.execute(() -> {
                all.countDown();
                await(answer);
            });
        }
        boolean running = all.await(PLENTY_SECONDS, TimeUnit.SECONDS);
        answer.countDown();
        assertThat(running).as("all 500 run at once").isTrue();
    }

    @ParameterizedTest(name = "processors in use: {0}")
    @ValueSource(doubles = {0.1, 1.0, -1})
    void somebodyLooksForRequestsWhileAllThreadsWait(double load) throws InterruptedException {
        RequestExecutor threads = new RequestExecutor(1, () -> load);
        FakePollable source = new FakePollable(Runnable::run);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        threads.execute(() -> {
            begun.countDown();
            await(seen);
        });
        await(begun);
        threads.attach(source);
        // Like what a client sends of a body, for which its request waits.
        source.comes(seen::countDown);
        await(seen);
    }

    @Test
    void moreListenersThanThreadsAreAllServed() throws InterruptedException {
        RequestExecutor threads = new RequestExecutor(1, () -> 0);
        for (int i = 0; i < 3; i++) {
            FakePollable source = new FakePollable(threads);
            threads.attach(source);
            CountDownLatch served = new CountDownLatch(1);
            source.comes(served::countDown);
            await(served);
        }
    }

    @ParameterizedTest(name = "MaxRequestWorkers {0}")
    @ValueSource(ints = {1, 2, 20})
    void asManyRunAtOnceAsMayAndNoMore(int limit) throws InterruptedException {
        RequestExecutor threads = new RequestExecutor(limit, () -> 0);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(10 * limit);
        CountDownLatch full = new CountDownLatch(limit);
        for (int i = 0; i < 10 * limit; i++) {
            threads.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                full.countDown();
                await(full);
                running.decrementAndGet();
                done.countDown();
            });
        }
        assertThat(done.await(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isEqualTo(limit);
    }

    @Test
    void aRequestThatEndsInAnErrorLeavesItsThreadToTheOthers() throws InterruptedException {
        RequestExecutor threads = new RequestExecutor(1, () -> 0);
        CountDownLatch done = new CountDownLatch(1);
        threads.execute(() -> {
            throw new ProtocolException("the client has left");
        });
        threads.execute(done::countDown);
        assertThat(done.await(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PLENTY_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void leave(RequestExecutor threads, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(threads.trySuspend()).isTrue();
        }
    }

    @Test
    void whoeverHasLeftCountsAsInFlight() {
        RequestExecutor threads = new RequestExecutor(WARM + 2, () -> 0.1);
        leave(threads, 2);
        assertThat(threads.trySuspend()).as("a third").isFalse();
        CountDownLatch back = new CountDownLatch(1);
        threads.resume(back::countDown);
        await(back);
        // Where a warm thread was late another has brought it back, and ends in a moment.
        Awaitility.await().until(threads::trySuspend);
        threads.cancel();
        leave(threads, 1);
    }

    @Test
    void whileMembersAreQuickOnlySoManyMayGoAsTheCachesHold() {
        int away = 64 * Runtime.getRuntime().availableProcessors();
        RequestExecutor threads = new RequestExecutor(WARM + away + 10, () -> 0.1);
        leave(threads, away);
        assertThat(threads.trySuspend()).as("members are quick").isFalse();
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch oneMore = new CountDownLatch(1);
        for (int i = 0; i < WARM; i++) {
            threads.execute(() -> await(answer));
        }
        threads.execute(() -> {
            oneMore.countDown();
            await(answer);
        });
        await(oneMore);
        // Only now are they known to be slow; the one more has one of the ten places, and whoever found a warm thread
        // late.
        int more = 0;
        while (threads.trySuspend()) {
            more++;
        }
        assertThat(more).isBetween(10 - WARM - 1, 9);
        answer.countDown();
    }
}
