package org.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.fairlead.balancer.MemberSnapshot;
import org.fairlead.balancer.OrderOrigin;
import org.fairlead.config.ConfigLoader;
import org.fairlead.exchange.ReadinessNotifier;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.operations.BalancerChange;
import org.fairlead.operations.DrainOrder;
import org.fairlead.operations.HealthChange;
import org.fairlead.operations.MemberChange;
import org.fairlead.operations.OperatorOrders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders outlive the process, and do not beat a later change of the configuration. */
class StateFileTest {
    private static final String A = "http://127.0.0.1:1";
    private static final String B = "http://127.0.0.1:2";
    private static final OrderOrigin ANN =
            new OrderOrigin("ann", "new \"kernel\"", Instant.parse("2026-12-01T12:00:00Z"));

    @TempDir
    private Path folder;

    private Path state;

    @BeforeEach
    void place() {
        state = folder.resolve("orders.state");
    }

    private ProxyRuntime start(String... lines) throws Exception {
        return ProxyRuntime.start(
                new ConfigLoader()
                        .load("StateFile " + state + "\n" + String.join("\n", lines), "conf", "test.conf")
                        .config(),
                ReadinessNotifier.NONE,
                operations -> Map.of());
    }

    private static String[] shop(String a, String balancer) {
        return new String[] {
            "<Proxy balancer://shop>",
            "BalancerMember " + A + " " + a,
            "BalancerMember " + B,
            "ProxySet growth=3 " + balancer,
            "</Proxy>",
            "ProxyPass / balancer://shop/"
        };
    }

    private static MemberSnapshot member(ProxyRuntime runtime, String name) {
        return runtime.operations().snapshot().balancer("shop").orElseThrow().members().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static MemberChange change(int factor, int set, String route, Map<StatusFlag, Boolean> flags) {
        return new MemberChange(
                flags,
                OptionalInt.of(factor),
                OptionalInt.of(set),
                Optional.of(route),
                Optional.empty(),
                HealthChange.NONE);
    }

    @Test
    void everyKindOfOrderIsThereAfterARestart() throws Exception {
        try (ProxyRuntime first = start(shop("route=a", ""))) {
            OperatorOrders orders = first.operations().orders();
            orders.member("shop", A, change(550, 7, "z", Map.of(StatusFlag.STANDBY, true)), ANN);
            orders.balancer(
                    "shop",
                    new BalancerChange(
                            Optional.of(Method.BYBUSYNESS),
                            Optional.of(Duration.ofSeconds(3)),
                            OptionalInt.of(1),
                            Optional.of(false),
                            Optional.of("SID|sid")),
                    ANN);
            orders.add("shop", "http://127.0.0.1:3", ANN);
            orders.member("shop", "http://127.0.0.1:3", MemberChange.flag(StatusFlag.DISABLED, false), ANN);
            Instant until = Instant.now().plusSeconds(3600);
            orders.drain(
                    "shop", B, new DrainOrder(Optional.of(until), DrainOrder.Then.STOP, Duration.ofMinutes(9)), ANN);
        }
        try (ProxyRuntime second = start(shop("route=a", ""))) {
            MemberSnapshot a = member(second, A);
            assertThat(KeptOrders.values(a.orders()))
                    .isEqualTo(Map.of("loadfactor", "550", "lbset", "7", "route", "z", "redirect", "", "status", "H"));
            assertThat(a.origin()).isEqualTo(ANN);
            var config = second.operations()
                    .snapshot()
                    .balancer("shop")
                    .orElseThrow()
                    .config();
            assertThat(config.method()).isEqualTo(Method.BYBUSYNESS);
            assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
            assertThat(config.failover()).isFalse();
            assertThat(config.sticky().orElseThrow().parameter()).isEqualTo("sid");
            assertThat(member(second, "http://127.0.0.1:3").status().isUsable()).isTrue();
            assertThat(second.operations().drains()).singleElement().satisfies(drain -> {
                assertThat(drain.order().then()).isEqualTo(DrainOrder.Then.STOP);
                assertThat(drain.order().idle()).isEqualTo(Duration.ofMinutes(9));
                assertThat(drain.origin()).isEqualTo(ANN);
            });
        }
    }

    @ParameterizedTest(name = "{0}: loadfactor {1}, lbset {2}, route {3}, status {4}")
    @CsvSource(textBlock = """
            route=a,                        550, 7, z, H
            route=a loadfactor=1,           550, 7, z, H
            route=a loadfactor=2,           200, 7, z, H
            route=a lbset=1,                550, 1, z, H
            route=b,                        550, 7, b, H
            route=a status=+D,              550, 7, z, D
            route=a loadfactor=2 status=+R, 200, 7, z, R
            """)
    void aLaterChangeOfALineWinsAndOfThatLineAlone(String line, int factor, int set, String route, String status)
            throws Exception {
        try (ProxyRuntime first = start(shop("route=a", ""))) {
            first.operations().orders().member("shop", A, change(550, 7, "z", Map.of(StatusFlag.STANDBY, true)), ANN);
        }
        try (ProxyRuntime second = start(shop(line, ""))) {
            assertThat(KeptOrders.values(member(second, A).orders()))
                    .isEqualTo(Map.of(
                            "loadfactor",
                            Integer.toString(factor),
                            "lbset",
                            Integer.toString(set),
                            "route",
                            route,
                            "redirect",
                            "",
                            "status",
                            status));
        }
        // What is void stays void, also where the line is changed back.
        try (ProxyRuntime third = start(shop("route=a", ""))) {
            assertThat(member(third, A).orders().loadFactorHundredths()).isEqualTo(factor == 550 ? 550 : 100);
        }
    }

    @Test
    void ordersOfABalancerThatAreConfiguredOtherwiseByNowAreVoid() throws Exception {
        try (ProxyRuntime first = start(shop("", ""))) {
            first.operations()
                    .orders()
                    .balancer(
                            "shop",
                            new BalancerChange(
                                    Optional.of(Method.BYBUSYNESS),
                                    Optional.of(Duration.ofSeconds(3)),
                                    OptionalInt.empty(),
                                    Optional.empty(),
                                    Optional.empty()),
                            ANN);
        }
        try (ProxyRuntime second = start(shop("", "lbmethod=bytraffic"))) {
            var config = second.operations()
                    .snapshot()
                    .balancer("shop")
                    .orElseThrow()
                    .config();
            assertThat(config.method()).isEqualTo(Method.BYTRAFFIC);
            assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void aMemberThatIsGoneTakesItsOrdersWithIt() throws Exception {
        try (ProxyRuntime first = start(shop("", ""))) {
            first.operations().orders().member("shop", B, MemberChange.flag(StatusFlag.DISABLED, true), ANN);
        }
        try (ProxyRuntime second = start("ProxyPass / " + A + "/")) {
            assertThat(second.operations().snapshot().balancers()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"version\":\"9\"}",
                "{\"version\":\"1\",\"members\":[7,{},{\"balancer\":\"shop\",\"member\":\"x\"}]}",
                "{\"version\":\"1\",\"members\":[{\"balancer\":\"shop\",\"member\":\"http://127.0.0.1:1\","
                        + "\"author\":\"x\",\"reason\":\"\",\"at\":\"now\",\"orders\":{\"lbset\":[\"0\",\"500\"]}}]}",
                "{\"version\":\"1\",\"balancers\":{\"a\":1},\"added\":[],\"health\":[[[]]]}",
                "\u0000\u0001"
            })
    void aStateFileThatIsBrokenDoesNotStopTheStart(String content) throws Exception {
        Files.writeString(state, content);

        try (ProxyRuntime runtime = start(shop("", ""))) {
            assertThat(member(runtime, A).orders().lbset()).isZero();
            runtime.operations().orders().member("shop", A, MemberChange.flag(StatusFlag.STANDBY, true), ANN);
        }
        try (ProxyRuntime runtime = start(shop("", ""))) {
            assertThat(member(runtime, A).status().isStandby()).isTrue();
        }
    }

    @Test
    void whereItCannotBeWrittenOrdersLiveInMemory() throws Exception {
        state = folder.resolve("nowhere").resolve("state");

        try (ProxyRuntime runtime = start(shop("", ""))) {
            runtime.operations().orders().member("shop", A, MemberChange.flag(StatusFlag.STANDBY, true), ANN);
            assertThat(member(runtime, A).status().isStandby()).isTrue();
        }
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aWriteThatWasCutOffLeavesTheOldOrders() throws Exception {
        try (ProxyRuntime runtime = start(shop("", ""))) {
            runtime.operations().orders().member("shop", A, MemberChange.flag(StatusFlag.STANDBY, true), ANN);
        }
        Files.writeString(folder.resolve("orders.state.new"), "{\"version\":\"1\",\"mem");

        try (ProxyRuntime runtime = start(shop("", ""))) {
            assertThat(member(runtime, A).status().isStandby()).isTrue();
        }
    }

    @Test
    void anOrderThatIsTakenBackIsKeptNoLonger() throws Exception {
        try (ProxyRuntime runtime = start(shop("", ""))) {
            OperatorOrders orders = runtime.operations().orders();
            orders.member("shop", A, MemberChange.flag(StatusFlag.STANDBY, true), ANN);
            orders.member("shop", A, MemberChange.flag(StatusFlag.STANDBY, false), ANN);
        }
        assertThat(Files.readString(state)).contains("\"members\":[]");
    }

    @Test
    void balancerPersistKeepsOrdersBesideTheConfiguration() throws Exception {
        var config = new ConfigLoader()
                .load("BalancerPersist On\nProxyPass / " + A + "/", "conf", "test.conf")
                .config();

        assertThat(config.operations().stateFile().orElseThrow()).hasFileName("fairlead.state");
    }
}
