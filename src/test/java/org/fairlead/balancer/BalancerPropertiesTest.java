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

class BalancerPropertiesTest {
    private static final String[] SETUPS = {
        "a;b;c",
        "a;b flags=H;c flags=R;d",
        "a set=0;b set=1 max=2;c set=1",
        "a route=x redirect=y;b route=y flags=N;c",
        "a max=1 queue=2;b max=2;c max=3 acquire=10",
        "a;b flags=D;c flags=S;d flags=I;e retry=0"
    };

    /** Whatever happens in whatever order: who is chosen may serve, and all busy counts end at zero. */
    @Property(tries = 400)
    void onlyCandidatesAreChosenAndLeasesReturnToZero(
            @ForAll Method method, @ForAll @IntRange(max = 5) int setup, @ForAll long seed) {
        Cluster cluster = Cluster.of(SETUPS[setup].split(";")).sticky("S");
        cluster.method = method;
        cluster.failOnStatus = Set.of(500);
        cluster.failOnTimeout = true;
        cluster.slowStart = Duration.ofSeconds(5);
        Random random = new Random(seed);
        if (random.nextBoolean()) {
            cluster.ejection = Optional.of(new EjectionConfig(2, Duration.ofSeconds(1), 50, 0));
        }
        List<Lease> open = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            step(cluster, random, open);
        }
        open.forEach(Lease::close);
        assertThat(cluster.balancer().members()).allMatch(member -> member.busy() == 0);
        assertThat(cluster.balancer().snapshot().queue().waiting()).isZero();
    }

    private static void step(Cluster cluster, Random random, List<Lease> open) {
        List<Member> members = cluster.balancer().members();
        Member any = members.get(random.nextInt(members.size()));
        switch (random.nextInt(8)) {
            case 0 -> cluster.pass(Duration.ofMillis(random.nextInt(20_000)));
            case 1 -> any.probeFailed();
            case 2 -> any.probePassed();
            case 3 -> {
                StatusFlag flag = List.copyOf(Cluster.flags("DSNHR")).get(random.nextInt(5));
                cluster.balancer()
                        .order(any, orders -> orders.with(flag, random.nextInt(3) == 0), OrderOrigin.configuration());
            }
            case 4, 5 -> {
                if (!open.isEmpty()) {
                    end(open.remove(random.nextInt(open.size())), random);
                }
            }
            default -> begin(cluster, random, any, open);
        }
    }

    private static void end(Lease lease, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> lease.failed();
            case 1 -> lease.timedOut();
            case 2 -> lease.answered(500, random.nextInt(1_000_000));
            default -> lease.answered(200, random.nextInt(1_000_000));
        }
        lease.transferred(random.nextInt(1000), random.nextInt(1000));
        lease.close();
    }

    private static void begin(Cluster cluster, Random random, Member any, List<Lease> open) {
        List<Member> tried = random.nextInt(4) == 0 ? List.of(any) : List.of();
        Optional<String> route = Optional.of("x").filter(x -> random.nextInt(3) == 0);
        Affinity wish = new Affinity(route, route.map(x -> "S"), "key" + random.nextInt(100));
        try {
            Lease lease = cluster.balancer().lease(wish, tried);
            Member chosen = lease.member();
            assertThat(chosen.status().isUsable()).isTrue();
            assertThat(tried).doesNotContain(chosen);
            assertThat(chosen.busy())
                    .isLessThanOrEqualTo(chosen.config().pool().max().orElse(Integer.MAX_VALUE));
            if (chosen.status().isDraining()) {
                assertThat(route).isPresent();
                assertThat(chosen.orders().route()).isIn("x", "y");
            }
            open.add(lease);
        } catch (NoMemberException e) {
            assertThat(e.getMessage()).startsWith("balancer c: ");
        }
    }

    /** The sum of all quotas stays what it was: nobody's share is lost or made. */
    @Property(tries = 100)
    void theSumOfQuotasIsZero(@ForAll @IntRange(min = 1, max = 10) int members, @ForAll long seed) {
        Cluster cluster = new Cluster().sticky("S");
        for (int i = 0; i < members; i++) {
            cluster.members("m" + i + " route=r" + i + " factor=" + (1 + i % 3));
        }
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            cluster.request(random.nextBoolean() ? Affinity.NONE : Cluster.route("r" + random.nextInt(members)));
        }
        assertThat(cluster.balancer().members().stream()
                        .mapToLong(member -> member.load().quota())
                        .sum())
                .isZero();
    }
}
