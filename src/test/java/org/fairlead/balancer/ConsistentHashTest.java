package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fairlead.model.BalancerConfig.Method;
import org.junit.jupiter.api.Test;

class ConsistentHashTest {
    private static final int KEYS = 4000;

    private static Cluster cluster(int members) {
        Cluster cluster = new Cluster();
        cluster.method = Method.HASH;
        for (int i = 0; i < members; i++) {
            cluster.members("m" + i);
        }
        return cluster;
    }

    private static List<String> homes(Cluster cluster, long seed) {
        List<String> homes = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            homes.add(cluster.request(Cluster.key(seed + "/" + i)));
        }
        return homes;
    }

    @Property(tries = 30)
    void aMemberLostMovesItsOwnKeysAndNoOthers(
            @ForAll @IntRange(min = 2, max = 40) int members, @ForAll int lost, @ForAll long seed) {
        Cluster cluster = cluster(members);
        List<String> before = homes(cluster, seed);
        String gone = "m" + Math.floorMod(lost, members);
        cluster.get(gone).probeFailed();
        List<String> after = homes(cluster, seed);
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            if (!before.get(i).equals(after.get(i))) {
                assertThat(before.get(i)).isEqualTo(gone);
                moved++;
            }
        }
        assertThat(moved / (double) KEYS).isLessThanOrEqualTo(1.0 / members + 0.05);
        cluster.get(gone).probePassed();
        assertThat(homes(cluster, seed)).isEqualTo(before);
    }

    @Property(tries = 30)
    void aMemberAddedTakesItsShareAndMovesNothingElse(
            @ForAll @IntRange(min = 1, max = 40) int members, @ForAll long seed) {
        Cluster cluster = cluster(members);
        List<String> before = homes(cluster, seed);
        cluster.members("new").succeed();
        List<String> after = homes(cluster, seed);
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            if (!before.get(i).equals(after.get(i))) {
                assertThat(after.get(i)).isEqualTo("new");
                moved++;
            }
        }
        assertThat(moved / (double) KEYS)
                .isBetween(Math.max(0, 1.0 / (members + 1) - 0.05), 1.0 / (members + 1) + 0.05);
    }

    @Test
    void everyFairleadFindsTheSameMemberInWhateverOrderTheyAreConfigured() {
        Cluster one = Cluster.of("a", "b", "c");
        Cluster other = Cluster.of("c", "a", "b");
        one.method = Method.HASH;
        other.method = Method.HASH;
        assertThat(homes(one, 1)).isEqualTo(homes(other, 1));
    }

    /** Worked out once and kept: the rule must not change from release to release, or every cache runs cold. */
    @Test
    void theRuleNeverChanges() {
        assertThat(ConsistentHash.hash("fairlead")).isEqualTo(1503782778751115744L);
    }

    @Test
    void weightsAreSharesOfTheKeys() {
        Cluster cluster = Cluster.of("a", "b factor=3");
        cluster.method = Method.HASH;
        long b = homes(cluster, 5).stream().filter("b"::equals).count();
        assertThat(b / (double) KEYS).isBetween(0.72, 0.78);
    }

    @Test
    void aHotKeyStaysUntilItsMemberIsCrowdedAndThenFlowsOver() throws NoMemberException {
        Cluster cluster = cluster(10);
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            leases.add(cluster.lease(Cluster.key("hot")));
        }
        assertThat(leases)
                .extracting(l -> l.member().name())
                .containsOnly(leases.get(0).member().name());
        for (int i = 0; i < 792; i++) {
            leases.add(cluster.lease(Cluster.key("hot")));
        }
        assertThat(cluster.balancer().members())
                .allSatisfy(member -> assertThat(member.busy()).isLessThanOrEqualTo(100));
        leases.forEach(Lease::close);
        assertThat(cluster.request(Cluster.key("hot")))
                .isEqualTo(leases.get(0).member().name());
    }
}
