package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fairlead.model.HostConfig;
import org.fairlead.model.RewriteRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules become: where they lead, what they inherit, and what is told of them. */
class RewriteReaderTest {
    @ParameterizedTest(name = "{0} {1} -> {2} + {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    ^/(.*)  | http://app:8080/$1               | http://app:8080  | /$1
                    ^(.*)$  | http://app:8080$1                | http://app:8080  | $1
                    ^(.*)$  | http://app$1                     | http://app       | $1
                    ^(/x.*) | http://app$1                     | http://app       | $1
                    ^       | http://app%{REQUEST_URI}         | http://app       | %{REQUEST_URI}
                    ^/(.*)  | https://app/base/$1?a=%1         | https://app      | /base/$1?a=%1
                    ^/(.*)  | ws://[::1]:3000/$1               | ws://[::1]:3000  | /$1
                    ^/(.*)  | http://known:1/app/$1            | http://known:1/app | /$1
                    ^/(.*)  | http://known:1/apple/$1          | http://known:1   | /apple/$1
                    ^/(.*)  | BALANCER://B/x/$1                | b                | /x/$1
                    ^/x     | http://app                       | http://app       | ''
                    """)
    void whereARuleLeadsIsFixedWhenItIsRead(String pattern, String url, String balancer, String path) {
        RewriteRule rule = rules(Configs.conf(
                        "RewriteEngine On",
                        "RewriteRule " + pattern + " " + url + " [P]",
                        "ProxyPass /known http://known:1/app timeout=7",
                        "<Proxy balancer://b>",
                        "BalancerMember http://m",
                        "</Proxy>"))
                .get(0);

        assertThat(rule.proxy()).contains(new RewriteRule.Proxy(balancer, path));
    }

    @Test
    void anUpgradeByRuleNeedsNoParameter() {
        LoadedConfig read = Configs.conf("RewriteEngine On", "RewriteRule ^/(.*) ws://app:3000/$1 [P]");

        assertThat(Configs.member(read).upgrade()).contains("websocket");
    }

    @ParameterizedTest(name = "main {0}, host {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    ''                | ''             | own
                    ''                | Inherit        | own main
                    ''                | InheritBefore  | main own
                    InheritDown       | ''             | own main
                    InheritDownBefore | IgnoreInherit  | own
                    InheritDownBefore | AllowNoSlash   | main own
                    InheritDown       | AllowNoSlash   | own main
                    """)
    void rulesOfTheMainServerAreInheritedAsOptionsSay(String main, String host, String expected) {
        LoadedConfig read = Configs.conf(
                "RewriteEngine On",
                main.isEmpty() ? "#" : "RewriteOptions " + main,
                "RewriteRule ^ - [E=rule:main]",
                "<VirtualHost *:80>",
                host.isEmpty() ? "#" : "RewriteOptions " + host,
                "RewriteRule ^ - [E=rule:own]",
                "</VirtualHost>");
        HostConfig virtual = read.config().virtualHosts().get(0);

        assertThat(virtual.rewrite().on()).isTrue();
        String names = String.join(
                " ",
                virtual.rewrite().rules().stream()
                        .map(rule -> rule.variables().get(0).substring(5))
                        .toList());
        assertThat(names).isEqualTo(expected);
    }

    @Test
    void tellsOfAPathThatWouldBeAFile() {
        assertThat(Configs.notices(Configs.conf("RewriteEngine On", "RewriteRule ^/a /b [L]")))
                .singleElement()
                .asString()
                .contains("test.conf:2", "without the flag PT this is a file to httpd");
        assertThat(Configs.notices(Configs.conf("RewriteEngine On", "RewriteRule ^/a /b [PT]")))
                .isEmpty();
        assertThat(Configs.notices(
                        Configs.conf("RewriteEngine On", "RewriteRule ^/a /b", "RewriteRule ^/b http://b/ [P]")))
                .isEmpty();
    }

    @Test
    void tellsOfWhatDoesNothing() {
        assertThat(Configs.notices(
                        Configs.conf("RewriteRule ^ - [NS]", "RewriteRule ^ %{NO_SUCH}x [R]", "RewriteCond a b")))
                .hasSize(4)
                .anySatisfy(text -> assertThat(text).contains("RewriteRule: NS does nothing"))
                .anySatisfy(text -> assertThat(text).contains("%{NO_SUCH} is no variable"))
                .anySatisfy(text -> assertThat(text).contains("without RewriteEngine On"))
                .anySatisfy(text -> assertThat(text).contains("no RewriteRule follows"));
    }

    private static List<RewriteRule> rules(LoadedConfig read) {
        return read.config().mainHost().rewrite().rules();
    }
}
