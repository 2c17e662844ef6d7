package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fairlead.model.BalancerConfig.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LbMethodTest {
    @ParameterizedTest
    @EnumSource(Method.class)
    void noMemberIsChosenIfAndOnlyIfThereIsNone(Method name) {
        LbMethod method = LbMethod.of(name, new SplittableRandom(1));
        assertThat(method.choose(List.of(), new Pick("k", 0))).isEmpty();
        assertThat(method.choose(List.of(), new Pick("", 0))).isEmpty();
        Cluster cluster = Cluster.of("a");
        assertThat(method.choose(cluster.balancer().members(), new Pick("k", 0)))
                .hasValue(cluster.get("a"));
    }

    /** Each letter is a request that stays; what stands before is who is busy from the start. */
    @ParameterizedTest(name = "{0} {1}, busy {2}: {3}")
    @CsvSource(textBlock = """
            BYBUSYNESS, a;b;c,               '',   abcabc
            BYBUSYNESS, a;b;c,               aab,  cbcabc
            BYBUSYNESS, a factor=2;b,        '',   abaaba
            BYBUSYNESS, a factor=2;b,        aa,   baba
            LEASTCONN,  a;b;c,               '',   abcabc
            LEASTCONN,  a;b;c,               aab,  cbcabc
            LEASTCONN,  a factor=3;b,        '',   abaaaa
            LEASTCONN,  a factor=3;b,        b,    aaaaab
            BYREQUESTS, a;b,                 aaaa, abab
            """)
    void requestsInFlightDecide(Method method, String members, String busy, String expected) throws NoMemberException {
        Cluster cluster = Cluster.of(members.split(";"));
        cluster.method = method;
        for (char name : busy.toCharArray()) {
            cluster.get(String.valueOf(name)).begin();
        }
        StringBuilder got = new StringBuilder();
        for (int i = 0; i < expected.length(); i++) {
            got.append(cluster.lease(Affinity.NONE).member().name());
        }
        assertThat(got).hasToString(expected);
    }

    @Test
    void bytrafficEvensOutTheBytesByWeight() throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b factor=3");
        cluster.method = Method.BYTRAFFIC;
        Map<String, Long> bytes = new HashMap<>();
        SplittableRandom sizes = new SplittableRandom(7);
        for (int i = 0; i < 4000; i++) {
            try (Lease lease = cluster.lease(Affinity.NONE)) {
                long to = sizes.nextLong(1000);
                long from = sizes.nextLong(20_000);
                lease.transferred(to, from);
                bytes.merge(lease.member().name(), to + from, Long::sum);
            }
        }
        assertThat(bytes.get("b") / (double) bytes.get("a")).isBetween(2.95, 3.05);
    }

    @Test
    void bytrafficLetsWhoReturnsStartAtTheLevelOfTheOthers() throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b");
        cluster.method = Method.BYTRAFFIC;
        cluster.get("b").probeFailed();
        for (int i = 0; i < 100; i++) {
            equalRequest(cluster);
        }
        cluster.get("b").probePassed();
        Map<String, Integer> got = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            got.merge(equalRequest(cluster), 1, Integer::sum);
        }
        assertThat(got.get("a")).isBetween(49, 51);
    }

    private static String equalRequest(Cluster cluster) throws NoMemberException {
        try (Lease lease = cluster.lease(Affinity.NONE)) {
            lease.transferred(100, 900);
            return lease.member().name();
        }
    }

    @Test
    void heartbeatGoesByFreeWorkersAndOneThatIdlesGetsAQuarter() {
        Cluster cluster = Cluster.of("a factor=9", "b", "c");
        cluster.method = Method.HEARTBEAT;
        cluster.get("a").heartbeat(30, 1);
        cluster.get("b").heartbeat(40, 0);
        Map<String, Integer> got = count(cluster, 4000);
        assertThat(got).containsOnlyKeys("a", "b");
        assertThat(got.get("a")).isBetween(2850, 3150);
    }

    @Test
    void heartbeatIsByrequestsWhereNobodyReportedOfLate() {
        Cluster cluster = Cluster.of("a", "b factor=3");
        cluster.method = Method.HEARTBEAT;
        assertThat(count(cluster, 400)).containsEntry("a", 100);
        cluster.get("a").heartbeat(1, 1);
        assertThat(count(cluster, 400)).containsEntry("a", 400);
        cluster.pass(Duration.ofSeconds(10));
        assertThat(count(cluster, 400)).containsEntry("a", 100);
        cluster.get("a").heartbeat(0, 9);
        assertThat(count(cluster, 400)).containsEntry("a", 100);
    }

    @Test
    void p2cTakesTheLessBusyOfTwoAndRespectsWeights() throws NoMemberException {
        Cluster two = Cluster.of("a", "b");
        two.method = Method.P2C;
        two.get("a").begin();
        assertThat(count(two, 100)).containsEntry("b", 100);

        Cluster idle = Cluster.of("a", "b factor=3", "c factor=4");
        idle.method = Method.P2C;
        Map<String, Integer> got = count(idle, 8000);
        assertThat(got.get("a")).isBetween(850, 1150);
        assertThat(got.get("b")).isBetween(2850, 3150);
    }

    @Test
    void ewmaAvoidsTheSlowAndTriesThemAgainLater() {
        Cluster cluster = Cluster.of("a", "b");
        cluster.method = Method.EWMA;
        Map<String, Long> latency = new HashMap<>(Map.of("a", 10L, "b", 200L));
        Map<String, Integer> first = answered(cluster, latency, 100, Duration.ofMillis(10));
        assertThat(first.get("b")).isBetween(1, 3);
        latency.put("b", 1L);
        // 40 s later the bad memory of b has faded, one probe shows that it is quick, and it gets the work
        Map<String, Integer> later = answered(cluster, latency, 5000, Duration.ofMillis(20));
        assertThat(later.get("b")).isGreaterThan(1500);
    }

    @Test
    void ewmaTreatsAMemberThatNobodyMeasuredAsAverage() throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b", "c");
        cluster.method = Method.EWMA;
        cluster.lease(Affinity.NONE).answered(200, 10_000_000);
        cluster.lease(Affinity.NONE).answered(200, 1_000_000_000);
        // a: 10 ms × 2, b: 1 s × 2, c: 505 ms × 1
        assertThat(cluster.lease(Affinity.NONE).member().name()).isEqualTo("a");
    }

    @Test
    void aQuickErrorDoesNotMakeAMemberAttractive() throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b");
        cluster.method = Method.EWMA;
        answerOnce(cluster, 200, 10_000_000);
        answerOnce(cluster, 200, 12_000_000);
        for (int i = 0; i < 50; i++) {
            try (Lease lease = cluster.balancer().lease(Affinity.NONE, List.of(cluster.get("b")))) {
                lease.answered(500, 1000);
            }
        }
        assertThat(cluster.get("a").latencyNanos(cluster.clock.get())).isEqualTo(10_000_000);
    }

    private static void answerOnce(Cluster cluster, int status, long nanos) throws NoMemberException {
        try (Lease lease = cluster.lease(Affinity.NONE)) {
            lease.answered(status, nanos);
        }
    }

    private static Map<String, Integer> answered(
            Cluster cluster, Map<String, Long> latencyMillis, int count, Duration pace) {
        Map<String, Integer> got = new HashMap<>();
        for (int i = 0; i < count; i++) {
            try (Lease lease = cluster.lease(Affinity.NONE)) {
                String name = lease.member().name();
                got.merge(name, 1, Integer::sum);
                lease.answered(200, latencyMillis.get(name) * 1_000_000);
            } catch (NoMemberException e) {
                throw new AssertionError(e);
            }
            cluster.pass(pace);
        }
        return got;
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aMemberThatReturnsStartsSlowlyAndGetsItsFullShareInTheEnd(Method method) throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b", "c", "d");
        cluster.method = method;
        cluster.slowStart = Duration.ofSeconds(30);
        cluster.get("d").probeFailed();
        shareOfD(cluster, 500);
        cluster.get("d").probePassed();
        double beginning = shareOfD(cluster, 2000);
        cluster.pass(Duration.ofSeconds(15));
        double middle = shareOfD(cluster, 2000);
        cluster.pass(Duration.ofSeconds(16));
        double end = shareOfD(cluster, 4000);
        // one of the twelve in flight is a twelfth already; by latency even that is too much for a tenth of a weight
        assertThat(beginning).isBetween(0.0, 0.09);
        assertThat(middle).isBetween(0.09, 0.19);
        assertThat(end).isBetween(0.2, 0.3);
    }

    /** Twelve at a time, each answered in 10 ms with 1000 bytes; time stands still. */
    private static double shareOfD(Cluster cluster, int count) throws NoMemberException {
        cluster.balancer().members().forEach(member -> member.heartbeat(20, 1));
        int got = 0;
        List<Lease> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Lease lease = cluster.lease(Cluster.key("key " + i));
            open.add(lease);
            got += lease.member().name().equals("d") ? 1 : 0;
            if (open.size() == 12) {
                Lease oldest = open.remove(0);
                oldest.answered(200, 10_000_000);
                oldest.transferred(100, 900);
                oldest.close();
            }
        }
        open.forEach(Lease::close);
        return got / (double) count;
    }

    private static Map<String, Integer> count(Cluster cluster, int requests) {
        Map<String, Integer> got = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            got.merge(cluster.request(), 1, Integer::sum);
        }
        return got;
    }

    @Test
    void latencyRisesAtOnceAndFallsByAndBy() {
        Latency latency = new Latency();
        assertThat(latency.estimate(0, false)).isNegative();
        latency.observe(100, 0);
        assertThat(latency.estimate(0, false)).isEqualTo(100);
        latency.observe(1000, 1_000_000_000L);
        assertThat(latency.estimate(1_000_000_000L, false)).isEqualTo(1000);
        latency.observe(100, 2_000_000_000L);
        assertThat(latency.estimate(2_000_000_000L, false)).isBetween(900.0, 930.0);
        assertThat(latency.estimate(12_000_000_000L, false)).isBetween(330.0, 345.0);
        assertThat(latency.estimate(12_000_000_000L, true)).isBetween(820.0, 845.0);
    }

    @Test
    void aSpareThatStepsInDoesNotTakeAllTraffic() throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b", "c flags=R");
        cluster.method = Method.BYTRAFFIC;
        for (int i = 0; i < 1000; i++) {
            equalRequest(cluster);
        }
        cluster.get("b").probeFailed();
        int spare = 0;
        for (int i = 0; i < 100; i++) {
            spare += equalRequest(cluster).equals("c") ? 1 : 0;
        }
        assertThat(spare).isBetween(49, 51);
    }

    @Test
    void hashWithoutAKeyTakesTurns() {
        Cluster cluster = Cluster.of("a", "b");
        cluster.method = Method.HASH;
        assertThat(cluster.requests(4)).isEqualTo("abab");
    }

    @Test
    void theMethodStaysOverAReloadUnlessItIsAnotherOne() {
        Cluster cluster = Cluster.of("a", "b");
        assertThat(cluster.requests(3)).isEqualTo("aba");
        cluster.succeed();
        assertThat(cluster.requests(1)).isEqualTo("b");
        cluster.method = Method.HASH;
        cluster.succeed();
        String chosen = cluster.request(Cluster.key("k"));
        assertThat(cluster.request(Cluster.key("k"))).isEqualTo(chosen);
        assertThat(Optional.of(chosen)).isPresent();
    }
}
