package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByRequestsTest {
    /** Worked out by hand with httpd's rule: all += factor, the highest (first of equals) wins and pays the sum. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            a;b,                          abababab
            a;b;c,                        abcabc
            a factor=3;b,                 aabaaaba
            a factor=2;b;c,               abcaabca
            a factor=1;b factor=2,        babbab
            a factor=1.5;b,               ababaababa
            a factor=5;b;c,               aabacaaaabacaa
            a,                            aaa
            """)
    void sharesAreSpreadAsHttpdSpreadsThem(String specs, String expected) {
        Cluster cluster = Cluster.of(specs.split(";"));
        assertThat(cluster.requests(expected.length())).isEqualTo(expected);
    }

    @Test
    void aMemberOutOfServiceKeepsItsQuotaUntilItReturns() {
        Cluster cluster = Cluster.of("a", "b", "c");
        assertThat(cluster.requests(2)).isEqualTo("ab");
        cluster.get("c").probeFailed();
        assertThat(cluster.requests(4)).isEqualTo("abab");
        cluster.get("c").probePassed();
        assertThat(cluster.requests(4)).isEqualTo("cabc");
    }

    @Property(tries = 200)
    void everyWindowOfTheSumOfWeightsHoldsEachMembersWeight(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 20) Integer> weights,
            @ForAll @IntRange(max = 200) int start) {
        Cluster cluster = new Cluster();
        for (int i = 0; i < weights.size(); i++) {
            cluster.members("m" + i + " factor=" + weights.get(i));
        }
        int window = weights.stream().mapToInt(w -> w).sum();
        for (int i = 0; i < start; i++) {
            cluster.request();
        }
        Map<String, Integer> got = new java.util.HashMap<>();
        for (int i = 0; i < window; i++) {
            got.merge(cluster.request(), 1, Integer::sum);
        }
        for (int i = 0; i < weights.size(); i++) {
            assertThat(got.getOrDefault("m" + i, 0)).isBetween(weights.get(i) - 1, weights.get(i) + 1);
        }
    }

    @Test
    void eightThreadsTogetherGetExactlyTheShares() throws Exception {
        Cluster cluster = Cluster.of("a", "b factor=2", "c factor=5");
        cluster.balancer();
        Map<String, LongAdder> got = new ConcurrentHashMap<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Thread thread = new Thread(() -> {
                awaitQuietly(start);
                for (int i = 0; i < 1000; i++) {
                    got.computeIfAbsent(cluster.request(), key -> new LongAdder())
                            .increment();
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(got.get("a").sum()).isEqualTo(1000);
        assertThat(got.get("b").sum()).isEqualTo(2000);
        assertThat(got.get("c").sum()).isEqualTo(5000);
        assertThat(cluster.balancer().members()).allMatch(m -> m.busy() == 0);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
