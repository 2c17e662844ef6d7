package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.fairlead.expression.Regex;
import org.fairlead.model.AccessConfig;
import org.fairlead.model.AccessConfig.Authentication;
import org.fairlead.model.AccessConfig.Merging;
import org.fairlead.model.CompatAccessConfig.Kind;
import org.fairlead.model.CompatAccessConfig.Origin;
import org.fairlead.model.HostConfig;
import org.fairlead.model.LocationConfig;
import org.fairlead.model.Methods;
import org.fairlead.model.PathMatch;
import org.fairlead.model.ProxySectionConfig;
import org.fairlead.model.ProxySectionConfig.UrlMatch;
import org.fairlead.model.Requirement.Group;
import org.fairlead.model.Requirement.Line;
import org.fairlead.model.Requirement.Logic;
import org.fairlead.model.Requirement.Provider;
import org.fairlead.model.Settings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessReaderTest {
    private static HostConfig host(String format, String text) throws ConfigException {
        return new ConfigLoader().load(text, format, "test." + format).config().mainHost();
    }

    private static AccessConfig location(String... lines) throws ConfigException {
        return host("conf", "<Location /a>\n" + String.join("\n", lines) + "\n</Location>\n")
                .locations()
                .get(0)
                .settings()
                .access();
    }

    @Test
    void linesOutsideAGroupAreOneOfWhichOneMustBeMet() throws ConfigException {
        AccessConfig access = location(
                "Require ip 10.1", "<RequireAll>", "Require valid-user", "Require not user \"a b\"", "</RequireAll>");

        assertThat(access.requirement())
                .contains(new Group(
                        Logic.ANY,
                        List.of(
                                new Line(false, Provider.IP, "10.1", Methods.ALL),
                                new Group(
                                        Logic.ALL,
                                        List.of(
                                                new Line(false, Provider.VALID_USER, "", Methods.ALL),
                                                new Line(true, Provider.USER, "\"a b\"", Methods.ALL))))));
    }

    @Test
    void aLimitIsForWhatIsAboutMethodsOnly() throws ConfigException {
        AccessConfig access = location(
                "<Limit GET PUT>",
                "Deny from 10.0.0.1",
                "Require all denied",
                "AuthType Basic",
                "AuthName \"a b\"",
                "</Limit>");

        Methods methods = access.old().orElseThrow().denies().get(0).methods();
        assertThat(Stream.of("GET", "HEAD", "PUT", "POST", "get").filter(methods::contains))
                .containsExactly("GET", "HEAD", "PUT");
        assertThat(access.requirement().orElseThrow().isFor("POST")).isFalse();
        assertThat(access.authentication()).contains(Authentication.BASIC);
        assertThat(access.realm()).contains("a b");
    }

    @ParameterizedTest
    @CsvSource({
        "all,ALL,''",
        "ALL,ALL,''",
        "10.0.0.0/8,IP,10.0.0.0/8",
        "10.1,IP,10.1",
        "::1,IP,::1",
        "env=x,ENV,x",
        "env=!x,NO_ENV,x",
        "example.com,HOST,example.com",
        ".example.com,HOST,.example.com"
    })
    void wordsOfAllowAreToldApart(String word, Kind kind, String value) throws ConfigException {
        assertThat(location("Allow from " + word).old().orElseThrow().allows())
                .containsExactly(new Origin(kind, value, Methods.ALL));
    }

    @Test
    void whatSaysNothingIsNothing() throws ConfigException {
        assertThat(location("ProxyPreserveHost On")).isSameAs(AccessConfig.NONE);
    }

    @Test
    void theNativeFormSaysTheSame() throws ConfigException {
        HostConfig host = host("yaml", """
                location:
                  - path: /a
                    authtype: Basic
                    authname: The Shop
                    authuserfile: /etc/users
                    authmerging: And
                    require: valid-user
                    requireall:
                      - require: [ip 10.0.0.0/8, not ip 10.0.0.1]
                    limitexcept:
                      - methods: GET
                        deny: from all
                """);

        AccessConfig access = host.locations().get(0).settings().access();
        assertThat(access.userFile()).contains(Path.of("/etc/users"));
        assertThat(access.merging()).contains(Merging.AND);
        assertThat(access)
                .isEqualTo(location(
                        "AuthType Basic",
                        "AuthName 'The Shop'",
                        "AuthUserFile /etc/users",
                        "AuthMerging And",
                        "Require valid-user",
                        "<RequireAll>",
                        "Require ip 10.0.0.0/8",
                        "Require not ip 10.0.0.1",
                        "</RequireAll>",
                        "<LimitExcept GET>",
                        "Deny from all",
                        "</LimitExcept>"));
    }

    @ParameterizedTest
    @CsvSource({
        "*,''",
        "balancer://Shop,balancer://shop",
        "http://Member:80/A,http://member/A",
        "https://m:443/,https://m/",
        "proxy:http://m:81/,http://m:81/",
        "https://m:80/,https://m:80/"
    })
    void aProxySectionIsForUrlsThatBeginSo(String url, String expected) throws ConfigException {
        HostConfig host = host("conf", "<Proxy " + url + ">\nRequire all denied\n</Proxy>\n");

        assertThat(host.proxySections().get(0).match()).isEqualTo(new UrlMatch.Prefix(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "http://m/*,http://m/a/b,true", "http://m/*.php,http://m/a/b.php,true",
                "http://m/*.php,http://m/a/b.phpx,false",
        "http://m/?,http://m/a,true", "http://m/[!a],http://m/a,false", "http://m.x/*,http://mxx/a,false"
    })
    void wildcardsInAProxySectionMatchSlashesToo(String url, String asked, boolean matches) throws Exception {
        HostConfig host = host("conf", "<Proxy " + url + ">\nRequire all denied\n</Proxy>\n");

        PathMatch.Regex regex = (PathMatch.Regex) host.proxySections().get(0).match();
        assertThat(Regex.compile(regex.pattern()).test(asked)).isEqualTo(matches);
    }

    @Test
    void aVirtualHostsProxySectionsComeAfterThoseOfTheMainServer() throws ConfigException {
        HostConfig host = new ConfigLoader()
                .load(
                        "<VirtualHost *:80>\n<Proxy *>\nRequire all granted\n</Proxy>\n</VirtualHost>\n"
                                + "<Proxy http://a/>\nRequire all denied\n</Proxy>\n",
                        "conf",
                        "test.conf")
                .config()
                .virtualHosts()
                .get(0);

        assertThat(host.proxySections()).hasSize(2);
        assertThat(host.proxySections().get(0).match()).isEqualTo(new UrlMatch.Prefix("http://a/"));
    }

    /** Every configuration of the engine's table, printed and read again. */
    @TestFactory
    Stream<DynamicTest> whatIsPrintedSaysTheSame() throws IOException {
        String table = new String(
                Objects.requireNonNull(getClass().getResourceAsStream("/org/fairlead/engine/access.rows"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        return Stream.of(table.split("(?m)^== "))
                .filter(block -> !block.startsWith("#"))
                .map(block -> DynamicTest.dynamicTest(block.substring(0, block.indexOf('\n')), () -> {
                    String text = "Define USERS /u\nDefine GROUPS /g\n"
                            + block.substring(block.indexOf('\n')).split("(?m)^--$")[0];
                    LoadedConfig loaded = new ConfigLoader().load(text, "conf", "test.conf");
                    HostConfig printed = host("yaml", loaded.yaml());

                    assertThat(access(printed)).isEqualTo(access(loaded.config().mainHost()));
                }));
    }

    private static List<AccessConfig> access(HostConfig host) throws Exception {
        return Stream.concat(
                        host.proxySections().stream().map(ProxySectionConfig::settings),
                        host.locations().stream().map(LocationConfig::settings))
                .map(Settings::access)
                .toList();
    }
}
