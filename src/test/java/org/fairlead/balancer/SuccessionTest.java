package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    private static Cluster reloaded(Cluster cluster, String... specs) {
        cluster.members.clear();
        cluster.members(specs);
        return cluster.succeed();
    }

    @Test
    void anUnchangedMemberKeepsItsObjectItsStateAndItsPlaceInTheRound() throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b", "c");
        assertThat(cluster.requests(2)).isEqualTo("ab");
        Member a = cluster.get("a");
        Lease lease = cluster.lease(Affinity.NONE);
        cluster.fail("b");
        reloaded(cluster, "c", "a", "b");
        assertThat(cluster.get("a")).isSameAs(a);
        assertThat(cluster.get("b").status().words()).isEqualTo("Err");
        assertThat(cluster.get("c").busy()).isEqualTo(1);
        lease.close();
        assertThat(cluster.get("c").busy()).isZero();
        assertThat(cluster.balancer().members()).extracting(Member::name).containsExactly("c", "a", "b");
    }

    @Test
    void anotherLineInTheFileIsNoChange() {
        Cluster cluster = Cluster.of("a");
        Member a = cluster.get("a");
        cluster.members.set(0, cluster.members.get(0).withSource(new Source("fairlead.conf", 7)));
        cluster.succeed();
        assertThat(cluster.get("a")).isSameAs(a);
    }

    @Test
    void aChangedMemberIsANewObjectThatRemembers() throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b");
        Member before = cluster.get("a");
        Lease lease = cluster.lease(Affinity.NONE);
        cluster.fail("a");
        reloaded(cluster, "a factor=3 retry=5", "b");
        Member after = cluster.get("a");
        assertThat(after).isNotSameAs(before);
        assertThat(after.busy()).isEqualTo(1);
        assertThat(after.status().words()).isEqualTo("Err");
        assertThat(after.weight()).isEqualTo(300);
        lease.close();
        assertThat(after.busy()).isZero();
    }

    @Test
    void whatTheOperatorChangedStaysUnlessTheFileSaysOtherwiseNow() {
        Cluster cluster = Cluster.of("a factor=2 route=x", "b");
        cluster.balancer()
                .order(
                        cluster.get("a"),
                        orders -> orders.with(StatusFlag.DRAIN, true)
                                .withLoadFactor(500)
                                .withRoute("y"),
                        OrderOrigin.configuration());
        reloaded(cluster, "a factor=2 route=z", "b");
        assertThat(cluster.get("a").orders()).isEqualTo(new AdminState(500, 0, "z", "", Cluster.flags("N")));
        reloaded(cluster, "a factor=3 route=z flags=H", "b");
        assertThat(cluster.get("a").orders()).isEqualTo(new AdminState(300, 0, "z", "", Cluster.flags("H")));
    }

    @Test
    void whoIsGoneIsNotAskedAndHisLeaseEndsAllTheSame() throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b");
        Lease lease = cluster.lease(Affinity.NONE);
        reloaded(cluster, "b");
        assertThat(cluster.requests(3)).isEqualTo("bbb");
        lease.close();
        assertThat(lease.member().busy()).isZero();
    }

    @Test
    void aNewMemberStartsSlowlyAndTheFirstOnesDoNot() {
        Cluster cluster = Cluster.of("a", "b");
        cluster.slowStart = Duration.ofSeconds(10);
        assertThat(cluster.requests(4)).isEqualTo("abab");
        reloaded(cluster, "a", "b", "c");
        assertThat(cluster.requests(42).replaceAll("[^c]", "")).hasSize(2);
        cluster.pass(Duration.ofSeconds(10));
        assertThat(cluster.requests(42).replaceAll("[^c]", "")).hasSize(14);
    }

    @Test
    void resolvedAddressesTakeTheNamesPlaceAndKnownOnesStay() throws UnknownHostException {
        Cluster cluster = Cluster.of("a", "b");
        MemberConfig config = cluster.members.get(0);
        cluster.balancer().replaceMembers("a", List.of(at(config, 1), at(config, 2)));
        List<Member> first = cluster.balancer().members();
        assertThat(first).extracting(Member::id).containsExactly("a@10.0.0.1", "a@10.0.0.2", "b");
        cluster.balancer().replaceMembers("a", List.of(at(config, 2), at(config, 3)));
        List<Member> second = cluster.balancer().members();
        assertThat(second).extracting(Member::id).containsExactly("a@10.0.0.2", "a@10.0.0.3", "b");
        assertThat(second.get(0)).isSameAs(first.get(1));
        cluster.balancer().replaceMembers("a", List.of());
        assertThat(cluster.balancer().members()).isEqualTo(second);
        cluster.succeed();
        assertThat(cluster.balancer().members()).isEqualTo(second);
        assertThat(cluster.balancer().maxAttempts()).isEqualTo(2);
        assertThatThrownBy(() -> cluster.balancer().replaceMembers("x", List.of(at(config, 1))))
                .hasMessageContaining("member 'x' (expected: one of [a, b])");
    }

    @Test
    void theSameAnswerOfTheNameServerChangesNothing() throws UnknownHostException {
        Cluster cluster = Cluster.of("a");
        MemberConfig config = cluster.members.get(0);
        cluster.balancer().replaceMembers("a", List.of(at(config, 1), at(config, 2)));
        List<Member> members = cluster.balancer().members();
        cluster.balancer().replaceMembers("a", List.of(at(config, 1), at(config, 2)));
        assertThat(cluster.balancer().members()).isSameAs(members);
    }

    private static Endpoint at(MemberConfig config, int host) throws UnknownHostException {
        return new Endpoint(config, Optional.of(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host})));
    }
}
