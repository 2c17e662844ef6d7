package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.config.Configs.balancer;
import static org.fairlead.config.Configs.balancerOf;
import static org.fairlead.config.Configs.conf;
import static org.fairlead.config.Configs.notices;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.BalancerConfig.EjectionConfig;
import org.fairlead.model.BalancerConfig.HashKey;
import org.fairlead.model.BalancerConfig.Method;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.StickyConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerReaderTest {
    @Test
    void severalSectionsForOneBalancerAddUp() {
        BalancerConfig balancer = balancer(
                conf(
                        "<Proxy balancer://X>",
                        "BalancerMember http://a",
                        "ProxySet lbmethod=bytraffic",
                        "</Proxy>",
                        "<Proxy balancer://x>",
                        "BalancerMember http://b",
                        "ProxySet maxattempts=1",
                        "</Proxy>",
                        "BalancerMember balancer://x http://c loadfactor=3",
                        "ProxySet balancer://x growth=7",
                        "ProxyPass / balancer://x/ timeout=2"),
                "x");
        assertThat(balancer.members())
                .extracting(MemberConfig::name)
                .containsExactly("http://a", "http://b", "http://c");
        assertThat(balancer.method()).isEqualTo(Method.BYTRAFFIC);
        assertThat(balancer.maxAttempts()).hasValue(1);
        assertThat(balancer.growth()).isEqualTo(7);
        assertThat(balancer.timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(balancer.standalone()).isFalse();
    }

    @ParameterizedTest(name = "stickysession={0} {1}: cookie {2}, parameter {3}, separator {4}")
    @CsvSource(textBlock = """
                    SID,                    '',                   SID,        SID,        .
                    JSESSIONID|jsessionid,  '',                   JSESSIONID, jsessionid, .
                    SID,                    stickysessionsep=!,   SID,        SID,        !
                    SID,                    stickysessionsep=Off, SID,        SID,        off
                    """)
    void sessionsAreLookedForByName(String names, String more, String cookie, String parameter, String separator) {
        StickyConfig sticky = balancerOf("ProxySet stickysession=" + names + " " + more)
                .sticky()
                .orElseThrow();
        assertThat(sticky.cookie()).isEqualTo(cookie);
        assertThat(sticky.parameter()).isEqualTo(parameter);
        assertThat(sticky.separator().map(String::valueOf).orElse("off")).isEqualTo(separator);
        assertThat(sticky.mintedCookie()).isEmpty();
    }

    @Test
    void aCookieOfOurOwnMakesSessionsToo() {
        BalancerConfig balancer = balancerOf("ProxySet stickycookie=FL nofailover=On");
        assertThat(balancer.sticky()).contains(new StickyConfig("", "", Optional.of('.'), false, Optional.of("FL")));
        assertThat(balancer.failover()).isFalse();
    }

    @Test
    void whatLiesBeyondHttpdIsOffUntilAskedFor() {
        BalancerConfig plain = balancerOf();
        assertThat(plain.ejection()).isEmpty();
        assertThat(plain.slowStart()).isZero();
        assertThat(plain.retryBudgetPercent()).isEqualTo(20);
        BalancerConfig asked =
                balancerOf("ProxySet lbmethod=ewma slowstart=30s maxejected=40 retrybudget=100 failonstatus=500,503");
        assertThat(asked.method()).isEqualTo(Method.EWMA);
        assertThat(asked.slowStart()).isEqualTo(Duration.ofSeconds(30));
        assertThat(asked.ejection()).contains(new EjectionConfig(5, Duration.ofSeconds(30), 40, 0));
        assertThat(asked.retryBudgetPercent()).isEqualTo(100);
        assertThat(asked.failOnStatus()).containsExactlyInAnyOrder(500, 503);
    }

    @ParameterizedTest(name = "hashkey={0}")
    @CsvSource({"address, ADDRESS, ''", "path, PATH, ''", "header:X-Tenant, HEADER, X-Tenant", "cookie:SID, COOKIE, SID"
    })
    void theHashIsOfWhatIsNamed(String text, HashKey.Kind kind, String name) {
        assertThat(balancerOf("ProxySet lbmethod=hash hashkey=" + text).hashKey())
                .isEqualTo(new HashKey(kind, name));
    }

    @Test
    void aBalancerWithoutMembersRunsAndIsTold() {
        LoadedConfig loaded = conf("<Proxy balancer://x>", "</Proxy>", "ProxyPass / balancer://x/");
        assertThat(balancer(loaded, "x").members()).isEmpty();
        assertThat(notices(loaded))
                .containsExactly(
                        "test.conf:1: balancer://x has no BalancerMember: every request to it gets 503, as in httpd");
    }

    @Test
    void aMemberWhoseUrlStartsLikeAnothersIsNoneOfItsOwn() {
        LoadedConfig loaded =
                conf("<Proxy balancer://x>", "BalancerMember http://a", "BalancerMember http://a/app", "</Proxy>");
        assertThat(balancer(loaded, "x").members())
                .extracting(MemberConfig::name)
                .containsExactly("http://a");
        assertThat(notices(loaded)).singleElement().asString().contains("starts alike and serves for it");
    }

    @Test
    void aSlashBehindAMemberIsLeftOutAndTold() {
        LoadedConfig loaded = conf("<Proxy balancer://x>", "BalancerMember http://a:8000/app/", "</Proxy>");
        MemberConfig member = balancer(loaded, "x").members().get(0);
        assertThat(List.of(member.name(), member.path())).containsExactly("http://a:8000/app", "/app");
        assertThat(notices(loaded)).singleElement().asString().contains("httpd would put two slashes after it");
    }
}
