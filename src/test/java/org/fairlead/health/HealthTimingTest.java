package org.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.HealthCheckConfig.Method;
import org.fairlead.model.MemberConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HealthTimingTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static MemberConfig config(String host) {
        return Members.config(host, Members.check(Method.TCP, INTERVAL, 1, 1, ""));
    }

    private static Balancer many(int count) {
        MemberConfig[] members = new MemberConfig[count];
        for (int i = 0; i < count; i++) {
            members[i] = config("m" + i);
        }
        return Members.balancer(members);
    }

    @ParameterizedTest(name = "random {0}: {1} ms")
    @CsvSource({"0.0, 9000", "0.5, 10000", "1.0, 11000"})
    void aWaitIsTheIntervalGiveOrTakeATenth(double random, long millis) {
        assertThat(MemberProbing.jittered(INTERVAL, random)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void membersThatCameTogetherAreProbedApart() {
        VirtualTime time = new VirtualTime();
        Random random = new Random(1);
        HealthMonitor monitor =
                HealthMonitor.on((member, check) -> Optional.empty(), time, Runnable::run, random::nextDouble);

        monitor.watchAll(List.of(many(100)));
        time.advance(INTERVAL.multipliedBy(20));

        assertThat(time.delays())
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11)));
        long first100 = time.delays().stream().limit(100).distinct().count();
        assertThat(first100).isGreaterThan(90);
        assertThat(time.delays()).hasSizeGreaterThan(1800);
    }

    @Test
    void noMoreProbesRunAtOnceThanThePoolHolds() throws Exception {
        VirtualTime time = new VirtualTime();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        Semaphore go = new Semaphore(0);
        Probe slow = (member, check) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            two.countDown();
            go.acquireUninterruptibly();
            running.decrementAndGet();
            return Optional.empty();
        };
        ThreadPoolExecutor pool = DaemonThreads.pool("test", 2);
        HealthMonitor monitor = HealthMonitor.on(slow, time, pool, () -> 0.5);
        try {
            monitor.watchAll(List.of(many(5)));
            time.advance(INTERVAL);
            two.await();
            assertThat(pool.getQueue()).hasSize(3);
            go.release(5);
            time.awaitWaiting(5);
            assertThat(most).hasValue(2);
        } finally {
            monitor.close();
            pool.shutdownNow();
        }
    }

    @Test
    void aProbeThatHangsDelaysNobodyElseAndIsNotRepeated() throws Exception {
        VirtualTime time = new VirtualTime();
        AtomicInteger hanging = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger others = new AtomicInteger();
        Probe probe = (member, check) -> {
            if (!member.name().contains("m0")) {
                others.incrementAndGet();
                return Optional.empty();
            }
            hanging.incrementAndGet();
            begun.countDown();
            awaitQuietly(end);
            return Optional.empty();
        };
        ThreadPoolExecutor pool = DaemonThreads.pool("test", 2);
        HealthMonitor monitor = HealthMonitor.on(probe, time, pool, () -> 0.5);
        try {
            monitor.watchAll(List.of(many(3)));
            for (int round = 1; round <= 5; round++) {
                time.advance(INTERVAL);
                begun.await();
                time.awaitWaiting(2);
                assertThat(others).hasValue(2 * round);
            }
            assertThat(hanging).hasValue(1);
        } finally {
            end.countDown();
            monitor.close();
            pool.shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest(name = "ProxyHCTPsize {0}")
    @CsvSource({"0", "3"})
    void probesRunOnDaemonThreadsOfTheMonitorThatEndWithIt(int threads) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        List<Thread> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        Probe probe = (Member member, HealthCheckConfig check) -> {
            seen.add(Thread.currentThread());
            asked.countDown();
            return Optional.empty();
        };
        HealthMonitor monitor = HealthMonitor.start(probe, threads);
        monitor.watch(Members.only(
                Members.balancer(Members.config("a", Members.check(Method.TCP, Duration.ofMillis(100), 1, 1, "")))));

        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        monitor.close();

        Thread thread = seen.get(0);
        assertThat(thread.getName()).startsWith("fairlead-health");
        assertThat(thread.isDaemon()).isTrue();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }
}
