package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.fairlead.model.BalancerConfig.EjectionConfig;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dry run of a selection says what the selection does, and leaves everything as it was. */
class SelectionPreviewTest {
    private static final String[] SETUPS = {
        "a;b factor=3;c",
        "a;b flags=H;c flags=R;d",
        "a set=0;b set=1 max=2;c set=1",
        "a route=x redirect=y;b route=y flags=N;c",
        "a max=1;b max=2;c max=3",
        "a;b flags=D;c flags=S;d flags=I;e retry=0"
    };

    @ParameterizedTest(name = "{0}, session {1}: {2} because {3}")
    @CsvSource(delimiter = '|', textBlock = """
            a;b                       |   | b | a candidate; lbmethod=byrequests prefers another one now
            a;b flags=N               |   | b | draining (N): it serves sessions of its own only
            a;b flags=D               |   | b | disabled by the operator (D)
            a;b flags=S               |   | b | stopped by the operator (S)
            a;b flags=C               |   | b | its health check failed (C); only one that passes brings it back
            a;b flags=H               |   | b | standby (H): it serves when no other member of its lbset can
            a;b flags=R               |   | b | spare (R): it stands in for a normal member that cannot serve, and none is missing
            a;b set=1                 |   | b | lbset 1 is asked when no member of a lower lbset can serve
            a flags=D;b flags=H       |   | b | chosen by lbmethod=byrequests
            a flags=D;b flags=R       |   | b | chosen by lbmethod=byrequests
            a route=x;b route=y       | y | b | chosen: the session is its own
            a route=x;b route=y       | y | a | the session is another member's
            a route=x;b route=y flags=N | y | b | chosen: the session is its own
            a route=x;b route=y       | z | a | chosen by lbmethod=byrequests
            """)
    void saysOfEachMemberWhyItIsOrIsNotChosen(String members, String route, String member, String why) {
        Cluster cluster = Cluster.of(members.split(";")).sticky("S");
        Affinity wish = route == null ? Affinity.NONE : Cluster.route(route);

        SelectionPreview preview = cluster.balancer().preview(wish, List.of());

        assertThat(preview.candidates())
                .filteredOn(candidate -> candidate.member().name().equals(member))
                .extracting(SelectionPreview.Candidate::why)
                .containsExactly(why);
    }

    @Test
    void saysWhenAMemberInErrorIsTriedAgain() {
        Cluster cluster = Cluster.of("a retry=30", "b");
        cluster.fail("a");
        cluster.pass(Duration.ofSeconds(10));

        assertThat(cluster.balancer().preview(Affinity.NONE, List.of()).candidates())
                .extracting(SelectionPreview.Candidate::state, SelectionPreview.Candidate::usable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("in error", false),
                        org.assertj.core.groups.Tuple.tuple("ok", true));
        assertThat(cluster.balancer()
                        .preview(Affinity.NONE, List.of())
                        .candidates()
                        .get(0)
                        .why())
                .isEqualTo("in error (E), to be tried again in 20 s");
    }

    @Test
    void aRetryThatIsDueIsForeseenAndNotMade() {
        Cluster cluster = Cluster.of("a retry=30", "b");
        cluster.fail("a");
        cluster.pass(Duration.ofSeconds(31));

        SelectionPreview preview = cluster.balancer().preview(Affinity.NONE, List.of());

        assertThat(preview.candidates().get(0).usable()).isTrue();
        assertThat(cluster.get("a").status().isInError()).isTrue();
    }

    @Test
    void sharesArePartsOfTheCandidatesWeights() {
        Cluster cluster = Cluster.of("a factor=3", "b", "c flags=H");

        assertThat(cluster.balancer().preview(Affinity.NONE, List.of()).candidates())
                .extracting(SelectionPreview.Candidate::sharePercent)
                .containsExactly(75, 25, 0);
    }

    @Test
    void orderAndStateAreTwoThings() {
        Cluster cluster = Cluster.of("a flags=N", "b flags=HI", "c");
        cluster.get("a").probeFailed();

        assertThat(cluster.balancer().preview(Affinity.NONE, List.of()).candidates())
                .extracting(SelectionPreview.Candidate::order)
                .containsExactly("draining", "standby, ignore errors", "enabled");
        assertThat(cluster.balancer().preview(Affinity.NONE, List.of()).candidates())
                .extracting(SelectionPreview.Candidate::state)
                .containsExactly("probe failed", "ok", "ok");
    }

    @Test
    void whereNoMemberCanServeTheReasonIsTheLogs() {
        SelectionPreview preview =
                Cluster.of("a flags=D", "b flags=N").balancer().preview(Affinity.NONE, List.of());

        assertThat(preview.chosen()).isEmpty();
        assertThat(preview.said()).isEqualTo("no usable member of 2: 1 disabled or stopped, 1 draining");
    }

    @Test
    void aFullMemberIsNamedSo() throws NoMemberException {
        Cluster cluster = Cluster.of("a max=1", "b max=1");
        Lease lease = cluster.lease(Affinity.NONE);

        assertThat(cluster.balancer().preview(Affinity.NONE, List.of()).candidates())
                .filteredOn(candidate -> candidate.member() == lease.member())
                .extracting(SelectionPreview.Candidate::why)
                .containsExactly("at its max of 1 requests");
        lease.close();
    }

    /** Whatever happened before: what the dry run says is what comes, and it changes nothing that can be seen. */
    @Property(tries = 300)
    void whatIsForeseenComes(@ForAll Method method, @ForAll @IntRange(max = 5) int setup, @ForAll long seed) {
        Cluster cluster = Cluster.of(SETUPS[setup].split(";")).sticky("S");
        cluster.method = method;
        cluster.slowStart = Duration.ofSeconds(5);
        Random random = new Random(seed);
        if (random.nextBoolean()) {
            cluster.ejection = Optional.of(new EjectionConfig(2, Duration.ofSeconds(1), 50, 30));
        }
        cluster.failOnStatus = Set.of(500);
        List<Lease> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            disturb(cluster, random, open);
            foresee(cluster, random, open);
        }
        open.forEach(Lease::close);
    }

    private static void disturb(Cluster cluster, Random random, List<Lease> open) {
        List<Member> members = cluster.balancer().members();
        Member any = members.get(random.nextInt(members.size()));
        switch (random.nextInt(6)) {
            case 0 -> cluster.pass(Duration.ofMillis(random.nextInt(20_000)));
            case 1 -> any.probeFailed();
            case 2 -> any.probePassed();
            case 3 -> {
                StatusFlag flag = List.copyOf(Cluster.flags("DSNHR")).get(random.nextInt(5));
                cluster.balancer()
                        .order(any, orders -> orders.with(flag, random.nextInt(3) == 0), OrderOrigin.configuration());
            }
            case 4 -> any.heartbeat(random.nextInt(9), random.nextInt(3));
            default -> {
                if (!open.isEmpty()) {
                    Lease lease = open.remove(random.nextInt(open.size()));
                    lease.transferred(random.nextInt(1000), random.nextInt(1000));
                    if (random.nextInt(3) == 0) {
                        lease.failed();
                    } else {
                        lease.answered(random.nextBoolean() ? 200 : 500, random.nextInt(1_000_000));
                    }
                    lease.close();
                }
            }
        }
    }

    private static void foresee(Cluster cluster, Random random, List<Lease> open) {
        Optional<String> route = Optional.of("x").filter(x -> random.nextInt(3) == 0);
        Affinity wish = new Affinity(route, route.map(x -> "S"), "key" + random.nextInt(100));
        BalancerSnapshot before = cluster.balancer().snapshot();
        SelectionPreview preview = cluster.balancer().preview(wish, List.of());
        assertThat(cluster.balancer().snapshot()).isEqualTo(before);
        try {
            Lease lease = cluster.lease(wish);
            assertThat(preview.chosen()).contains(lease.member());
            assertThat(preview.candidates())
                    .filteredOn(candidate -> candidate.member() == lease.member())
                    .allMatch(candidate -> candidate.usable() || preview.said().contains("panicthreshold"));
            open.add(lease);
        } catch (NoMemberException e) {
            assertThat(preview.chosen()).isEmpty();
        }
    }
}
