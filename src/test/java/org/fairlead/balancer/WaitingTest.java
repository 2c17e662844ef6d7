package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class WaitingTest {
    @Test
    void whoIsFullIsPassedOverWhileThereIsAnother() throws NoMemberException {
        Cluster cluster = Cluster.of("a max=1", "b max=2", "c set=1");
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            got.add(cluster.lease(Affinity.NONE).member().name());
        }
        assertThat(got).containsExactly("a", "b", "b", "c", "c");
    }

    @Test
    void aCrowdCallsNoSpareToWorkButAStandby() throws NoMemberException {
        Cluster cluster = Cluster.of("a max=1", "b flags=R", "c flags=H");
        assertThat(cluster.lease(Affinity.NONE).member().name()).isEqualTo("a");
        assertThat(cluster.lease(Affinity.NONE).member().name()).isEqualTo("c");
    }

    @ParameterizedTest(name = "max=1 {0}: waits {1} ms")
    @CsvSource(textBlock = """
            '',                     0
            acquire=0,              0
            acquire=300,            300
            queue=5,                60000
            queue=5 acquire=300,    300
            """)
    void aPlaceIsWaitedForAsLongAsAcquireSaysWhereThereIsAQueue(String spec, long millis) throws NoMemberException {
        Cluster cluster = Cluster.of("a max=1 " + spec);
        cluster.lease(Affinity.NONE);
        long start = cluster.clock.get();
        NoMemberException refused = catchThrowableOfType(NoMemberException.class, () -> cluster.lease(Affinity.NONE));
        assertThat(cluster.clock.get() - start).isEqualTo(millis * 1_000_000);
        assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(1));
        assertThat(refused).hasMessageContaining("1 usable member(s) at their max");
        assertThat(cluster.balancer().snapshot().queue().waiting()).isZero();
    }

    /** Found by the threads below: a wake-up can be used up while the one who waits sleeps for the lock. */
    @Test
    void whoIsServedBeforeItRestsDoesNotRest() throws Exception {
        Cluster cluster = Cluster.of("a max=1 queue=1");
        List<Lease> held = new ArrayList<>();
        AtomicInteger looksAtTheClock = new AtomicInteger();
        Balancer[] balancer = new Balancer[1];
        balancer[0] = new Balancer(
                cluster.config(),
                new BalancerEnvironment(
                        () -> {
                            boolean inLine = !held.isEmpty()
                                    && balancer[0].members().get(0).busy() == 1;
                            // 1: budget, 2 and 3: elections before and in the line, 4: the wait begins
                            if (inLine && looksAtTheClock.incrementAndGet() == 4) {
                                held.remove(0).close();
                            }
                            return 0;
                        },
                        new java.util.SplittableRandom(1),
                        nanos -> {
                            throw new AssertionError("rests although it is served");
                        }));
        held.add(balancer[0].lease(Affinity.NONE, List.of()));
        assertThat(balancer[0].lease(Affinity.NONE, List.of()).member().name()).isEqualTo("a");
        assertThat(held).isEmpty();
    }

    @Test
    void anOverfullQueueRefusesAtOnce() throws Exception {
        Cluster cluster = realRest("a max=1 queue=2");
        Lease held = cluster.lease(Affinity.NONE);
        List<Thread> waiting = List.of(waiter(cluster, "1", noOne()), waiter(cluster, "2", noOne()));
        awaitWaiting(cluster, 2);
        NoMemberException refused = catchThrowableOfType(NoMemberException.class, () -> cluster.lease(Affinity.NONE));
        assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(1));
        held.close();
        join(waiting);
    }

    @Test
    void whoWaitsIsServedInOrder() throws Exception {
        Cluster cluster = realRest("a max=1 queue=100");
        Lease held = cluster.lease(Affinity.NONE);
        List<String> order = noOne();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(waiter(cluster, "w" + i, order));
            awaitWaiting(cluster, i + 1);
        }
        held.close();
        join(waiting);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            expected.add("w" + i);
        }
        assertThat(order).isEqualTo(expected);
        assertThat(cluster.get("a").busy()).isZero();
    }

    @Test
    void eightThreadsAtTwoPlacesAreAllServedAndNeverMoreThanTwoAtOnce() throws Exception {
        Cluster cluster = realRest("a max=1 queue=100", "b max=1 queue=100");
        CyclicBarrier start = new CyclicBarrier(8);
        AtomicInteger served = new AtomicInteger();
        AtomicInteger crowd = new AtomicInteger();
        AtomicInteger worst = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(started(() -> {
                start.await();
                for (int i = 0; i < 500; i++) {
                    try (Lease lease = cluster.lease(Affinity.NONE)) {
                        worst.accumulateAndGet(crowd.incrementAndGet(), Math::max);
                        assertThat(lease.member().busy()).isEqualTo(1);
                        served.incrementAndGet();
                        Thread.onSpinWait();
                        crowd.decrementAndGet();
                    }
                }
            }));
        }
        join(threads);
        assertThat(served).hasValue(4000);
        assertThat(worst.get()).isLessThanOrEqualTo(2);
        assertThat(cluster.balancer().snapshot().queue().waiting()).isZero();
        assertThat(cluster.balancer().members()).allMatch(member -> member.busy() == 0);
    }

    @Test
    void aSessionWaitsForItsOwnMemberAndThenGivesItUp() throws Exception {
        Cluster cluster = Cluster.of("a route=x max=1 acquire=300", "b route=y").sticky("S");
        Lease held = cluster.lease(Cluster.route("x"));
        long start = cluster.clock.get();
        Lease other = cluster.lease(Cluster.route("x"));
        assertThat(cluster.clock.get() - start).isEqualTo(300_000_000);
        assertThat(other.member().name()).isEqualTo("b");
        assertThat(other.routeChanged()).isTrue();
        cluster.rest = nanos -> held.close();
        Lease own = cluster.lease(Cluster.route("x"));
        assertThat(own.member().name()).isEqualTo("a");
        assertThat(own.routeChanged()).isFalse();
    }

    @Test
    void aSessionWhoseMemberHasNoQueueGoesElsewhereAtOnceUnlessForbidden() throws Exception {
        Cluster cluster = Cluster.of("a route=x max=1", "b route=y").sticky("S");
        cluster.lease(Cluster.route("x"));
        assertThat(cluster.lease(Cluster.route("x")).member().name()).isEqualTo("b");
        cluster.failover = false;
        cluster.succeed();
        assertThat(cluster.request(Cluster.route("x"))).isEqualTo("-");
    }

    @Test
    void aBalancerWithoutAUsableMemberWaitsAsLongAsItsTimeout() {
        Cluster cluster = Cluster.of("a flags=C");
        cluster.timeout = Duration.ofMillis(700);
        long start = cluster.clock.get();
        assertThat(cluster.request()).isEqualTo("-");
        assertThat(cluster.clock.get() - start).isEqualTo(700_000_000);
    }

    @Test
    void theWaitEndsWhenAMemberIsDueForARetry() {
        Cluster cluster = Cluster.of("a retry=5", "b flags=D");
        cluster.timeout = Duration.ofSeconds(30);
        cluster.fail("a");
        long start = cluster.clock.get();
        assertThat(cluster.request()).isEqualTo("a");
        assertThat(cluster.clock.get() - start).isEqualTo(5_000_000_000L);
    }

    @Test
    void theWaitEndsWhenAProbePassesOrTheOperatorEnables() throws Exception {
        Cluster cluster = realRest("a flags=C", "b flags=D");
        cluster.timeout = Duration.ofHours(1);
        cluster.succeed();
        List<String> order = noOne();
        Thread one = waiter(cluster, "one", order);
        awaitWaiting(cluster, 1);
        cluster.get("a").probePassed();
        join(List.of(one));
        cluster.get("a").probeFailed();
        Thread two = waiter(cluster, "two", order);
        awaitWaiting(cluster, 1);
        cluster.balancer()
                .order(cluster.get("b"), orders -> orders.with(flag("D"), false), OrderOrigin.configuration());
        join(List.of(two));
        Thread three = waiter(cluster, "three", order);
        join(List.of(three));
        assertThat(order).containsExactly("one", "two", "three");
    }

    @Test
    void theWaitEndsWhenAMemberIsAdded() throws Exception {
        Cluster cluster = realRest("a flags=C");
        cluster.timeout = Duration.ofHours(1);
        cluster.succeed();
        List<String> order = noOne();
        Thread one = waiter(cluster, "one", order);
        awaitWaiting(cluster, 1);
        cluster.balancer()
                .replaceMembers(
                        "a",
                        List.of(new Endpoint(
                                Cluster.member("a"),
                                java.util.Optional.of(java.net.InetAddress.getLoopbackAddress()))));
        join(List.of(one));
        assertThat(order).containsExactly("one");
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        Cluster cluster = realRest("a max=1 queue=5");
        Lease held = cluster.lease(Affinity.NONE);
        List<String> seen = noOne();
        Thread waiting = started(() -> {
            assertThat(cluster.request()).isEqualTo("-");
            seen.add(String.valueOf(Thread.currentThread().isInterrupted()));
        });
        awaitWaiting(cluster, 1);
        waiting.interrupt();
        join(List.of(waiting));
        assertThat(seen).containsExactly("true");
        assertThat(cluster.balancer().snapshot().queue().waiting()).isZero();
        held.close();
    }

    @Test
    void closingSendsEverybodyAwayAndLeavesLeasesAlone() throws Exception {
        Cluster cluster = realRest("a max=1 queue=5");
        Lease held = cluster.lease(Affinity.NONE);
        List<String> served = noOne();
        Thread waiting = started(() -> served.add(cluster.request()));
        awaitWaiting(cluster, 1);
        cluster.balancer().close();
        join(List.of(waiting));
        assertThat(served).containsExactly("-");
        held.close();
        assertThat(cluster.get("a").busy()).isZero();
    }

    @Test
    void aPlaceThatTheSuccessorFreesServesWhoWaitsInThePredecessor() throws Exception {
        Cluster cluster = realRest("a max=1 queue=5");
        Balancer old = cluster.balancer();
        cluster.succeed();
        Lease held = cluster.lease(Affinity.NONE);
        List<String> served = noOne();
        Thread waiting = started(() -> {
            try (Lease lease = old.lease(Affinity.NONE, List.of())) {
                served.add(lease.member().name());
            }
        });
        awaitWaiting(cluster, 1);
        held.close();
        join(List.of(waiting));
        assertThat(served).containsExactly("a");
    }

    @Test
    void whoIsStuckInThePredecessorDoesNotHoldUpTheSuccessor() throws Exception {
        Cluster cluster = realRest("a max=1 queue=5");
        Lease held = cluster.lease(Affinity.NONE);
        List<String> served = noOne();
        Balancer old = cluster.balancer();
        Thread first = started(() -> {
            try (Lease lease = old.lease(Affinity.NONE, List.of())) {
                served.add("old " + lease.member().name());
            }
        });
        awaitWaiting(cluster, 1);
        cluster.members("b max=1 queue=5").succeed();
        Lease also = cluster.lease(Affinity.NONE);
        assertThat(also.member().name()).isEqualTo("b");
        Thread second = waiter(cluster, "new", served);
        awaitWaiting(cluster, 2);
        also.close();
        join(List.of(second));
        assertThat(served).containsExactly("new");
        held.close();
        join(List.of(first));
        assertThat(served).containsExactly("new", "old a");
    }

    @Test
    void eightThreadsAndAnOperatorWhoChangesEverythingLeaveNothingBehind() throws Exception {
        Cluster cluster = realRest(
                "a max=2 queue=100 retry=0", "b max=1 queue=100", "c flags=R max=2 queue=100", "d flags=H set=1");
        Balancer balancer = cluster.balancer();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int thread = t;
            threads.add(started(() -> {
                for (int i = 0; i < 400; i++) {
                    oneOfMany(balancer, thread + i);
                }
            }));
        }
        for (int i = 0; i < 300; i++) {
            Member member = balancer.members().get(i % 4);
            boolean on = i % 3 == 0;
            balancer.order(
                    member,
                    orders -> orders.with(
                            flag("DNHS"
                                    .substring(
                                            member.name().charAt(0) - 'a',
                                            member.name().charAt(0) - 'a' + 1)),
                            on),
                    OrderOrigin.configuration());
            if (on) {
                member.probeFailed();
            }
            member.probePassed();
            Thread.yield();
        }
        balancer.members()
                .forEach(member -> balancer.order(
                        member,
                        orders -> orders.with(flag("D"), false)
                                .with(flag("S"), false)
                                .with(flag("N"), false),
                        OrderOrigin.configuration()));
        join(threads);
        assertThat(balancer.snapshot().queue().waiting()).isZero();
        assertThat(balancer.members()).allMatch(member -> member.busy() == 0);
    }

    private static void oneOfMany(Balancer balancer, int number) {
        try (Lease lease = balancer.lease(Affinity.NONE, List.of())) {
            assertThat(lease.member().busy())
                    .isLessThanOrEqualTo(lease.member().config().pool().max().orElse(99));
            if (number % 7 == 0) {
                lease.failed();
            }
            lease.answered(200, number);
        } catch (NoMemberException e) {
            assertThat(e).hasMessageStartingWith("balancer c: ");
        }
    }

    private static org.fairlead.model.MemberConfig.StatusFlag flag(String letter) {
        return Cluster.flags(letter).iterator().next();
    }

    /** A cluster whose waiters park until they are woken: the clock stands still, so no wait ends by itself. */
    private static Cluster realRest(String... specs) {
        Cluster cluster = Cluster.of(specs);
        cluster.rest = nanos -> LockSupport.park();
        cluster.balancer();
        return cluster;
    }

    private static List<String> noOne() {
        return Collections.synchronizedList(new ArrayList<>());
    }

    private static Thread waiter(Cluster cluster, String name, List<String> order) {
        return started(() -> {
            try (Lease lease = cluster.lease(Affinity.NONE)) {
                order.add(name);
                assertThat(lease.member().busy()).isEqualTo(1);
            }
        });
    }

    private interface Work {
        void run() throws Exception;
    }

    private static final class Worker extends Thread {
        private final Work work;
        private volatile Throwable failure;

        Worker(Work work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                work.run();
            } catch (Exception | AssertionError e) {
                failure = e;
            }
        }
    }

    private static Thread started(Work work) {
        Thread thread = new Worker(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
            assertThat(((Worker) thread).failure).isNull();
        }
    }

    private static void awaitWaiting(Cluster cluster, int count) {
        while (cluster.balancer().snapshot().queue().waiting() < count) {
            Thread.onSpinWait();
        }
    }
}
