package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What comes with Fairlead for Prometheus and Grafana: rules that promtool tests, and queries that find something. */
class MonitoringIT {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Path FOLDER = Path.of("src/main/resources/org/fairlead/monitoring");
    private static final Path RULES_TEST = Path.of("src/test/resources/org/fairlead/system/rules-test.yml");
    private static final Pattern METRIC = Pattern.compile("\\b(?:fairlead|http|jvm|process)[_:]\\w+[\\w:]*\\b");

    private static final Members MEMBERS = new Members();
    private static String scrape;

    @BeforeAll
    static void scrapeOneThatHasSeenEverything() throws IOException {
        HttpMember member = MEMBERS.http("a");
        int secure = Loopback.freePort();
        try (FairleadJar jar = FairleadJar.configured("""
                Listen 127.0.0.1:0
                Listen 127.0.0.1:%d
                ServerName localhost
                <Proxy balancer://shop>
                    BalancerMember %s hcmethod=TCP
                    BalancerMember http://127.0.0.1:1
                </Proxy>
                <Location /metrics>
                    SetHandler fairlead-metrics
                    Require ip 127.0.0.1
                </Location>
                ProxyPass /metrics !
                ProxyPass / balancer://shop/
                <VirtualHost 127.0.0.1:%d>
                    ServerName secure.example.com
                    %s
                </VirtualHost>
                """.formatted(
                secure, member.uri(), secure, FrontDoor.certificate("rsa").indent(4)))) {
            for (int i = 0; i < 6; i++) {
                RawClient.exchange(jar.port(), "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            scrape = body(jar.port());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        MEMBERS.close();
    }

    private static String promtool(String... arguments) {
        boolean installed = Files.isExecutable(PROMTOOL);
        if (!installed) {
            System.err.println("SKIPPED: no " + PROMTOOL + ", so no rule was tested (apt-get install prometheus)");
        }
        Assumptions.assumeTrue(installed, "promtool is installed");
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        return ServerProcess.finish(new ProcessBuilder(command)).output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "recording.yml"})
    void promtoolReadsTheRules(String file) {
        assertThat(promtool("check", "rules", FOLDER.resolve(file).toString()))
                .contains("SUCCESS: ", "rules found")
                .doesNotContain("FAILED");
    }

    @Test
    void anIncidentRaisesItsAlertAndNoOther() throws IOException {
        String text = Files.readString(RULES_TEST).replace("RULES", FOLDER.toAbsolutePath() + "");
        Path tests = Leftovers.file("rules-test.yml", text);

        assertThat(promtool("test", "rules", tests.toString()))
                .contains("SUCCESS")
                .doesNotContain("FAILED", "WARNING");
        Set<String> alerts = found(Pattern.compile("(?<=alert: )\\w+"), Files.readString(FOLDER.resolve("alerts.yml")));
        assertThat(alerts).hasSizeGreaterThan(10);
    }

    @Test
    void promtoolFindsNothingWrongWithTheMetrics() throws IOException {
        Path text = Leftovers.file("metrics.txt", scrape);
        promtool("--version");

        ServerProcess checked = ServerProcess.finish(
                new ProcessBuilder(PROMTOOL.toString(), "check", "metrics").redirectInput(text.toFile()));

        assertThat(checked.awaitExit()).as(checked.output()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "recording.yml", "grafana-dashboard.json"})
    void everyQueryNamesAMetricThatAScrapeHas(String file) throws IOException {
        Set<String> recorded =
                found(Pattern.compile("(?<=record: )[\\w:]+"), Files.readString(FOLDER.resolve("recording.yml")));
        Set<String> present = scrape.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        present.addAll(recorded);

        List<String> queries = queries(new Yaml().load(Files.readString(FOLDER.resolve(file))));
        assertThat(queries).isNotEmpty().allSatisfy(query -> {
            String outside = query.replaceAll("\\{[^}]*\\}", "")
                    .replaceAll("(?:by|without|ignoring|on) \\([\\w, ]+\\)", "")
                    .replaceAll("\"[^\"]*\"", "");
            Set<String> named = found(METRIC, outside);
            if (query.startsWith("up{")) {
                return;
            }
            assertThat(named).as(query).isNotEmpty();
            assertThat(present).as(query).containsAll(named);
        });
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The values of {@code expr} and of variables' {@code query}, at any depth; JSON is read as YAML. */
    private static List<String> queries(Object tree) {
        List<String> found = new ArrayList<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value instanceof String text && (key.equals("expr") || key.equals("definition"))) {
                    found.add(text);
                } else {
                    found.addAll(queries(value));
                }
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(one -> found.addAll(queries(one)));
        }
        return found;
    }

    private static String body(int port) throws IOException {
        try (InputStream in =
                URI.create("http://localhost:" + port + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
