package org.fairlead.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fairlead.model.StickyConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTokenTest {
    private static Cluster cluster(String... specs) {
        Cluster cluster = Cluster.of(specs);
        cluster.sticky = Optional.of(new StickyConfig("S", "S", Optional.of('.'), false, Optional.of("FL")));
        return cluster;
    }

    @Test
    void aNewClientIsGivenACookieThatBringsItBack() throws NoMemberException {
        Cluster cluster = cluster("a", "b");
        cluster.request();
        Lease lease = cluster.lease(Affinity.NONE);
        assertThat(lease.member().name()).isEqualTo("b");
        String token = SessionToken.of("c", "b");
        assertThat(cluster.balancer().mintedCookie(lease, false))
                .hasValue("FL=" + token + "; Path=/; HttpOnly; SameSite=Lax");
        assertThat(cluster.balancer().mintedCookie(lease, true))
                .hasValue("FL=" + token + "; Path=/; HttpOnly; SameSite=Lax; Secure");
        Lease again = cluster.lease(Cluster.route(token));
        assertThat(again.member().name()).isEqualTo("b");
        assertThat(again.routeChanged()).isFalse();
        assertThat(cluster.balancer().mintedCookie(again, true)).isEmpty();
    }

    @Test
    void aClientWhoseMemberIsGoneIsGivenAnotherCookie() throws NoMemberException {
        Cluster cluster = cluster("a", "b");
        cluster.get("b").probeFailed();
        Lease lease = cluster.lease(Cluster.route(SessionToken.of("c", "b")));
        assertThat(cluster.balancer().mintedCookie(lease, false).orElseThrow())
                .startsWith("FL=" + SessionToken.of("c", "a") + ";");
    }

    @Test
    void withoutStickycookieNoneIsSet() throws NoMemberException {
        Cluster cluster = Cluster.of("a").sticky("S");
        Lease lease = cluster.lease(Affinity.NONE);
        assertThat(lease.routeChanged()).isTrue();
        assertThat(cluster.balancer().mintedCookie(lease, false)).isEmpty();
        // and nobody has the token "" then
        assertThat(cluster.lease(Cluster.route("x")).routeChanged()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a", "''", "../../etc/passwd", "nobody", "b"})
    void whatNobodyMintedIsBalancedAnew(String forged) throws NoMemberException {
        Cluster cluster = cluster("a", "b");
        assertThat(cluster.lease(Cluster.route(forged)).routeChanged()).isTrue();
    }

    /** Worked out once and kept: Fairleads of two releases side by side must read each other's cookies. */
    @Test
    void theValueNeverChangesAndTellsNothing() {
        String token = SessionToken.of("mycluster", "http://10.0.0.1:8080");
        assertThat(token).isEqualTo("qzNZIUWTUF4Oht-Pj1dld9r_").matches("[A-Za-z0-9_-]{24}");
    }

    @Test
    void everyMemberOfEveryBalancerHasItsOwn() {
        Set<String> tokens = new HashSet<>();
        for (String balancer : List.of("x", "y", "xy")) {
            for (int i = 0; i < 100; i++) {
                tokens.add(SessionToken.of(balancer, "m" + i));
            }
        }
        assertThat(tokens).hasSize(300);
    }
}
