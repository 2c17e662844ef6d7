package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.fairlead.model.BalancerConfig;
import org.junit.jupiter.api.Test;

class StandaloneMemberTest {
    private final AtomicLong clock = new AtomicLong();

    @Test
    void inErrorItRestsForRetryAndSaysHowLong() throws NoMemberException {
        BalancerConfig config = BalancerConfig.standalone(Cluster.member("a retry=30"));
        Balancer balancer = new Balancer(config, clock::get, new SplittableRandom(1));
        assertThat(balancer.maxAttempts()).isZero();
        Lease lease = balancer.lease(Affinity.NONE, java.util.List.of());
        lease.failed();
        lease.close();
        clock.addAndGet(Duration.ofSeconds(10).toNanos());
        NoMemberException refused =
                catchThrowableOfType(NoMemberException.class, () -> balancer.lease(Affinity.NONE, java.util.List.of()));
        assertThat(refused.retryAfter()).hasValue(Duration.ofSeconds(20));
        assertThat(refused).hasMessage("balancer a: no usable member of 1: 1 in error");
        clock.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(balancer.lease(Affinity.NONE, java.util.List.of()).member().name())
                .isEqualTo("a");
    }
}
