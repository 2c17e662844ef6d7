package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.config.Configs.conf;
import static org.fairlead.config.Configs.member;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.MemberConfig.StatusFlag;
import org.fairlead.model.MemberTlsConfig;
import org.fairlead.model.PoolConfig;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberReaderTest {
    @Test
    void aMemberWithoutParametersHasHttpdsDefaults() {
        assertThat(member("").withSource(Source.NONE)).isEqualTo(MemberConfig.of("a", 8000));
    }

    @ParameterizedTest(name = "status={0}: {1}")
    @CsvSource(textBlock = """
                    D,       D
                    +H,      H
                    -H,      ''
                    DH,      DH
                    D+H,     DH
                    +DH-D,   H
                    +H-DN,   H
                    -D+D,    D
                    dsirhenc, CDEHINRS
                    """)
    void statusLettersAreSetAndTakenAway(String status, String expected) {
        String letters = member("status=" + status).status().stream()
                .map(StatusFlag::letter)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining());
        assertThat(letters).isEqualTo(expected);
    }

    @ParameterizedTest(name = "loadfactor={0}: {1}")
    @CsvSource({"1, 100", "2, 200", "1.5, 150", "2.25, 225", "100, 10000", "100.00, 10000"})
    void weightsMayHaveTwoDecimals(String text, int hundredths) {
        assertThat(member("loadfactor=" + text).loadFactorHundredths()).isEqualTo(hundredths);
    }

    @ParameterizedTest(name = "upgrade={0}: {1}")
    @CsvSource({"websocket, websocket", "'WebSocket,h2c', websocket+h2c", "ANY, any", "*, any", "NONE, ''"})
    void upgradesAreAList(String text, String expected) {
        assertThat(String.join("+", member("upgrade=" + text).upgrade())).isEqualTo(expected);
    }

    @Test
    void aWebSocketMemberUpgradesUnlessToldNotTo() {
        assertThat(member(conf("ProxyPass / ws://a/")).upgrade()).containsExactly("websocket");
        assertThat(member(conf("ProxyPass / wss://a/")).address().secure()).isTrue();
        assertThat(member(conf("ProxyPass / ws://a/ upgrade=NONE")).upgrade()).isEmpty();
        assertThat(member(conf("ProxyPass / http://a/")).upgrade()).isEmpty();
    }

    @ParameterizedTest(name = "Timeout {0}, ProxyTimeout {1}, timeout={2}, connectiontimeout={3}: {4} and {5}")
    @CsvSource(textBlock = """
                    ,   ,   ,   ,    PT1M,  PT1M
                    30, ,   ,   ,    PT30S, PT30S
                    30, 20, ,   ,    PT20S, PT20S
                    30, 20, 10, ,    PT10S, PT10S
                    30, 20, 10, 5ms, PT10S, PT0.005S
                    ,   ,   ,   2,   PT1M,  PT2S
                    """)
    void theNearestTimeoutCounts(
            String server, String proxy, String own, String connect, Duration timeout, Duration connectTimeout) {
        PoolConfig pool = member(conf(
                        server == null ? "" : "Timeout " + server,
                        proxy == null ? "" : "ProxyTimeout " + proxy,
                        "ProxyPass / http://a/" + (own == null ? "" : " timeout=" + own)
                                + (connect == null ? "" : " connectiontimeout=" + connect)))
                .pool();
        assertThat(pool.timeout()).isEqualTo(timeout);
        assertThat(pool.connectTimeout()).isEqualTo(connectTimeout);
    }

    @Test
    void aPoolIsReadWithItsUnits() {
        PoolConfig pool = member("min=1 max=20 smax=10 ttl=2min acquire=300 queue=9 ping=500ms keepalive=on "
                        + "disablereuse=on addressttl=30 iobuffersize=16K receivebuffersize=65536 responsefieldsize=0")
                .pool();
        assertThat(pool)
                .isEqualTo(new PoolConfig(
                        OptionalInt.of(20),
                        1,
                        OptionalInt.of(10),
                        Optional.of(Duration.ofMinutes(2)),
                        Optional.of(Duration.ofMillis(300)),
                        9,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(500),
                        true,
                        false,
                        Optional.of(Duration.ofSeconds(30)),
                        16384,
                        65536,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(member("max=0 addressttl=-1 enablereuse=on").pool()).isEqualTo(PoolConfig.DEFAULTS);
    }

    @Test
    void aMemberOfItsOwnIsNeverPutInError() {
        assertThat(member(conf("ProxyPass / http://a/")).status()).containsExactly(StatusFlag.IGNORE_ERRORS);
        assertThat(member(conf("ProxyPass / http://a/ status=-I")).status()).isEmpty();
        assertThat(member("").status()).isEmpty();
    }

    @Test
    void aProbeTakesItsTemplateAndWhatItSaysItself() {
        HealthCheckConfig health = member(conf(
                        "ProxyHCExpr fine {%{REQUEST_STATUS} =~ /^[23]/}",
                        "ProxyHCTemplate base hcmethod=GET hcinterval=10 hcuri=/up hcexpr=fine hcpasses=2",
                        "<Proxy balancer://x>",
                        "BalancerMember http://a:8000 timeout=3 hctemplate=BASE hcinterval=100ms hcfails=4",
                        "</Proxy>"))
                .health()
                .orElseThrow();
        assertThat(health)
                .isEqualTo(new HealthCheckConfig(
                        HealthCheckConfig.Method.GET,
                        Duration.ofMillis(100),
                        2,
                        4,
                        "/up",
                        "%{REQUEST_STATUS} =~ /^[23]/",
                        Duration.ofSeconds(3)));
    }

    @Test
    void aProbeMayTakeTenSecondsUnlessTheMemberOrItselfSaysLess() {
        assertThat(member("hcmethod=tcp").health().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(member("hcmethod=tcp hctimeout=1").health().orElseThrow().timeout())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(member("hcmethod=none").health()).isEmpty();
    }

    @Test
    void anOutboundProxyIsForWhatItNamesAndNotForWhatIsDirect() {
        LoadedConfig loaded = conf(
                "ProxyRemote https http://outbound:3128",
                "ProxyRemote http://far http://other:3128",
                "NoProxy .internal 10.0.0.0/8 192.168",
                "<Proxy balancer://x>",
                "BalancerMember https://a",
                "BalancerMember http://far/app",
                "BalancerMember http://near",
                "BalancerMember https://a.internal",
                "BalancerMember https://10.1.2.3",
                "BalancerMember https://192.168.7.1",
                "BalancerMember https://11.1.2.3",
                "</Proxy>");
        List<String> remotes = Configs.balancer(loaded, "x").members().stream()
                .map(m -> m.pool().remote().map(PoolConfig.RemoteProxy::host).orElse("-"))
                .toList();
        assertThat(remotes).isEqualTo(Arrays.asList("outbound", "other", "-", "-", "-", "-", "outbound"));
    }

    @Test
    void membersAreVerifiedUnlessTheirSectionSaysOtherwise() {
        LoadedConfig loaded = conf(
                "SSLProxyProtocol TLSv1.3",
                "<Proxy balancer://x>",
                "BalancerMember https://a",
                "</Proxy>",
                "<Proxy balancer://y>",
                "BalancerMember https://a",
                "SSLProxyVerify none",
                "SSLProxyCheckPeerName off",
                "</Proxy>",
                "<Proxy https://lone/*>",
                "SSLProxyCheckPeerExpire off",
                "</Proxy>",
                "ProxyPass /lone https://lone/x");
        assertThat(tls(loaded, "x").verify()).isTrue();
        assertThat(tls(loaded, "x").protocols()).containsExactly("TLSv1.3");
        assertThat(tls(loaded, "y").verify()).isFalse();
        assertThat(tls(loaded, "y").checkPeerName()).isFalse();
        assertThat(tls(loaded, "https://lone/x").checkPeerExpire()).isFalse();
        assertThat(tls(loaded, "https://lone/x").verify()).isTrue();
    }

    @Test
    void thatHttpsMembersAreVerifiedIsToldOnceUnlessItWasDecided() {
        assertThat(Configs.notices(conf("ProxyPass /a https://a", "ProxyPass /b https://b")))
                .singleElement()
                .asString()
                .startsWith("test.conf:1: 'https://a': certificates of https members are verified");
        assertThat(Configs.notices(conf("SSLProxyVerify none", "ProxyPass /a https://a")))
                .isEmpty();
        assertThat(Configs.notices(conf("ProxyPass /a http://a"))).isEmpty();
    }

    private static MemberTlsConfig tls(LoadedConfig loaded, String balancer) {
        return Configs.balancer(loaded, balancer).members().get(0).tls();
    }
}
