package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fairlead.config.Configs.conf;
import static org.fairlead.config.Configs.notices;
import static org.fairlead.config.Configs.routes;

import java.time.Duration;
import java.util.List;
import org.fairlead.expression.Regex;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.PathMatch;
import org.fairlead.model.RouteConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteReaderTest {
    @ParameterizedTest(name = "ProxyPass {0} {1}: member {2}, path {3} + {4}")
    @CsvSource(textBlock = """
                    /,     http://a:8000/,      http://a:8000,     '',   /
                    /app,  http://a:8000,       http://a:8000,     '',   ''
                    /app,  http://a:8000/x,     http://a:8000/x,   /x,   ''
                    /app/, http://a:8000/x/,    http://a:8000/x,   /x,   /
                    /app/, http://a:8000/x/y//, http://a:8000/x/y, /x/y, //
                    """)
    void memberPathAndRoutePathTogetherAreWhatWasWritten(
            String path, String url, String member, String memberPath, String routePath) {
        LoadedConfig loaded = conf("ProxyPass " + path + " " + url);
        assertThat(Configs.member(loaded).path()).isEqualTo(memberPath);
        assertThat(routes(loaded.config().mainHost().routes()))
                .containsExactly(path + " -> " + member + " + " + routePath);
    }

    @Test
    void linesAreTriedInTheirOrder() {
        LoadedConfig loaded = conf(
                "<Proxy balancer://x>",
                "BalancerMember http://a",
                "</Proxy>",
                "ProxyPass /private !",
                "ProxyPassMatch ^/(.*\\.gif)$ balancer://x/images/$1",
                "ProxyPass ~ ^/t/ http://t:80$1",
                "ProxyPassMatch \\.png$ balancer://x",
                "ProxyPass / balancer://x/ mapping=servlet");
        List<RouteConfig> routes = loaded.config().mainHost().routes();
        assertThat(routes(routes))
                .containsExactly(
                        "/private -> !",
                        "^/(.*\\.gif)$ -> x + /images/$1",
                        "^/t/ -> http://t + $1",
                        "\\.png$ -> x + ",
                        "/ -> x + /");
        assertThat(routes.get(4).mapping()).isEqualTo(RouteConfig.Mapping.SERVLET);
    }

    @Test
    void aMemberIsSharedByRoutesWhoseUrlStartsLikeItsOwn() {
        LoadedConfig loaded = conf(
                "ProxyPass /x http://a/app/x timeout=3",
                "ProxyPass /y http://a/app/x/y timeout=4",
                "ProxyPass /z http://a/app/xz",
                "ProxyPass /o http://a/app");
        assertThat(routes(loaded.config().mainHost().routes()))
                .containsExactly(
                        "/x -> http://a/app/x + ",
                        "/y -> http://a/app/x + /y",
                        "/z -> http://a/app/x + z",
                        "/o -> http://a/app + ");
        assertThat(Configs.balancer(loaded, "http://a/app/x")
                        .members()
                        .get(0)
                        .pool()
                        .timeout())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(notices(loaded))
                .containsExactly("test.conf:2: timeout '4' is ignored, as in httpd: the member 'http://a/app/x' in"
                        + " test.conf:1 serves for this line too");
    }

    @Test
    void theLongestSharedUrlCounts() {
        LoadedConfig loaded =
                conf("ProxyPass /b http://a/app/b", "ProxyPass /a http://a/app", "ProxyPass /c http://a/app/b/c");
        assertThat(routes(loaded.config().mainHost().routes()))
                .containsExactly("/b -> http://a/app/b + ", "/a -> http://a/app + ", "/c -> http://a/app/b + /c");
    }

    @Test
    void parametersOfAMemberComeFromItsLineItsSectionAndProxySet() {
        LoadedConfig loaded = conf(
                "ProxySet http://a/ retry=9",
                "ProxyPass / http://a/ timeout=3 max=5",
                "<Proxy http://a/>",
                "ProxySet timeout=4",
                "</Proxy>");
        var member = Configs.member(loaded);
        assertThat(member.pool().timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(member.pool().max()).hasValue(5);
    }

    @ParameterizedTest(name = "<Location {0}> is for {1}: {2}")
    @CsvSource({
        "/a?,   /ab,     true",
        "/a?,   /a/,     false",
        "/a?,   /abc,    false",
        "/a*,   /a,      true",
        "/a*/c, /abb/c,  true",
        "/a*/c, /a/b/c,  false",
        "/[!a], /a,      false",
        "/[!a], /b,      true",
        "/[b.], /x,      false",
        "/a.*,  /axb,    false",
        "/a?,   '/ab\n', false",
        "/a*,   '/a\nb', true"
    })
    void wildcardsOfALocationAreForTheWholePathAndNoSlash(String written, String path, boolean matches)
            throws Exception {
        LoadedConfig loaded = conf("<Location " + written + ">", "ProxyPreserveHost On", "</Location>");

        PathMatch.Regex match =
                (PathMatch.Regex) loaded.config().mainHost().locations().get(0).match();
        assertThat(Regex.compile(match.pattern()).test(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<Location /[z-a]>,</Location>", "<Proxy http://h/[z-a]>,</Proxy>"})
    void aSetThatCannotBeReadIsAProblemOfItsLine(String section) {
        String[] lines = section.split(",");

        assertThatThrownBy(() -> conf(lines[0], "ProxyPreserveHost On", lines[1]))
                .hasMessageContaining(":1:")
                .hasMessageContaining("[z-a]");
    }

    @Test
    void aLocationHasItsPathItsRouteAndItsReverses() {
        LoadedConfig loaded = conf(
                "<Location /app>",
                "ProxyPass http://a:8000/app",
                "ProxyPassReverse http://a:8000/app",
                "</Location>",
                "<Location ~ ^/(x|y)/>",
                "ProxyPass http://b:8000",
                "</Location>",
                "<Location /w/*/z?>",
                "ProxyPreserveHost On",
                "</Location>",
                "<Location /none>",
                "ProxyPass !",
                "</Location>");
        List<LocationConfig> locations = loaded.config().mainHost().locations();
        assertThat(locations)
                .extracting(location -> location.match().toString())
                .containsExactly("/app", "^/(x|y)/", "^/w/[^/]*/z[^/]\\z", "/none");
        assertThat(routes(locations.stream().flatMap(l -> l.route().stream()).toList()))
                .containsExactly("/app -> http://a:8000/app + ", "^/(x|y)/ -> http://b:8000 + ", "/none -> !");
        assertThat(locations.get(0).reverses())
                .singleElement()
                .satisfies(reverse -> assertThat(reverse.path()).isEqualTo("/app"));
        assertThat(locations.get(2).match()).isInstanceOf(PathMatch.Regex.class);
        assertThat(locations.get(2).settings().preservesHost()).isTrue();
    }

    @Test
    void whatARouteExpectsAtTheEndIsNotAskedOfExpressions() {
        assertThat(routes(
                        conf("ProxyPassMatch ^/a/ http://b").config().mainHost().routes()))
                .containsExactly("^/a/ -> http://b + ");
    }
}
