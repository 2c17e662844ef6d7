package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.config.Configs.balancer;
import static org.fairlead.config.Configs.conf;
import static org.fairlead.config.Configs.notices;
import static org.fairlead.config.Configs.routes;

import java.util.List;
import org.fairlead.model.HostConfig;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ReverseConfig;
import org.junit.jupiter.api.Test;

/** Each was compared with a running httpd 2.4.71; where we differ, the test says so. */
class InheritanceTest {
    private static final String[] MAIN = {
        "Listen 80", "<Proxy balancer://x>", "BalancerMember http://main", "</Proxy>", "ProxyPass /m balancer://x/m"
    };

    private static LoadedConfig withHost(String... lines) {
        return conf(
                String.join("\n", MAIN),
                "<VirtualHost *:80>",
                "ServerName b.example",
                String.join("\n", lines),
                "</VirtualHost>");
    }

    private static HostConfig host(LoadedConfig loaded) {
        return loaded.config().virtualHosts().get(0);
    }

    private static List<String> members(LoadedConfig loaded, String balancer) {
        return balancer(loaded, balancer).members().stream()
                .map(MemberConfig::name)
                .toList();
    }

    @Test
    void theMainServersRoutesComeFirst() {
        LoadedConfig loaded = withHost("ProxyPass /m http://own", "ProxyPass / balancer://x/");
        assertThat(routes(host(loaded).routes())).containsExactly("/m -> x + /m", "/m -> http://own + ", "/ -> x + /");
    }

    @Test
    void aBalancerOfTheMainServerServesItsVirtualHosts() {
        LoadedConfig loaded = withHost("ProxyPass / balancer://x/", "ProxyPassReverse / balancer://x/");
        assertThat(loaded.config().balancers()).containsOnlyKeys("x");
        assertThat(host(loaded).reverses()).extracting(ReverseConfig::url).containsExactly("balancer://x/");
    }

    @Test
    void theMainServersMembersWinOverThoseOfAHostsBalancerOfThatName() {
        LoadedConfig loaded =
                withHost("<Proxy balancer://x>", "BalancerMember http://own", "</Proxy>", "ProxyPass / balancer://x/");
        assertThat(loaded.config().balancers()).containsOnlyKeys("x");
        assertThat(members(loaded, "x")).containsExactly("http://main");
        assertThat(notices(loaded))
                .singleElement()
                .asString()
                .startsWith("test.conf:9: BalancerMember 'http://own' is not used");
    }

    @Test
    void parametersInAHostMakeABalancerOfItsOwnOfTheSameMembers() {
        LoadedConfig loaded = withHost("ProxyPass / balancer://x/ maxattempts=3", "ProxyPassReverse / balancer://x/");
        assertThat(loaded.config().balancers()).containsOnlyKeys("x", "x@b.example");
        assertThat(members(loaded, "x@b.example")).containsExactly("http://main");
        assertThat(balancer(loaded, "x@b.example").maxAttempts()).hasValue(3);
        assertThat(balancer(loaded, "x").maxAttempts()).isEmpty();
        assertThat(routes(host(loaded).routes())).containsExactly("/m -> x + /m", "/ -> x@b.example + /");
        assertThat(host(loaded).reverses()).extracting(ReverseConfig::url).containsExactly("balancer://x@b.example/");
    }

    @Test
    void withoutInheritanceOneNameMeansTwoBalancers() {
        LoadedConfig loaded = withHost(
                "BalancerInherit Off",
                "<Proxy balancer://x>",
                "BalancerMember http://own",
                "</Proxy>",
                "ProxyPass / balancer://x/");
        assertThat(members(loaded, "x")).containsExactly("http://main");
        assertThat(members(loaded, "x@b.example")).containsExactly("http://own");
        assertThat(notices(loaded)).singleElement().asString().contains("httpd 2.4 itself");
    }

    @Test
    void withoutInheritanceOfRoutesTheMainServersAreNotSeen() {
        LoadedConfig loaded = conf(
                "Listen 80",
                "ProxyPass /m http://main",
                "<Location /l>",
                "ProxyPass http://main/l",
                "RequestHeader set X-L 1",
                "</Location>",
                "<VirtualHost *:80>",
                "ProxyPassInherit Off",
                "ProxyPass / http://own/",
                "</VirtualHost>");
        assertThat(routes(host(loaded).routes())).containsExactly("/ -> http://own + /");
        assertThat(host(loaded).locations()).singleElement().satisfies(location -> {
            assertThat(location.route()).isEmpty();
            assertThat(location.settings().requestHeaders()).hasSize(1);
        });
    }

    @Test
    void twoHostsMayUseOneNameForTwoBalancers() {
        LoadedConfig loaded = conf(
                "Listen 80",
                "<VirtualHost *:80>",
                "ServerName a.example",
                "<Proxy balancer://app>",
                "BalancerMember http://a1",
                "</Proxy>",
                "ProxyPass / balancer://app/",
                "</VirtualHost>",
                "<VirtualHost *:80>",
                "ServerName b.example",
                "<Proxy balancer://app>",
                "BalancerMember http://b1",
                "</Proxy>",
                "ProxyPass / balancer://app/",
                "ProxyPassReverse / balancer://app/",
                "</VirtualHost>");
        assertThat(members(loaded, "app")).containsExactly("http://a1");
        assertThat(members(loaded, "app@b.example")).containsExactly("http://b1");
        HostConfig second = loaded.config().virtualHosts().get(1);
        assertThat(routes(second.routes())).containsExactly("/ -> app@b.example + /");
        assertThat(second.reverses()).extracting(ReverseConfig::url).containsExactly("balancer://app@b.example/");
    }

    @Test
    void oneMemberInTwoHostsIsOneUnlessTheySayDifferentThings() {
        LoadedConfig loaded = conf(
                "Listen 80",
                "ProxyPass / http://a/",
                "<VirtualHost *:80>",
                "ServerName b",
                "ProxyPass /b http://a",
                "</VirtualHost>",
                "<VirtualHost *:80>",
                "ServerName c",
                "ProxyPass /c http://a timeout=5",
                "</VirtualHost>");
        assertThat(loaded.config().balancers()).containsOnlyKeys("http://a", "http://a@c");
        assertThat(routes(loaded.config().virtualHosts().get(0).routes()))
                .containsExactly("/ -> http://a + /", "/b -> http://a + ");
        assertThat(routes(loaded.config().virtualHosts().get(1).routes()))
                .containsExactly("/ -> http://a + /", "/c -> http://a@c + ");
    }

    @Test
    void settingsOfAHostStandOverThoseOfTheMainServer() {
        LoadedConfig loaded = conf(
                "Listen 80",
                "ProxyPreserveHost On",
                "ProxyAddHeaders Off",
                "ProxyVia Full",
                "AllowEncodedSlashes On",
                "ProxyMaxForwards 5",
                "ProxyErrorOverride On 500",
                "LimitRequestBody 1K",
                "ErrorDocument 503 main",
                "Header set X-A main",
                "ProxyTimeout 9",
                "<VirtualHost *:80>",
                "ProxyPreserveHost Off",
                "ProxyVia Off",
                "ErrorDocument 502 own",
                "Header set X-A own",
                "ProxyPass / http://a/",
                "</VirtualHost>");
        HostConfig host = host(loaded);
        assertThat(host.settings().preservesHost()).isFalse();
        assertThat(host.settings().addsHeaders()).isFalse();
        assertThat(host.via()).isEqualTo(HostConfig.Via.OFF);
        assertThat(host.encodedSlashes()).isEqualTo(HostConfig.EncodedSlashes.ON);
        assertThat(host.maxForwards()).isEqualTo(5);
        assertThat(host.settings().overrides(500)).isTrue();
        assertThat(host.settings().overrides(501)).isFalse();
        assertThat(host.settings().bodyLimit()).isEqualTo(1024);
        assertThat(host.settings().errorDocuments()).containsOnlyKeys(502, 503);
        assertThat(host.settings().responseHeaders())
                .extracting(rule -> rule.value())
                .containsExactly("main", "own");
        assertThat(Configs.member(loaded).pool().timeout()).hasSeconds(9);
    }

    @Test
    void whatIsTheConnectionsIsTheServersAlone() {
        LoadedConfig loaded = withHost("KeepAliveTimeout 99");
        assertThat(loaded.config().server().keepAliveTimeout()).hasSeconds(5);
        assertThat(notices(loaded)).singleElement().asString().contains("does nothing inside <VirtualHost>");
    }
}
