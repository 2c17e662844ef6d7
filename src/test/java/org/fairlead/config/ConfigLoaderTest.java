package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.fairlead.model.BalancerConfig;
import org.fairlead.model.Http2Config;
import org.fairlead.model.MemberConfig;
import org.fairlead.model.ReadTimeout;
import org.fairlead.model.ReverseConfig;
import org.fairlead.model.ServerConfig;
import org.fairlead.model.Settings.ErrorDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    private Path folder;

    private String refusal(Path file) {
        return catchThrowableOfType(ConfigException.class, () -> new ConfigLoader().load(file))
                .getMessage()
                .replace(folder.toString(), "DIR");
    }

    @Test
    void aFileThatCannotBeReadIsTold() throws Exception {
        assertThat(refusal(folder.resolve("none.conf")))
                .isEqualTo("DIR/none.conf: no such file (expected: the path of a configuration, .conf (httpd's syntax),"
                        + " .yaml, .yml, .json, .properties or .xml)");
        assertThat(refusal(folder)).startsWith("DIR: is a folder (expected: a file in it");
        Files.writeString(folder.resolve("a.toml"), "x = 1");
        assertThat(refusal(folder.resolve("a.toml"))).startsWith("DIR/a.toml: format 'toml' (expected: .conf");
        Files.writeString(folder.resolve("noending"), "x");
        assertThat(refusal(folder.resolve("noending"))).startsWith("DIR/noending: format 'noending' (expected: .conf");
        Files.write(folder.resolve("b.yaml"), "servername: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal(folder.resolve("b.yaml"))).contains("DIR/b.yaml");
    }

    @Test
    void allFilesThatWereReadAreNamed() throws Exception {
        Files.createDirectory(folder.resolve("conf.d"));
        Path main = Files.writeString(folder.resolve("main.conf"), "Include conf.d/*.conf\n");
        Path other = Files.writeString(folder.resolve("conf.d/a.conf"), "ProxyPass / http://a/ timeout=7\n");
        LoadedConfig loaded = new ConfigLoader().load(main);
        assertThat(loaded.files()).containsExactlyInAnyOrder(main.toAbsolutePath(), other.toAbsolutePath());
        assertThat(Configs.member(loaded).source().file()).endsWith("a.conf");
        Path yaml = Files.writeString(folder.resolve("main.yaml"), "timeout: 5\n");
        assertThat(new ConfigLoader().load(yaml).files()).containsExactly(yaml.toAbsolutePath());
    }

    @Test
    void anErrorDocumentIsReadFromBesideTheConfigurationThroughAliasOrRoot() throws Exception {
        Files.createDirectories(folder.resolve("pages/deep"));
        Files.writeString(folder.resolve("pages/503.html"), "<p>soon</p>");
        Files.writeString(folder.resolve("pages/deep/404.txt"), "not here");
        Path main = Files.writeString(folder.resolve("main.conf"), """
                DocumentRoot pages
                Alias /deep pages/deep
                ErrorDocument 503 /503.html
                ErrorDocument 404 /deep/404.txt
                ErrorDocument 500 "so sorry"
                ErrorDocument 502 https://status.example.com/
                ErrorDocument 400 default
                """);
        var documents =
                new ConfigLoader().load(main).config().mainHost().settings().errorDocuments();
        assertThat(documents)
                .containsEntry(
                        503, new ErrorDocument.Content("<p>soon</p>".getBytes(StandardCharsets.UTF_8), "text/html"))
                .containsEntry(
                        404, new ErrorDocument.Content("not here".getBytes(StandardCharsets.UTF_8), "text/plain"))
                .containsEntry(500, new ErrorDocument.Text("so sorry"))
                .containsEntry(502, new ErrorDocument.Redirect("https://status.example.com/"))
                .containsEntry(400, new ErrorDocument.Default());
    }

    @Test
    void anErrorDocumentThatIsNotThereYetIsAwaited() throws Exception {
        Path main = Files.writeString(folder.resolve("main.conf"), """
                Alias /pages/ closed/
                ErrorDocument 503 /pages/soon.html
                """);
        LoadedConfig loaded = new ConfigLoader().load(main);
        Path file = folder.resolve("closed/soon.html").toAbsolutePath();
        assertThat(loaded.config().mainHost().settings().errorDocuments())
                .containsEntry(503, new ErrorDocument.Awaited(file, "text/html"));
        assertThat(Configs.notices(loaded))
                .anyMatch(notice -> notice.contains("ErrorDocument '/pages/soon.html': " + file
                        + " is not there now; as soon as it is, it is sent, and until then a plain page"));
    }

    @Test
    void balanceNeedsNoFile() throws Exception {
        LoadedConfig loaded = new ConfigLoader().balance(List.of("http://a:8000", " http://b:8001/app"), "0");
        BalancerConfig balancer = loaded.config().balancers().get("fairlead");
        assertThat(balancer.members())
                .extracting(MemberConfig::name)
                .containsExactly("http://a:8000", "http://b:8001/app");
        assertThat(Configs.routes(loaded.config().mainHost().routes())).containsExactly("/ -> fairlead + /");
        assertThat(loaded.config().mainHost().reverses())
                .extracting(ReverseConfig::url)
                .containsExactly("balancer://fairlead/");
        assertThat(loaded.config().listeners())
                .singleElement()
                .satisfies(listener -> assertThat(listener.port()).isZero());
        assertThat(loaded.files()).isEmpty();
        assertThat(loaded.notices()).isEmpty();
    }

    @Test
    void balanceRefusesWhatItCannotReach() {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> new ConfigLoader().balance(List.of("a:8000", "http://b"), "8080"));
        assertThat(refused)
                .hasMessage(
                        "--balance: BalancerMember 'a:8000' (expected: http://host:port/, https://, ws://, wss://, ajp:// or"
                                + " unix:/path|http://host/)");
    }

    @Test
    void theServersOwnSettingsAreReadWithTheirUnits() throws Exception {
        LoadedConfig loaded = new ConfigLoader()
                .load(BrokenConfigurationsTest.resource("samples/server.conf"), "conf", "server.conf");
        assertThat(loaded.config().server())
                .isEqualTo(new ServerConfig(
                        Duration.ofSeconds(30),
                        true,
                        Duration.ofMillis(500),
                        1000,
                        250,
                        ServerConfig.DEFAULTS.maxConnections(),
                        10000,
                        511,
                        16380,
                        16380,
                        60,
                        Duration.ofMinutes(1),
                        4,
                        ReadTimeout.HEADER,
                        ReadTimeout.BODY,
                        false,
                        new Http2Config(50, 131_072, Optional.of(Duration.ofSeconds(20)))));
    }

    @Test
    void whatAContainerDecidesIsListedWithItsNameThere() {
        LoadedConfig loaded = Configs.conf(
                "Listen 8080",
                "KeepAliveTimeout 3",
                "ProxyPass / http://a/",
                "<VirtualHost *:8080>",
                "SSLEngine off",
                "</VirtualHost>");
        assertThat(loaded.connectorDirectives())
                .extracting(ConnectorDirective::toString)
                .containsExactly(
                        "test.conf:1: Listen '8080' has no effect in a container; in Tomcat's server.xml it is port and"
                                + " address of a <Connector>",
                        "test.conf:2: KeepAliveTimeout '3' has no effect in a container; in Tomcat's server.xml it is"
                                + " keepAliveTimeout, in milliseconds",
                        "test.conf:5: SSLEngine 'off' has no effect in a container; in Tomcat's server.xml it is"
                                + " SSLEnabled=\"true\" and an <SSLHostConfig>");
    }
}
