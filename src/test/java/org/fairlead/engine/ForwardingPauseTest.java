package org.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.fairlead.balancer.Balancer;
import org.fairlead.config.ConfigLoader;
import org.fairlead.engine.ProxyEngine.Outcome;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.FakeExchange;
import org.fairlead.model.ProxyConfig;
import org.fairlead.route.HostTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exchanges whose thread is let go while a member is silent. */
class ForwardingPauseTest {
    private static final String TWO = """
            ProxyPass /app balancer://two/app
            <Proxy balancer://two>
            BalancerMember http://a:8000
            BalancerMember http://b:8001
            </Proxy>
            """;

    private final FakeUpstream upstream = new FakeUpstream().silent();
    private final FakeExchange client = FakeExchange.get("/app/x").inContainerThatLetsGo();
    private Balancer balancer;
    private ProxyEngine engine;

    @BeforeEach
    void build() throws Exception {
        ProxyConfig config = new ConfigLoader().load(TWO, "conf", "test.conf").config();
        Map<String, Balancer> balancers = new HashMap<>();
        config.balancers().forEach((name, each) -> balancers.put(name, new Balancer(each)));
        balancer = balancers.values().iterator().next();
        engine = new ProxyEngine(config.server(), HostTable.of(config), balancers, upstream, NoLogin.ACCESS);
    }

    @AfterEach
    void nothingIsHeldAfterwards() {
        assertThat(upstream.open()).as("answers not closed").isZero();
        assertThat(busy()).isZero();
    }

    private long busy() {
        return balancer.snapshot().members().stream()
                .mapToLong(member -> member.load().busy())
                .sum();
    }

    @Test
    void aSilentMemberTakesNoThreadAndItsAnswerComesWhenItIsHeard() throws Exception {
        upstream.answers(200, "hello");

        assertThat(engine.handle(client)).isEqualTo(Outcome.PAUSED);

        assertThat(client.text()).isEmpty();
        assertThat(busy()).as("the member counts as busy meanwhile").isEqualTo(1);
        upstream.heard().run();
        assertThat(client.calledBack()).isEqualTo(1);
        assertThat(client.paused().orElseThrow().resume()).isTrue();
        assertThat(client.text()).isEqualTo("hello");
    }

    @Test
    void aContainerThatNeedsItsThreadIsAskedAndTheThreadWaits() throws Exception {
        FakeExchange held = FakeExchange.get("/app/x");
        upstream.answers(200, "hello");

        assertThat(engine.handle(held)).isEqualTo(Outcome.ANSWERED);

        assertThat(held.text()).isEqualTo("hello");
    }

    @Test
    void aMemberThatDiesWhileItIsAwaitedLeavesItsPlaceToAnotherWhichIsAwaitedToo() throws Exception {
        upstream.fails(Kind.BROKEN, false, false).answers(200, "from another");

        assertThat(engine.handle(client)).isEqualTo(Outcome.PAUSED);
        assertThat(client.paused().orElseThrow().resume()).as("over").isFalse();

        assertThat(upstream.members()).doesNotHaveDuplicates().hasSize(2);
        assertThat(client.paused().orElseThrow().resume()).as("over").isTrue();
        assertThat(client.text()).isEqualTo("from another");
    }

    @Test
    void aStaleConnectionIsRepeatedOnANewOneAndAwaitedAgain() throws Exception {
        upstream.fails(Kind.BROKEN, true, false).answers(200, "hello");

        assertThat(engine.handle(client)).isEqualTo(Outcome.PAUSED);
        assertThat(client.paused().orElseThrow().resume()).isFalse();

        assertThat(upstream.sent()).extracting(FakeUpstream.Sent::fresh).containsExactly(false, true);
        assertThat(upstream.members()).containsOnly(upstream.members().get(0));
        assertThat(client.paused().orElseThrow().resume()).isTrue();
        assertThat(client.status()).isEqualTo(200);
    }

    @Test
    void whoWasToldThatAMemberIsHeardWaitsForTheRestOfItsHead() throws Exception {
        upstream.answers(200, "hello");
        engine.handle(client);
        int before = client.calledBack();

        client.paused().orElseThrow().resume();

        assertThat(client.calledBack()).isEqualTo(before);
        assertThat(client.status()).isEqualTo(200);
    }

    @Test
    void whatCannotBeWatchedAfterAllGoesOnAtOnce() throws Exception {
        upstream.deaf().answers(200, "hello");

        assertThat(engine.handle(client)).isEqualTo(Outcome.PAUSED);

        assertThat(client.calledBack()).isEqualTo(1);
        assertThat(client.paused().orElseThrow().resume()).isTrue();
    }

    @Test
    void aSilenceThatIsTooLongIs504() throws Exception {
        upstream.fails(Kind.TIMEOUT, false, false).fails(Kind.TIMEOUT, false, false);

        engine.handle(client);
        while (!client.paused().orElseThrow().resume()) {
            // The other member is silent, too.
        }

        assertThat(client.status()).isEqualTo(504);
    }

    @Test
    void aClientThatIsGoneMeanwhileFreesTheMember() throws Exception {
        upstream.answers(200, "nobody hears that");
        engine.handle(client);

        client.paused().orElseThrow().cancel();

        assertThat(upstream.abandoned()).isEqualTo(1);
        assertThat(busy()).isZero();
    }
}
