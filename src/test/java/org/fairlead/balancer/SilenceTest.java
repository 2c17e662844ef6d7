package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.MemberConfig;
import org.junit.jupiter.api.Test;

/** A slow request is not a frozen member. */
class SilenceTest {
    private static Lease lease(Balancer balancer) throws NoMemberException {
        return balancer.lease(Affinity.NONE, List.of());
    }

    private final Balancer balancer =
            new Balancer(BalancerConfig.of("b", List.of(MemberConfig.of("a", 8000), MemberConfig.of("b", 8001))));

    @Test
    void aMemberThatAnsweredNobodyWhileARequestTimedOutIsAvoided() throws Exception {
        Lease frozen = lease(balancer);
        frozen.timedOut();
        frozen.close();

        for (int i = 0; i < 4; i++) {
            Lease next = lease(balancer);
            assertThat(next.member()).isNotSameAs(frozen.member());
            next.close();
        }
    }

    @Test
    void aMemberThatAnsweredSomebodyElseMeanwhileIsOnlySlow() throws Exception {
        Lease slow = lease(balancer);
        lease(balancer).close();
        Lease other = lease(balancer);
        assertThat(other.member()).isSameAs(slow.member());
        other.answered(200, 1);
        other.close();

        slow.timedOut();

        assertThat(slow.member().status().isUsable()).isTrue();
        slow.close();
    }

    @Test
    void aLoneMemberIsNotShutForOneSlowRequest() throws Exception {
        Balancer lone = new Balancer(BalancerConfig.standalone(MemberConfig.of("a", 8000)));
        Lease slow = lease(lone);
        slow.timedOut();
        slow.close();

        assertThat(lease(lone).member()).isSameAs(slow.member());
    }
}
