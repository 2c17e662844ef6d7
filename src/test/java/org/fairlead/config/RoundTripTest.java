package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairlead.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    static void assertSame(LoadedConfig actual, LoadedConfig expected) {
        assertThat(actual.config())
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(Source.class)
                .isEqualTo(expected.config());
        assertThat(actual.config().balancers().keySet())
                .containsExactlyElementsOf(expected.config().balancers().keySet());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "../examples/mycluster.conf",
                "samples/lone.conf",
                "samples/weights.conf",
                "samples/server.conf",
                "samples/hosts.conf",
                "samples/everything.conf",
                "samples/rules.conf"
            })
    void whatIsPrintedReadsBackAsTheSame(String sample) throws Exception {
        LoadedConfig read = Configs.read("conf", BrokenConfigurationsTest.resource(sample));
        LoadedConfig again = new ConfigLoader().load(read.yaml(), "yaml", "printed.yaml");
        assertSame(again, read);
        assertThat(withoutComments(again.yaml())).isEqualTo(withoutComments(read.yaml()));
    }

    private static String withoutComments(String yaml) {
        return yaml.replaceAll("(?m)^ *#.*\n", "");
    }

    @Test
    void theSeedConfigurationIsPrintedSo() {
        LoadedConfig read = Configs.conf(
                "<Proxy balancer://mycluster>",
                "BalancerMember http://localhost:8000",
                "BalancerMember http://localhost:8001 loadfactor=2 flushpackets=on",
                "</Proxy>",
                "ProxyPassMatch ^/(.*)$ balancer://mycluster/$1",
                "ProxyPassReverse / balancer://mycluster/");
        assertThat(read.yaml()).isEqualTo("""
                        # Fairlead, from test.conf
                        proxy:
                          - url: balancer://mycluster
                            balancermember:
                              - url: http://localhost:8000
                              # flushpackets 'on' does nothing here: every answer is flushed as it comes
                              - url: http://localhost:8001
                                loadfactor: 2
                                flushpackets: on
                        proxypass:
                          - path: "^/(.*)$"
                            url: "balancer://mycluster/$1"
                            regex: true
                        proxypassreverse:
                          - path: /
                            url: balancer://mycluster/
                        """);
    }

    @Test
    void textsOfEveryKindSurvive() {
        for (String text : new String[] {
            "",
            " ",
            "-",
            "- a",
            "a: b",
            "a #b",
            "#",
            "'",
            "\"",
            "\\",
            "a\tb",
            "null",
            "~",
            "yes",
            "1",
            "1:30",
            "0x1",
            "${env:A}",
            "$${env:A}",
            "{a}",
            "[a]",
            "*a",
            "&a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "a,b",
            "äöü €",
            "a:",
            ":",
            "?",
            "<<",
            "=",
            "\u2028",
            "\u0085",
            "\ud83d\ude00",
            "a\u00a0b"
        }) {
            TreeBuilder root = new TreeBuilder("", "-", 0);
            TreeBuilder header = root.child("header", 1);
            header.child("action", 1).value("edit");
            header.child("name", 1).value("X");
            header.child("pattern", 1).value("a");
            header.child("value", 1).value(text);
            String yaml = EffectiveYaml.of(Entry.root(root.build(), "-"), List.of());
            LoadedConfig again = Configs.read("yaml", yaml);
            assertThat(again.config()
                            .mainHost()
                            .settings()
                            .responseHeaders()
                            .get(0)
                            .value())
                    .as(yaml)
                    .isEqualTo(text);
        }
    }
}
