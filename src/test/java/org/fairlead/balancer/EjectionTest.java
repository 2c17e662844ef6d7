package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fairlead.model.BalancerConfig.EjectionConfig;
import org.junit.jupiter.api.Test;

class EjectionTest {
    private static Cluster cluster(EjectionConfig ejection, String... specs) {
        Cluster cluster = Cluster.of(specs);
        cluster.failOnStatus = Set.of(500);
        cluster.ejection = Optional.of(ejection);
        return cluster;
    }

    private static Cluster cluster(String... specs) {
        return cluster(new EjectionConfig(3, Duration.ofSeconds(10), 50, 0), specs);
    }

    private static void answer(Cluster cluster, String member, int... statuses) {
        for (int status : statuses) {
            new MemberLease(cluster.get(member), false, cluster.balancer().verdict()).answered(status, 1);
        }
    }

    private static String words(Cluster cluster, String member) {
        cluster.get(member).retryIfDue(cluster.clock.get());
        return cluster.get(member).status().words();
    }

    @Test
    void onlyARowOfFailuresEjects() {
        Cluster cluster = cluster("a", "b");
        answer(cluster, "a", 500, 500, 200, 500, 500);
        assertThat(words(cluster, "a")).isEqualTo("Ok");
        answer(cluster, "a", 500);
        assertThat(words(cluster, "a")).isEqualTo("Ejct");
        assertThat(cluster.requests(3)).isEqualTo("bbb");
    }

    @Test
    void anAnswerThatIsNotListedIsASuccess() {
        Cluster cluster = cluster("a", "b");
        answer(cluster, "a", 503, 503, 503, 503);
        assertThat(words(cluster, "a")).isEqualTo("Ok");
    }

    @Test
    void failuresAndTimeoutsCountToo() throws NoMemberException {
        Cluster cluster = cluster("a retry=0", "b");
        Lease lease = cluster.lease(Affinity.NONE);
        lease.failed();
        lease.timedOut();
        lease.answered(500, 1);
        lease.close();
        assertThat(words(cluster, "a")).isEqualTo("Ejct");
    }

    @Test
    void whoIgnoresErrorsIsNotEjected() {
        Cluster cluster = cluster("a flags=I", "b");
        answer(cluster, "a", 500, 500, 500, 500);
        assertThat(words(cluster, "a")).isEqualTo("Ign Ok");
    }

    @Test
    void eachFurtherEjectionIsLongerAndGoodBehaviourIsForgiven() {
        Cluster cluster = cluster("a", "b");
        for (int length = 10; length <= 30; length += 10) {
            answer(cluster, "a", 500, 500, 500);
            cluster.pass(Duration.ofSeconds(length).minusNanos(1));
            assertThat(words(cluster, "a")).isEqualTo("Ejct");
            cluster.pass(Duration.ofNanos(1));
            assertThat(words(cluster, "a")).isEqualTo("Ok");
        }
        cluster.pass(Duration.ofSeconds(20));
        answer(cluster, "a", 500, 500, 500);
        cluster.pass(Duration.ofSeconds(20));
        assertThat(words(cluster, "a")).isEqualTo("Ok");
    }

    @Test
    void anEjectionNeverGrowsBeyondTenTimesTheFirst() {
        Cluster cluster = cluster("a", "b");
        for (int i = 0; i < 30; i++) {
            answer(cluster, "a", 500, 500, 500);
            cluster.pass(Duration.ofSeconds(100));
            assertThat(words(cluster, "a")).isEqualTo("Ok");
        }
    }

    @Test
    void neverAreMoreEjectedThanTheShareThatIsAllowed() {
        Cluster cluster = cluster("a", "b", "c", "d", "e");
        for (String member : List.of("a", "b", "c", "d", "e")) {
            answer(cluster, member, 500, 500, 500);
        }
        assertThat(cluster.balancer().members().stream().filter(m -> m.status().isEjected()))
                .hasSize(2);
        // when one is back another one may go
        cluster.pass(Duration.ofSeconds(10));
        answer(cluster, "e", 500);
        assertThat(words(cluster, "e")).isEqualTo("Ejct");
    }

    @Test
    void aLoneMemberIsNeverEjected() {
        Cluster cluster = cluster("a");
        answer(cluster, "a", 500, 500, 500, 500);
        assertThat(words(cluster, "a")).isEqualTo("Ok");
    }

    @Test
    void anEjectedMemberIsReplacedBySpareAndLosesItsSessions() {
        Cluster cluster = cluster("a route=x", "b", "c flags=R").sticky("S");
        answer(cluster, "a", 500, 500, 500);
        assertThat(cluster.request(Cluster.route("x"))).isNotEqualTo("a");
        assertThat(cluster.requests(4)).contains("c").doesNotContain("a");
    }

    @Test
    void aPassedProbeEndsNoEjection() {
        Cluster cluster = cluster("a", "b");
        answer(cluster, "a", 500, 500, 500);
        cluster.get("a").probePassed();
        assertThat(words(cluster, "a")).isEqualTo("Ejct");
    }

    @Test
    void belowThePanicThresholdHealthIsIgnoredAndTheOperatorIsNot() {
        Cluster cluster = cluster(
                new EjectionConfig(3, Duration.ofSeconds(10), 50, 50), "a", "b", "c", "d", "e flags=D", "f flags=N");
        cluster.get("a").probeFailed();
        cluster.get("b").probeFailed();
        // three of the five in service are usable: no panic
        assertThat(cluster.requests(6)).matches("[cd]{6}");
        cluster.fail("c");
        assertThat(cluster.requests(8)).contains("a", "b", "c", "d").doesNotContain("e", "f");
        assertThat(cluster.request(Cluster.route("nobody"))).isNotEqualTo("e");
        cluster.get("a").probePassed();
        cluster.get("b").probePassed();
        assertThat(cluster.requests(6)).doesNotContain("c");
    }

    @Test
    void forcedRecoveryEndsEjectionsWhenNobodyIsLeft() {
        Cluster cluster = cluster(new EjectionConfig(1, Duration.ofSeconds(10), 100, 0), "a", "b");
        answer(cluster, "a", 500);
        answer(cluster, "b", 500);
        assertThat(words(cluster, "a")).isEqualTo("Ejct");
        assertThat(cluster.requests(2)).isEqualTo("ab");
    }
}
