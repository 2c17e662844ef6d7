package org.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fairlead.balancer.Affinity;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Lease;
import org.fairlead.balancer.Member;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.http.Headers;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.HealthCheckConfig.Method;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Answers as it is told, and writes down when it was asked. */
    private static final class FakeProbe implements Probe {
        private final VirtualTime time;
        private final Map<String, List<Duration>> asked = new HashMap<>();
        private int status = 200;

        FakeProbe(VirtualTime time) {
            this.time = time;
        }

        @Override
        public Optional<Reply> ask(Member member, HealthCheckConfig check) throws IOException {
            asked.computeIfAbsent(member.name(), name -> new ArrayList<>()).add(time.now());
            if (status == 0) {
                throw new IOException("refused");
            }
            if (status < 0) {
                throw new IllegalStateException("adapter broke");
            }
            return check.method() == Method.TCP
                    ? Optional.empty()
                    : Optional.of(new Reply(status, new Headers(), "body"));
        }

        List<Duration> asked(Member member) {
            return asked.getOrDefault(member.name(), List.of());
        }
    }

    private final VirtualTime time = new VirtualTime();
    private final FakeProbe probe = new FakeProbe(time);
    /** In the middle: waits are the interval itself. */
    private final HealthMonitor monitor = HealthMonitor.on(probe, time, Runnable::run, () -> 0.5);

    @AfterEach
    void close() {
        monitor.close();
    }

    private static MemberConfig config(String host, int passes, int fails) {
        return Members.config(host, Members.check(Method.GET, INTERVAL, passes, fails, ""));
    }

    private Member watched(MemberConfig config) {
        Member member = Members.only(Members.balancer(config));
        monitor.watch(member);
        return member;
    }

    @Test
    void theFirstProbeComesAfterOneIntervalAndTheNextOneIntervalLater() {
        Member member = watched(config("a", 1, 1));

        time.advance(INTERVAL.minusNanos(1));
        assertThat(probe.asked(member)).isEmpty();
        time.advance(INTERVAL.multipliedBy(2));

        assertThat(probe.asked(member)).containsExactly(INTERVAL, INTERVAL.multipliedBy(2));
    }

    @Test
    void aMemberIsUsableUntilAProbeFails() {
        Member member = watched(config("a", 1, 1));
        probe.status = 500;

        assertThat(member.status().isUsable()).isTrue();
        time.advance(INTERVAL);

        assertThat(member.status().isProbeFailed()).isTrue();
        assertThat(member.status().isUsable()).isFalse();
    }

    @Test
    void aFailedMemberComesBackByAsManyPassesAsItNeeds() {
        Member member = watched(config("a", 2, 2));
        probe.status = 0;
        time.advance(INTERVAL);
        assertThat(member.status().isUsable()).isTrue();
        time.advance(INTERVAL);
        assertThat(member.status().isUsable()).isFalse();

        probe.status = 204;
        time.advance(INTERVAL);
        assertThat(member.status().isUsable()).isFalse();
        time.advance(INTERVAL);
        assertThat(member.status().isUsable()).isTrue();
    }

    @Test
    void aPassEndsAnErrorThatARequestFound() throws Exception {
        Balancer balancer = Members.balancer(config("a", 1, 1));
        Member member = Members.only(balancer);
        monitor.watch(member);
        try (Lease lease = balancer.lease(Affinity.NONE, List.of())) {
            lease.failed();
        }
        assertThat(member.status().isInError()).isTrue();

        time.advance(INTERVAL);

        assertThat(member.status().isUsable()).isTrue();
    }

    @Test
    void aProbeThatBreaksIsAFailureAndNotTheEndOfProbing() {
        Member member = watched(config("a", 1, 1));
        probe.status = -1;

        time.advance(INTERVAL.multipliedBy(3));

        assertThat(probe.asked(member)).hasSize(3);
        assertThat(member.status().isProbeFailed()).isTrue();
    }

    @Test
    void aConnectionIsEnoughForTcp() {
        Member member = watched(Members.config("a", Members.check(Method.TCP, INTERVAL, 1, 1, "")));

        time.advance(INTERVAL);
        assertThat(member.status().isUsable()).isTrue();
        probe.status = 0;
        time.advance(INTERVAL);

        assertThat(member.status().isUsable()).isFalse();
    }

    @Test
    void theConditionDecidesInPlaceOfTheStatus() {
        HealthCheckConfig check = Members.check(Method.GET, INTERVAL, 1, 1, "%{REQUEST_STATUS} == '503'");
        Member member = watched(Members.config("a", check));

        time.advance(INTERVAL);
        assertThat(member.status().isUsable()).isFalse();
        probe.status = 503;
        time.advance(INTERVAL);

        assertThat(member.status().isUsable()).isTrue();
    }

    @Test
    void aStoppedMemberIsNotProbedAndIsProbedAgainWhenItIsStarted() {
        Balancer balancer = Members.balancer(config("a", 1, 1));
        Member member = Members.only(balancer);
        monitor.watch(member);
        balancer.order(member, orders -> orders.with(StatusFlag.STOPPED, true), OrderOrigin.configuration());

        time.advance(INTERVAL.multipliedBy(3));
        assertThat(probe.asked(member)).isEmpty();
        balancer.order(member, orders -> orders.with(StatusFlag.STOPPED, false), OrderOrigin.configuration());
        time.advance(INTERVAL);

        assertThat(probe.asked(member)).hasSize(1);
    }

    @Test
    void aStopBreaksTheRowOfFailures() {
        Balancer balancer = Members.balancer(config("a", 1, 2));
        Member member = Members.only(balancer);
        monitor.watch(member);
        probe.status = 500;
        time.advance(INTERVAL);
        balancer.order(member, orders -> orders.with(StatusFlag.STOPPED, true), OrderOrigin.configuration());
        time.advance(INTERVAL);
        balancer.order(member, orders -> orders.with(StatusFlag.STOPPED, false), OrderOrigin.configuration());

        time.advance(INTERVAL);
        assertThat(member.status().isProbeFailed()).isFalse();
        time.advance(INTERVAL);
        assertThat(member.status().isProbeFailed()).isTrue();
    }

    @Test
    void aForgottenMemberIsLeftAlone() {
        Member member = watched(config("a", 1, 1));
        probe.status = 500;

        monitor.forget(member);
        time.advance(INTERVAL.multipliedBy(3));

        assertThat(probe.asked(member)).isEmpty();
        assertThat(time.waiting()).isZero();
        assertThat(member.status().isUsable()).isTrue();
    }

    @Test
    void whatAProbeFindsAfterItsMemberWasForgottenCountsNoMore() {
        Member member = Members.only(Members.balancer(config("a", 1, 1)));
        List<HealthMonitor> self = new ArrayList<>();
        HealthMonitor forgetful = HealthMonitor.on(
                (asked, check) -> {
                    self.get(0).forget(asked);
                    throw new IOException("too late");
                },
                time,
                Runnable::run,
                () -> 0.5);
        self.add(forgetful);
        forgetful.watch(member);

        time.advance(INTERVAL.multipliedBy(2));

        assertThat(member.status().isUsable()).isTrue();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void watchingTwiceProbesOnce() {
        Member member = watched(config("a", 1, 1));

        monitor.watch(member);
        time.advance(INTERVAL);

        assertThat(probe.asked(member)).hasSize(1);
    }

    @Test
    void aMemberWithoutAProbeIsNotWatched() {
        watched(MemberConfig.of("plain", 80));

        assertThat(monitor.size()).isZero();
    }

    @Test
    void watchAllFollowsWhoComesAndGoes() {
        Balancer first = Members.balancer(config("a", 1, 1), config("b", 1, 1));
        Balancer second = Members.balancer(config("c", 1, 1));
        Member stays = first.members().get(0);
        monitor.watchAll(List.of(first, second));
        assertThat(monitor.size()).isEqualTo(3);
        time.advance(INTERVAL.dividedBy(2));

        monitor.watchAll(List.of(first));
        time.advance(INTERVAL.dividedBy(2));

        assertThat(monitor.size()).isEqualTo(2);
        assertThat(probe.asked(stays)).as("its wait went on").containsExactly(INTERVAL);
        assertThat(probe.asked(Members.only(second))).isEmpty();
    }

    @Test
    void aClosedMonitorWatchesNobody() {
        Member member = watched(config("a", 1, 1));

        monitor.close();
        monitor.watch(member);

        assertThat(monitor.size()).isZero();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void anExpressionThatIsNoneIsNamedWithItsMember() {
        Member member = Members.only(
                Members.balancer(Members.config("a", Members.check(Method.GET, INTERVAL, 1, 1, "no expression"))));

        assertThatThrownBy(() -> monitor.watch(member))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hcexpr of http://a:8080: 'no' at 1");
    }
}
