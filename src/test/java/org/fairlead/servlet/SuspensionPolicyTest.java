package org.fairlead.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SuspensionPolicyTest {
    private final AtomicLong now = new AtomicLong(1);
    private final SuspensionPolicy policy = new SuspensionPolicy(now::get);

    private void passes(long nanos) {
        now.addAndGet(nanos);
    }

    @Test
    void quickMembersAreWaitedFor() {
        for (int i = 0; i < 1000; i++) {
            assertThat(policy.suspends()).isFalse();
            long since = policy.begins();
            passes(SuspensionPolicy.SLOW_NANOS / 2);
            policy.ends(since);
        }
    }

    @Test
    void aThreadThatWaitsLongerThanQuickMembersTakeHasOthersSuspended() {
        policy.begins();
        assertThat(policy.suspends()).isFalse();
        passes(SuspensionPolicy.SLOW_NANOS + 1);
        assertThat(policy.suspends()).isTrue();
    }

    @Test
    void aRestIsNoStall() {
        policy.ends(policy.begins());
        passes(SuspensionPolicy.SLOW_PERIOD_NANOS * 10);
        policy.begins();
        assertThat(policy.suspends()).isFalse();
    }

    @Test
    void manyThreadsAreEnough() {
        for (int i = 0; i < SuspensionPolicy.MAX_WAITING_THREADS; i++) {
            assertThat(policy.suspends()).isFalse();
            policy.begins();
        }
        assertThat(policy.suspends()).isTrue();
    }

    @Test
    void aLateResponseMakesMembersSlowForAWhile() {
        long since = policy.begins();
        passes(SuspensionPolicy.SLOW_NANOS + 1);
        policy.ends(since);
        assertThat(policy.suspends()).isTrue();
        passes(SuspensionPolicy.SLOW_PERIOD_NANOS - 1);
        assertThat(policy.suspends()).isTrue();
        passes(1);
        assertThat(policy.suspends()).isFalse();
    }

    @Test
    void lateResponsesToSuspendedRequestsKeepMembersSlow() {
        long since = now.get();
        passes(SuspensionPolicy.SLOW_NANOS + 1);
        policy.responded(since);
        assertThat(policy.suspends()).isTrue();
    }
}
