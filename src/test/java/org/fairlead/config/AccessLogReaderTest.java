package org.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.config.Configs.conf;
import static org.fairlead.config.Configs.notices;

import java.util.List;
import org.fairlead.model.AccessLogConfig;
import org.fairlead.model.AccessLogConfig.Always;
import org.fairlead.model.AccessLogConfig.IfExpression;
import org.fairlead.model.AccessLogConfig.IfVariable;
import org.fairlead.model.AccessLogConfig.ToProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessLogReaderTest {
    private static List<String> told(List<AccessLogConfig> logs) {
        return logs.stream()
                .map(log -> log.destination().written() + " " + log.format())
                .toList();
    }

    private static List<String> ofHost(String... lines) {
        return told(conf(lines).config().virtualHosts().get(0).accessLogs());
    }

    @Test
    void aHostWithoutLogsLogsToTheMainServers() {
        assertThat(ofHost("CustomLog /l/a %h", "<VirtualHost *:80>", "</VirtualHost>"))
                .containsExactly("/l/a %h");
    }

    @Test
    void aHostWithItsOwnLogLogsNowhereElseButToGlobalLogs() {
        assertThat(ofHost(
                        "CustomLog /l/a %h",
                        "GlobalLog /l/g %v", "<VirtualHost *:80>", "CustomLog /l/b %u", "</VirtualHost>"))
                .containsExactly("/l/b %u", "/l/g %v");
    }

    @Test
    void nicknamesAreKnownBeforeTheyAreGivenAndTheHostsOwnFirst() {
        assertThat(ofHost(
                        "LogFormat \"main %h\" mine",
                        "<VirtualHost *:80>",
                        "CustomLog /l/a mine",
                        "CustomLog /l/b late",
                        "LogFormat \"own %h\" mine",
                        "</VirtualHost>",
                        "LogFormat \"%a\" late"))
                .containsExactly("/l/a own %h", "/l/b %a");
    }

    @Test
    void transferLogHasTheFormatThatHasNoNickname() {
        assertThat(ofHost("TransferLog /l/a", "<VirtualHost *:80>", "</VirtualHost>"))
                .containsExactly("/l/a %h %l %u %t \"%r\" %>s %b");
        assertThat(ofHost(
                        "TransferLog /l/a", "LogFormat %a", "<VirtualHost *:80>", "LogFormat agent", "</VirtualHost>"))
                .containsExactly("/l/a %{User-agent}i");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"common", "combined", "vhost_combined", "referer", "agent", "CLF"})
    void nicknamesOfDebiansMainFileNeedNotBeGiven(String name) {
        LoadedConfig loaded = conf("CustomLog /l/a " + name);
        assertThat(loaded.config().mainHost().accessLogs().get(0).format()).contains("%");
        assertThat(notices(loaded)).isEmpty();
    }

    @Test
    void aNicknameThatNobodyGaveIsAText() {
        assertThat(notices(conf("CustomLog /l/a combind")))
                .singleElement()
                .asString()
                .contains("test.conf:1: ", "no LogFormat has the nickname 'combind'");
    }

    @Test
    void conditionsAreReadOnce() {
        assertThat(conf(
                                "CustomLog /l/a %h",
                                "CustomLog /l/b %h env=x",
                                "CustomLog /l/c %h env=!x",
                                "CustomLog /l/d %h \"expr=%{REQUEST_STATUS} -ge 400\"")
                        .config()
                        .mainHost()
                        .accessLogs())
                .extracting(AccessLogConfig::condition)
                .containsExactly(
                        new Always(),
                        new IfVariable("x", true),
                        new IfVariable("x", false),
                        new IfExpression("%{REQUEST_STATUS} -ge 400"));
    }

    @Test
    void programsAreStartedDirectlyOrByAShell() {
        assertThat(conf(
                                "CustomLog \"|/bin/rotatelogs -l '/l/a b' 86400\" %h",
                                "CustomLog \"||/bin/cat\" %h", "CustomLog \"|$cat > /l/x\" %h")
                        .config()
                        .mainHost()
                        .accessLogs())
                .extracting(AccessLogConfig::destination)
                .containsExactly(
                        new ToProgram(List.of("/bin/rotatelogs", "-l", "/l/a b", "86400")),
                        new ToProgram(List.of("/bin/cat")),
                        new ToProgram(List.of("/bin/sh", "-c", "cat > /l/x")));
    }

    @Test
    void relativeNamesCountFromServerRoot() {
        assertThat(told(conf("ServerRoot /srv", "CustomLog logs/a %h", "TransferLog logs/b")
                        .config()
                        .mainHost()
                        .accessLogs()))
                .extracting(text -> text.split(" ")[0])
                .containsExactly("/srv/logs/a", "/srv/logs/b");
    }

    @Test
    void bufferedLogsHoldsForAllOfAHost() {
        assertThat(conf("BufferedLogs On", "CustomLog /l/a %h")
                        .config()
                        .mainHost()
                        .accessLogs())
                .extracting(AccessLogConfig::buffered)
                .containsExactly(true);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            CustomLog /l/a                | takes two or three arguments
            CustomLog /l/a %h when=x      | the last argument is no condition
            CustomLog /l/a %h env=        | the last argument is no condition
            CustomLog /l/a %h -           | the last argument is no condition
            CustomLog /l/a "%h %y"        | '%y' is unknown
            CustomLog /l/a "%{a"          | ends before its letter
            LogFormat %y                  | '%y' is unknown
            LogFormat %h a b              | takes a format
            CustomLog "" %h               | takes two or three arguments
            CustomLog syslog:local1 %h    | /usr/bin/logger
            TransferLog                   | takes one argument
            BufferedLogs Perhaps          | On or Off
            CustomLog /l/a %h "expr=1 +"  | condition '1 +'
            """)
    void whatCannotBeIsToldWithItsLine(String line, String expected) {
        try {
            new ConfigLoader().load("Listen 80\n" + line + "\n", "conf", "test.conf");
        } catch (ConfigException e) {
            assertThat(e.problems()).singleElement().asString().contains("test.conf:2: ", expected);
            return;
        }
        throw new AssertionError("taken: " + line);
    }

    @Test
    void theNativeFormSaysTheSame() {
        assertThat(told(Configs.read(
                                "yaml",
                                "logformat:",
                                "- {format: 'x %h', name: mine}",
                                "customlog:",
                                "- {file: /l/a, format: mine, env: '!quiet'}",
                                "transferlog: [/l/b]",
                                "globallog: {file: '|/bin/cat', format: '%v'}")
                        .config()
                        .mainHost()
                        .accessLogs()))
                .containsExactly("/l/a x %h", "/l/b %h %l %u %t \"%r\" %>s %b", "|/bin/cat %v");
    }
}
