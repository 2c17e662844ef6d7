package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of the page "Operating Fairlead", runbooks among them: a shell runs each against one running jar. */
class OperatingPageIT {
    private static final Path PAGE = Path.of("src/site/markdown/operating.md");
    private static final Path TLS = Path.of("src/test/resources/org/fairlead/config/tls");
    private static final Pattern BLOCK = Pattern.compile("^```sh$(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** The one block for Tomcat, which {@link OperateIT} asks. */
    private static final String OF_TOMCAT = "/manager/jmxproxy/";

    /** Part of a command of the page, and what a block with it shows at least; in the page's order. */
    private static final List<Map.Entry<String, String>> SHOWN = List.of(
            Map.entry("curl -H \"Authorization: Bearer", "\"items\""),
            Map.entry("-i -N", "text/event-stream"),
            Map.entry("reason\": \"new kernel\"}'", "\"draining\""),
            Map.entry("\"until\": \"2h\"", "\"drained\":true"),
            Map.entry("--status", "FAIRLEAD OK - 2 of 2 members usable"),
            Map.entry("--drain http", "drained"),
            Map.entry("?dryrun", "\"dryrun\":true"),
            Map.entry("\"where\": {\"host\": \"127.0.0.1\"}, \"set\": {\"draining\": true}", "\"state\":\"drained\""),
            Map.entry("--check fairlead.conf", "\"successful\":true"),
            Map.entry("/remove\"", "\"drained\":true"),
            Map.entry("traffic.durations", "\"p99\""),
            Map.entry("\"loadfactor\": 3", ":75.0"),
            Map.entry("\"lbmethod\": \"bybusyness\"", "bybusyness"),
            Map.entry("traffic.failures", "\"changes\""),
            Map.entry("\"hcpasses\": 5", "\"after\":{\"status\":[\"disabled\"]"),
            Map.entry("cp renewed.crt", "renewed"),
            Map.entry("/v1/audit", "flaps"),
            Map.entry("}/metrics", "fairlead_balancer_usable_members"),
            Map.entry("JFR.dump", "Dumped recording"));

    @RegisterExtension
    final Members members = new Members();

    private final Path folder = Leftovers.directory("operating");
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Set<String> unseen =
            SHOWN.stream().map(Map.Entry::getKey).collect(Collectors.toCollection(LinkedHashSet::new));
    private String shell = "";

    private String configuration(HttpMember a, HttpMember b) throws IOException {
        Files.createDirectories(folder.resolve("tls"));
        Files.createDirectories(folder.resolve("conf"));
        Files.copy(TLS.resolve("rsa.crt"), folder.resolve("tls/www.crt"));
        Files.copy(TLS.resolve("rsa.key"), folder.resolve("tls/www.key"));
        // SHA-1 of "secret", as htpasswd -s writes it.
        Files.writeString(folder.resolve("conf/operators.htpasswd"), "ann:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n");
        return """
                Listen 127.0.0.1:0
                Listen 127.0.0.1:%d
                ServerName localhost
                <Proxy balancer://shop>
                    BalancerMember %s hcmethod=TCP
                    BalancerMember http://localhost:%d
                    ProxySet growth=2
                </Proxy>
                <Location /api>
                    SetHandler fairlead-api
                    AuthType Basic
                    AuthName operators
                    AuthUserFile conf/operators.htpasswd
                    AuthTokenFile conf/tokens
                    <Limit GET HEAD>
                        Require valid-user
                    </Limit>
                    <LimitExcept GET HEAD>
                        Require user ann deploy
                    </LimitExcept>
                </Location>
                <Location /metrics>
                    SetHandler fairlead-metrics
                    Require valid-user
                    AuthType Basic
                    AuthName operators
                    AuthUserFile conf/operators.htpasswd
                    AuthTokenFile conf/tokens
                </Location>
                ProxyPass /api !
                ProxyPass /metrics !
                ProxyPass / balancer://shop/
                <VirtualHost 127.0.0.1:%1$d>
                    ServerName www.example.com
                    SSLEngine on
                    SSLCertificateFile tls/www.crt
                    SSLCertificateKeyFile tls/www.key
                </VirtualHost>
                """.formatted(Loopback.freePort(), a.uri(), b.uri().getPort());
    }

    private List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1).strip())
                .filter(block -> !block.contains(OF_TOMCAT))
                .map(this::withNamesOfTheTest)
                .toList();
    }

    private String withNamesOfTheTest(String commands) {
        String text = commands;
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }

    /** Runs commands in the folder of the configuration, behind what the shell knows already; fails with what they say. */
    private String run(String commands) {
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", "set -e -o pipefail\n" + shell + commands);
        bash.directory(folder.toFile());
        String java = Path.of(FairleadJar.java()).getParent().toString();
        bash.environment().merge("PATH", java, (path, first) -> first + ":" + path);
        bash.environment().put("JDK_JAVA_OPTIONS", String.join(" ", FairleadJar.QUICK_START));
        ServerProcess ended = ServerProcess.finish(bash);
        assertThat(ended.awaitExit()).as(commands + "\n" + ended.output()).isZero();
        return ended.output();
    }

    private static boolean installed(String tool) {
        boolean found = Files.isExecutable(Path.of("/usr/bin", tool));
        if (!found) {
            System.err.println("SKIPPED: no /usr/bin/" + tool + ", which commands of " + PAGE + " need");
        }
        return found;
    }

    private void prepare(HttpMember a, HttpMember b, HttpMember c) throws IOException {
        Files.createSymbolicLink(folder.resolve("fairlead.jar"), FairleadJar.path());
        Files.writeString(folder.resolve("fairlead.conf"), configuration(a, b));
        names.put("app1:8080", "127.0.0.1:" + a.uri().getPort());
        names.put("app2:8080", "localhost:" + b.uri().getPort());
        names.put("app3:8080", "127.0.0.1:" + c.uri().getPort());
        names.put("\"app1\"", "\"127.0.0.1\"");
        names.put("-u ann", "-u ann:secret");
        names.put("/tmp/incident.jfr", folder + "/incident.jfr");
        // The stream ends by itself after five minutes; 28 is curl's "after that time".
        names.put("curl -N", "expired curl --max-time 2 --silent -i -N");
        run("openssl req -x509 -key tls/www.key -days 30 -subj /CN=renewed -out renewed.crt");
        if (!installed("promtool")) {
            shell += "promtool() { :; }\n";
        }
        shell += "expired() { \"$@\" || test $? = 28; }\n";
    }

    private void runningAt(FairleadJar jar) {
        names.put("https://lb.example.com", "http://127.0.0.1:" + jar.port());
        names.put("ann:PASSWORD@127.0.0.1:9180", "ann:secret@127.0.0.1:" + jar.port());
        names.put("jcmd PID", "jcmd " + jar.pid());
    }

    @Test
    void everyCommandDoesWhatThePageSays() throws Exception {
        Assumptions.assumeTrue(
                List.of("bash", "curl", "openssl", "unzip").stream().allMatch(OperatingPageIT::installed),
                "the page's tools are installed");
        HttpMember a = members.http("a");
        HttpMember b = members.http("b");
        HttpMember c = members.http("c");
        prepare(a, b, c);
        String token = run(only("conf/tokens") + "\nprintf %s \"$token\"").strip();
        shell += "token=" + token + "\n";
        try (FairleadJar jar =
                FairleadJar.start("--config", folder.resolve("fairlead.conf").toString())) {
            runningAt(jar);
            shell += only("ask() {") + "\n";
            for (int i = 0; i < 8; i++) {
                RawClient.exchange(jar.port(), "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            for (String block : blocks()) {
                if (!block.contains("conf/tokens") && !block.contains("ask() {")) {
                    usable();
                    shows(block);
                }
            }
            assertThat(unseen).as("rows without a block").isEmpty();
        }
    }

    private String only(String part) throws IOException {
        List<String> found =
                blocks().stream().filter(block -> block.contains(part)).toList();
        assertThat(found).as("blocks with " + part).hasSize(1);
        return found.get(0);
    }

    /** Each block begins with both members in service, whatever the one before has ordered. */
    private void usable() {
        run(
                "ask \"$api/v1/balancers/shop/orders\" -d '{\"set\": {\"draining\": false, \"disabled\": false, \"loadfactor\": 1}}'");
    }

    private void shows(String block) {
        unseen.removeIf(block::contains);
        List<String> expected = SHOWN.stream()
                .filter(row -> block.contains(row.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (block.contains("cp renewed.crt")) {
            run(block);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> run("ask \"$api/v1/certificates\"").contains("CN=renewed"));
        }
        String said = run(block);
        assertThat(expected).as(block + "\n" + said).allMatch(said::contains);
    }
}
