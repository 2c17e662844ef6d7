package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import org.fairlead.counters.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest(name = "{0} % of {1} requests are {2} second attempts")
    @CsvSource(textBlock = """
            20,  10000, 2000
            20,  1000,  200
            20,  500,   100
            20,  10,    100
            20,  0,     100
            5,   10000, 500
            0,   10000, 0
            100, 10,    100000
            """)
    void aShareOfTheRequestsMayBeSecondAttemptsAndAlwaysAFew(int percent, int requests, int allowed) {
        RetryBudget budget = new RetryBudget(percent, 0);
        for (int i = 0; i < requests; i++) {
            budget.requested(i % (9 * SECOND));
        }
        int taken = 0;
        while (taken < 100_000 && budget.take(9 * SECOND)) {
            taken++;
        }
        assertThat(taken).isEqualTo(allowed);
    }

    @Test
    void whatIsOlderThanTenSecondsCountsNoMore() {
        RetryBudget budget = new RetryBudget(20, 0);
        for (int i = 0; i < 10_000; i++) {
            budget.requested(0);
        }
        assertThat(takeAll(budget, 9 * SECOND)).isEqualTo(2000);
        // the requests are forgotten, the second attempts of a second later are not
        assertThat(takeAll(budget, 10 * SECOND)).isZero();
        assertThat(takeAll(budget, 19 * SECOND)).isEqualTo(RetryBudget.MINIMUM);
        assertThat(takeAll(budget, 1000 * SECOND)).isEqualTo(RetryBudget.MINIMUM);
    }

    @Test
    void theBalancerCountsFirstAttemptsOnly() {
        Cluster cluster = Cluster.of("a", "b");
        for (int i = 0; i < 1000; i++) {
            cluster.request();
            cluster.request(Affinity.NONE, cluster.get("a"));
        }
        int taken = 0;
        while (cluster.balancer().allowsRetry(FailureKind.CONNECT)) {
            taken++;
        }
        assertThat(taken).isEqualTo(200);
    }

    private static int takeAll(RetryBudget budget, long now) {
        int taken = 0;
        while (budget.take(now)) {
            taken++;
        }
        return taken;
    }
}
