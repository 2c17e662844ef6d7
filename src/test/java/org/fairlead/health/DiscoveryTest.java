package org.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.balancer.Balancer;
import org.fairlead.balancer.Member;
import org.fairlead.health.Resolver.Service;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.Resolve;
import org.fairlead.model.PoolConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final Duration PERIOD = NameWatch.DEFAULT_PERIOD;

    /** A name service that says what the test says. */
    private static final class FakeResolver implements Resolver {
        private final Map<String, List<String>> addresses = new HashMap<>();
        private final Map<String, List<Service>> services = new HashMap<>();
        private int asked;
        private boolean broken;

        FakeResolver address(String host, String... literals) {
            addresses.put(host, List.of(literals));
            return this;
        }

        FakeResolver service(String name, Service... found) {
            services.put(name, List.of(found));
            return this;
        }

        @Override
        public List<InetAddress> addresses(String host) throws IOException {
            asked++;
            if (broken) {
                throw new IllegalStateException("adapter broke");
            }
            if (!addresses.containsKey(host)) {
                throw new UnknownHostException(host);
            }
            List<InetAddress> found = new ArrayList<>();
            for (String literal : addresses.get(host)) {
                found.add(InetAddress.getByName(literal));
            }
            return found;
        }

        @Override
        public List<Service> services(String name) throws IOException {
            asked++;
            return Optional.ofNullable(services.get(name)).orElseThrow(() -> new IOException(name));
        }
    }

    private final VirtualTime time = new VirtualTime();
    private final FakeResolver resolver = new FakeResolver();
    private final List<Balancer> changed = new ArrayList<>();
    private final Discovery discovery = Discovery.on(resolver, time, Runnable::run, () -> 0.5, changed::add);

    @AfterEach
    void close() {
        discovery.close();
    }

    private Balancer followed(MemberConfig... members) {
        Balancer balancer = Members.balancer(members);
        discovery.follow(balancer);
        time.advance(Duration.ZERO);
        return balancer;
    }

    private static MemberConfig all(String host) {
        return Members.resolved(host, Resolve.ALL, PoolConfig.DEFAULTS);
    }

    private static MemberConfig srv(String name) {
        return Members.resolved(name, Resolve.SRV, PoolConfig.DEFAULTS);
    }

    private static List<String> places(Balancer balancer) {
        return balancer.members().stream()
                .map(member -> member.config().address().authority()
                        + member.address().map(a -> "@" + a.getHostAddress()).orElse(""))
                .toList();
    }

    @Test
    void makesOneMemberOfEachAddressAtOnce() {
        resolver.address("app", "10.0.0.2", "10.0.0.1", "2001:db8::1", "10.0.0.2");

        Balancer balancer = followed(all("app"));

        assertThat(places(balancer))
                .containsExactly("app:8080@10.0.0.1", "app:8080@10.0.0.2", "app:8080@2001:db8:0:0:0:0:0:1");
        assertThat(changed).containsExactly(balancer);
    }

    @Test
    void leavesOtherMembersWhereTheyAre() {
        resolver.address("app", "10.0.0.1", "10.0.0.2");

        Balancer balancer = followed(MemberConfig.of("first", 80), all("app"), MemberConfig.of("last", 80));

        assertThat(places(balancer)).containsExactly("first", "app:8080@10.0.0.1", "app:8080@10.0.0.2", "last");
    }

    @Test
    void followsChangesAndKeepsWhoStays() {
        resolver.address("app", "10.0.0.1", "10.0.0.2");
        Balancer balancer = followed(all("app"));
        Member stays = balancer.members().get(1);

        resolver.address("app", "10.0.0.3", "10.0.0.2");
        time.advance(PERIOD);

        assertThat(places(balancer)).containsExactly("app:8080@10.0.0.2", "app:8080@10.0.0.3");
        assertThat(balancer.members().get(0)).isSameAs(stays);
        assertThat(changed).hasSize(2);
    }

    @Test
    void aShuffledAnswerIsNoChange() {
        resolver.address("app", "10.0.0.1", "10.0.0.2");
        Balancer balancer = followed(all("app"));
        List<Member> before = balancer.members();

        resolver.address("app", "10.0.0.2", "10.0.0.1");
        time.advance(PERIOD);

        assertThat(balancer.members()).isEqualTo(before);
        assertThat(changed).hasSize(1);
    }

    @Test
    void keepsTheLastGoodAnswerWhenTheNameServiceFails() {
        resolver.address("app", "10.0.0.1", "10.0.0.2");
        Balancer balancer = followed(all("app"));
        List<Member> before = balancer.members();

        resolver.addresses.clear();
        time.advance(PERIOD.multipliedBy(3));
        assertThat(balancer.members()).isEqualTo(before);
        resolver.address("app");
        time.advance(PERIOD.multipliedBy(3));

        assertThat(balancer.members()).as("an empty answer is none").isEqualTo(before);
    }

    @Test
    void asksAgainSoonAfterAFailure() {
        Balancer balancer = followed(all("app"));
        assertThat(places(balancer)).containsExactly("app:8080");

        resolver.address("app", "10.0.0.1");
        time.advance(NameWatch.AFTER_FAILURE);

        assertThat(places(balancer)).containsExactly("app:8080@10.0.0.1");
    }

    @Test
    void aResolverThatBreaksDoesNotEndTheFollowing() {
        resolver.address("app", "10.0.0.1").broken = true;
        Balancer balancer = followed(all("app"));

        resolver.broken = false;
        time.advance(NameWatch.AFTER_FAILURE);

        assertThat(places(balancer)).containsExactly("app:8080@10.0.0.1");
    }

    @Test
    void asksAsOftenAsAddressttlSays() {
        resolver.address("app", "10.0.0.1");
        followed(Members.resolved("app", Resolve.ALL, ttl(Duration.ofSeconds(7))));

        time.advance(Duration.ofSeconds(70));

        assertThat(resolver.asked).isEqualTo(11);
    }

    @Test
    void asksAtMostOnceASecond() {
        resolver.address("app", "10.0.0.1");
        followed(Members.resolved("app", Resolve.ALL, ttl(Duration.ofMillis(1))));

        time.advance(Duration.ofSeconds(10));

        assertThat(resolver.asked).isEqualTo(11);
    }

    private static PoolConfig ttl(Duration ttl) {
        PoolConfig d = PoolConfig.DEFAULTS;
        return new PoolConfig(
                OptionalInt.empty(),
                d.min(),
                d.smax(),
                d.ttl(),
                d.acquire(),
                d.queue(),
                d.connectTimeout(),
                d.timeout(),
                d.ping(),
                d.keepAlive(),
                d.reuse(),
                Optional.of(ttl),
                d.ioBufferSize(),
                d.receiveBufferSize(),
                d.responseFieldSize(),
                d.sourceAddress(),
                d.remote(),
                d.secret());
    }

    @Test
    void aServiceRecordBringsHostPortSetAndShare() {
        resolver.service(
                        "_http._tcp.app",
                        new Service(20, 0, "backup", 9000),
                        new Service(10, 30, "big", 8001),
                        new Service(10, 10, "small", 80))
                .address("big", "10.0.0.1")
                .address("small", "10.0.0.2")
                .address("backup", "10.0.0.3");

        Balancer balancer = followed(srv("_http._tcp.app"));

        assertThat(places(balancer)).containsExactly("big:8001@10.0.0.1", "small@10.0.0.2", "backup:9000@10.0.0.3");
        assertThat(balancer.members())
                .extracting(
                        member -> member.config().name(),
                        m -> m.config().lbset(),
                        m -> m.config().loadFactorHundredths())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("http://big:8001", 0, 300),
                        org.assertj.core.groups.Tuple.tuple("http://small", 0, 100),
                        org.assertj.core.groups.Tuple.tuple("http://backup:9000", 1, 100));
    }

    @Test
    void aServicesHostWithSeveralAddressesIsSeveralMembers() {
        resolver.service("app", new Service(0, 0, "pool", 8080)).address("pool", "10.0.0.1", "10.0.0.2");

        assertThat(places(followed(srv("app")))).containsExactly("pool:8080@10.0.0.1", "pool:8080@10.0.0.2");
    }

    @Test
    void oneHostThatIsUnknownDoesNotHideTheOthers() {
        resolver.service("app", new Service(0, 0, "a", 80), new Service(0, 0, "b", 80))
                .address("a", "10.0.0.1")
                .address("b", "10.0.0.2");
        Balancer balancer = followed(srv("app"));

        resolver.addresses.remove("b");
        resolver.service("app", new Service(0, 0, "a", 80), new Service(0, 0, "b", 80), new Service(0, 0, "new", 80));
        resolver.address("a", "10.0.0.9");
        time.advance(PERIOD);

        assertThat(places(balancer))
                .as("b keeps what it was known by, new was never known")
                .containsExactly("a@10.0.0.9", "b@10.0.0.2");
    }

    @Test
    void aServiceThatIsDecidedlyNotThereChangesNothing() {
        resolver.service("app", new Service(0, 0, "a", 80)).address("a", "10.0.0.1");
        Balancer balancer = followed(srv("app"));

        resolver.service("app", new Service(0, 0, ".", 0));
        time.advance(PERIOD);

        assertThat(places(balancer)).containsExactly("a@10.0.0.1");
    }

    @Test
    void weightsStayWithinWhatALoadfactorMayBe() {
        resolver.service("app", new Service(0, 1, "a", 80), new Service(0, 65535, "b", 80))
                .address("a", "10.0.0.1")
                .address("b", "10.0.0.2");

        assertThat(followed(srv("app")).members())
                .extracting(member -> member.config().loadFactorHundredths())
                .containsExactly(100, 10_000);
    }

    @Test
    void aBalancerWithoutNamesToFollowCostsNothing() {
        followed(MemberConfig.of("plain", 80));

        assertThat(time.waiting()).isZero();
        assertThat(resolver.asked).isZero();
    }

    @Test
    void aForgottenBalancerIsLeftAsItIs() {
        resolver.address("app", "10.0.0.1");
        Balancer balancer = followed(all("app"));

        discovery.forget(balancer);
        resolver.address("app", "10.0.0.2");
        time.advance(PERIOD.multipliedBy(2));

        assertThat(places(balancer)).containsExactly("app:8080@10.0.0.1");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void followingTwiceAsksOnce() {
        resolver.address("app", "10.0.0.1");
        Balancer balancer = followed(all("app"));

        discovery.follow(balancer);
        time.advance(Duration.ZERO);

        assertThat(resolver.asked).isEqualTo(1);
    }

    @Test
    void aClosedDiscoveryFollowsNobody() {
        discovery.close();

        followed(all("app"));

        assertThat(resolver.asked).isZero();
    }

    @Test
    void theFirstAnswerCanBeWaitedFor() throws Exception {
        resolver.address("app", "10.0.0.1");
        List<Thread> threads = new ArrayList<>();
        Resolver watched = new Resolver() {
            @Override
            public List<InetAddress> addresses(String host) throws IOException {
                threads.add(Thread.currentThread());
                return resolver.addresses(host);
            }

            @Override
            public List<Service> services(String name) throws IOException {
                return resolver.services(name);
            }
        };
        Balancer balancer = Members.balancer(all("app"));
        try (Discovery real = Discovery.start(watched, changed::add)) {
            real.follow(balancer);

            assertThat(real.awaitFirst(balancer, Duration.ofSeconds(20))).isTrue();

            assertThat(places(balancer)).containsExactly("app:8080@10.0.0.1");
            assertThat(threads).allSatisfy(thread -> {
                assertThat(thread.getName()).startsWith("fairlead-discovery");
                assertThat(thread.isDaemon()).isTrue();
            });
        }
    }

    @Test
    void theWaitForAFirstAnswerIsBounded() throws Exception {
        Balancer balancer = Members.balancer(all("app"));
        discovery.follow(balancer);

        assertThat(discovery.awaitFirst(balancer, Duration.ofMillis(1))).isFalse();
    }
}
