package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeFormatsTest {
    private static final String HTTPD = """
            NoProxy a b
            ServerName www
            <Proxy balancer://x>
            BalancerMember http://a:8000 loadfactor=2
            BalancerMember http://b:8000
            ProxySet lbmethod=bytraffic
            </Proxy>
            ProxyPass / balancer://x/
            """;
    private static final Map<String, String> SAME = Map.of("yaml", """
            # With the short form of a member, which is its URL alone.
            ServerName: www
            noproxy: [a, b]
            proxy:
              url: balancer://x
              balancermember:
                - {url: "http://a:8000", loadfactor: 2}
                - http://b:8000
              lbmethod: bytraffic
            proxypass:
              - path: /
                url: balancer://x/
            """, "json", """
            {
            \t"servername": "www", "noproxy": ["a", "b"],
            \t"proxy": [ { "url": "balancer:\\/\\/x", "lbmethod": "bytraffic",
            \t\t"balancermember": [ { "url": "http://a:8000", "loadfactor": 2 }, "http://b:8000" ] } ],
            \t"proxypass": { "path": "/", "url": "balancer://x/" }
            }
            """, "properties", """
            servername = www
            noproxy(1) = b
            noproxy(0) = a
            proxy.url = balancer://x
            proxy.balancermember(0).url = http://a:8000
            proxy.balancermember(0).loadfactor = 2
            proxy.balancermember(1) = http://b:8000
            proxy.lbmethod = bytraffic
            proxypass.path = /
            proxypass.url = balancer://x/
            """, "xml", """
            <?xml version="1.0"?>
            <fairlead servername="www">
              <noproxy>a</noproxy><noproxy>b</noproxy>
              <proxy url="balancer://x" lbmethod="bytraffic">
                <balancermember url="http://a:8000"><loadfactor>2</loadfactor></balancermember>
                <balancermember>http://b:8000</balancermember>
              </proxy>
              <proxypass path="/" url="balancer://x/"/>
            </fairlead>
            """);

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"yaml", "json", "properties", "xml"})
    void everyFormatSaysTheSame(String format) {
        RoundTripTest.assertSame(Configs.read(format, SAME.get(format)), Configs.read("conf", HTTPD));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"yaml", "json", "properties", "xml", "conf"})
    void anEmptyTextIsAConfigurationThatProxiesNothing(String format) {
        LoadedConfig loaded = Configs.read(format, format.equals("xml") ? "<x/>" : "");
        assertThat(loaded.config().balancers()).isEmpty();
        assertThat(loaded.config().listeners())
                .singleElement()
                .satisfies(l -> assertThat(l.port()).isEqualTo(8080));
    }

    @Test
    void linesAreThoseOfTheText() {
        LoadedConfig yaml = Configs.read("yaml", SAME.get("yaml"));
        assertThat(Configs.balancer(yaml, "x").source()).isEqualTo(new Source("test.yaml", 4));
        assertThat(Configs.balancer(yaml, "x").members())
                .extracting(m -> m.source().line())
                .containsExactly(7, 8);
        LoadedConfig xml = Configs.read("xml", SAME.get("xml"));
        assertThat(Configs.balancer(xml, "x").members())
                .extracting(m -> m.source().line())
                .containsExactly(5, 6);
        LoadedConfig properties = Configs.read("properties", SAME.get("properties"));
        assertThat(Configs.balancer(properties, "x").members())
                .extracting(m -> m.source().line())
                .containsExactly(5, 7);
    }

    @Test
    void aliasesServeButDoNotMultiplyWithoutEnd() {
        LoadedConfig loaded = Configs.read(
                "yaml",
                "proxy:",
                "  - {url: balancer://x, balancermember: &m [http://a, http://b]}",
                "  - {url: balancer://y, balancermember: *m}");
        assertThat(Configs.balancer(loaded, "y").members()).hasSize(2);
        StringBuilder bomb = new StringBuilder("a0: &a0 {k: v, l: v, m: v}\n");
        for (int i = 1; i < 7; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" {");
            for (int j = 0; j < 8; j++) {
                bomb.append(j == 0 ? "" : ", ")
                        .append("k")
                        .append(j)
                        .append(": *a")
                        .append(i - 1);
            }
            bomb.append("}\n");
        }
        for (String text : List.of(bomb.toString(), "a: &a {b: *a}")) {
            ConfigException refused = catchThrowableOfType(
                    ConfigException.class, () -> new ConfigLoader().load(text, "yaml", "bomb.yaml"));
            assertThat(refused).hasMessageContaining("too deep or too large once its aliases are followed");
        }
    }

    @Test
    void environmentAndSystemPropertiesArePutInOnceAndLiteralDollarsStay() throws IOException {
        Problems problems = new Problems();
        Interpolation interpolation =
                new Interpolation(Map.of("A", "${sys:b}x")::get, Map.of("b", "from properties")::get);
        NativeConfiguration tree =
                new NativeConfiguration(new YamlFormat(), new NativeSource("f.yaml", interpolation, problems));
        tree.read(new StringReader("x: \"${env:A} and ${sys:b} and $${env:A} and $1 and ${\"\ny: [\"${env:A}\"]"));
        Entry root = Entry.root(tree.root(), "f.yaml");
        assertThat(root.text("x")).isEqualTo("${sys:b}x and from properties and ${env:A} and $1 and ${");
        assertThat(root.text("y")).isEqualTo("${sys:b}x");
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void theLibraryItselfInterpolatesNothing() throws IOException {
        NativeConfiguration tree = new NativeConfiguration(
                new YamlFormat(), new NativeSource("f.yaml", Interpolation.ofProcess(), new Problems()));
        tree.read(new StringReader("x: \"$${sys:java.version}\""));
        assertThat(tree.getString("x")).isEqualTo("${sys:java.version}");
    }
}
