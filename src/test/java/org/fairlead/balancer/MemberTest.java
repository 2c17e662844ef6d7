package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberTest {
    /** Moves: f fails, p probe passed, c probe failed, r looked at after retry, l looked at at once, v recovery. */
    @ParameterizedTest(name = "{0} + {1} -> {2}")
    @CsvSource(textBlock = """
            '',  f,     Err
            '',  fl,    Err
            '',  fr,    Ok
            '',  fp,    Ok
            '',  fv,    Ok
            '',  c,     HcFl
            '',  cr,    HcFl
            '',  cv,    HcFl
            '',  cp,    Ok
            '',  fc,    Err HcFl
            '',  fcr,   HcFl
            '',  fcp,   Ok
            I,   f,     Ign Ok
            I,   c,     Ign HcFl
            S,   fr,    Stop Err
            S,   fv,    Stop
            D,   fr,    Dis
            D,   f,     Dis Err
            N,   f,     Drn Err
            E,   l,     Ok
            E,   '',    Err
            EI,  l,     Ign Ok
            ES,  l,     Stop Err
            C,   l,     HcFl
            C,   p,     Ok
            """)
    void whatWasObservedNeverChangesWhatIsWanted(String flags, String moves, String expected) {
        Cluster cluster = Cluster.of("a" + (flags.isEmpty() ? "" : " flags=" + flags));
        Member member = cluster.get("a");
        for (char move : moves.toCharArray()) {
            switch (move) {
                case 'f' -> member.fail();
                case 'p' -> member.probePassed();
                case 'c' -> member.probeFailed();
                case 'l' -> member.retryIfDue(cluster.clock.get());
                case 'r' -> {
                    cluster.pass(Duration.ofSeconds(60));
                    member.retryIfDue(cluster.clock.get());
                }
                case 'v' -> member.recover(cluster.clock.get());
                default -> throw new IllegalArgumentException(moves);
            }
        }
        assertThat(member.status().words()).isEqualTo(expected);
    }

    @Test
    void theOperatorSetsWhatIsWantedAndNeverWhatIsObserved() {
        Cluster cluster = Cluster.of("a");
        Member member = cluster.get("a");
        cluster.balancer()
                .order(
                        member,
                        orders -> orders.with(StatusFlag.DRAIN, true)
                                .withLbset(3)
                                .withRoute("x")
                                .withRedirect("y")
                                .withLoadFactor(250),
                        OrderOrigin.configuration());
        assertThat(member.orders()).isEqualTo(new AdminState(250, 3, "x", "y", Cluster.flags("N")));
        assertThat(member.weight()).isEqualTo(250);
        cluster.balancer().order(member, orders -> orders.with(StatusFlag.DRAIN, false), OrderOrigin.configuration());
        assertThat(member.status().words()).isEqualTo("Ok");
        assertThatThrownBy(() -> cluster.balancer()
                        .order(member, orders -> orders.with(StatusFlag.ERROR, true), OrderOrigin.configuration()))
                .hasMessageContaining("status 'E' (expected: D, S, I, R, H or N");
        assertThatThrownBy(() -> cluster.balancer()
                        .order(member, orders -> orders.withLoadFactor(10_001), OrderOrigin.configuration()))
                .hasMessageContaining("10001");
        assertThatThrownBy(() ->
                        cluster.balancer().order(member, orders -> orders.withLbset(100), OrderOrigin.configuration()))
                .hasMessageContaining("lbset '100' (expected: 0 to 99)");
        assertThatThrownBy(() -> cluster.balancer()
                        .order(member, orders -> orders.withRoute("x".repeat(96)), OrderOrigin.configuration()))
                .hasMessageContaining("at most 95");
    }

    @Test
    void leasesCountAndGiveBackWhateverHappens() throws NoMemberException {
        Cluster cluster = Cluster.of("a flags=I");
        Member a = cluster.get("a");
        Lease one = cluster.lease(Affinity.NONE);
        Lease two = cluster.lease(Affinity.NONE);
        assertThat(a.busy()).isEqualTo(2);
        one.failed();
        one.timedOut();
        one.transferred(10, 200);
        two.answered(500, 5);
        two.transferred(1, 2);
        one.close();
        one.close();
        assertThat(a.busy()).isEqualTo(1);
        two.close();
        MemberSnapshot seen = cluster.balancer().snapshot().members().get(0);
        assertThat(seen.load().busy()).isZero();
        assertThat(seen.load().elected()).isEqualTo(2);
        assertThat(seen.load().to()).isEqualTo(11);
        assertThat(seen.load().from()).isEqualTo(202);
    }

    @ParameterizedTest(name = "failonstatus={0}, {1} -> {2}")
    @CsvSource(textBlock = """
            503, 503, Err
            503, 500, Ok
            503, 200, Ok
            """)
    void anAnswerInFailOnStatusPutsItInError(int listed, int status, String words) throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b");
        cluster.failOnStatus = java.util.Set.of(listed);
        try (Lease lease = cluster.lease(Affinity.NONE)) {
            lease.answered(status, 1);
        }
        assertThat(cluster.get("a").status().words()).isEqualTo(words);
    }

    @ParameterizedTest(name = "failontimeout={0} -> {1}")
    @CsvSource({"true, Err", "false, Ok"})
    void silencePutsItInErrorOnlyIfAskedFor(boolean on, String words) throws NoMemberException {
        Cluster cluster = Cluster.of("a", "b");
        cluster.failOnTimeout = on;
        try (Lease lease = cluster.lease(Affinity.NONE)) {
            // somebody else is answered meanwhile, so it is not frozen
            new MemberLease(lease.member(), false, cluster.balancer().verdict()).answered(200, 1);
            lease.timedOut();
        }
        assertThat(cluster.get("a").status().words()).isEqualTo(words);
    }

    @Test
    void aSnapshotShowsWhatTheManagerShows() throws NoMemberException {
        Cluster cluster = Cluster.of("a factor=2 route=x", "b flags=H retry=30");
        cluster.lease(Affinity.NONE).answered(200, 7_000_000);
        cluster.fail("b");
        cluster.pass(Duration.ofSeconds(10));
        BalancerSnapshot seen = cluster.balancer().snapshot();
        assertThat(seen.maxAttempts()).isEqualTo(1);
        assertThat(seen.queue().waiting()).isZero();
        MemberSnapshot a = seen.members().get(0);
        assertThat(a.id()).isEqualTo("a");
        assertThat(a.status().words()).isEqualTo("Ok");
        assertThat(a.load().elected()).isEqualTo(1);
        assertThat(a.load().busy()).isEqualTo(1);
        assertThat(a.load().lbstatus()).isZero();
        assertThat(a.load().weight()).isEqualTo(200);
        assertThat(a.orders().route()).isEqualTo("x");
        assertThat(a.load().latency())
                .hasValueSatisfying(l -> assertThat(l).isBetween(Duration.ofMillis(5), Duration.ofMillis(7)));
        assertThat(a.recovery().inErrorFor()).isEmpty();
        MemberSnapshot b = seen.members().get(1);
        assertThat(b.status().words()).isEqualTo("Err Stby");
        assertThat(b.recovery().inErrorFor()).hasValue(Duration.ofSeconds(10));
        assertThat(b.recovery().dueIn()).hasValue(Duration.ofSeconds(20));
        assertThat(b.load().latency()).isEmpty();
    }

    @Test
    void membersOfOneNameAreToldApartByTheirAddress() throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, 0, 3});
        Member member = new Member(Cluster.member("a"), Optional.of(address));
        assertThat(member.name()).isEqualTo("a");
        assertThat(member.id()).isEqualTo("a@10.0.0.3");
    }

    @Test
    void aHeartbeatOfLessThanNothingIsRefused() {
        Member member = Cluster.of("a").get("a");
        assertThatThrownBy(() -> member.heartbeat(-1, 0)).hasMessageContaining("ready=-1");
    }
}
