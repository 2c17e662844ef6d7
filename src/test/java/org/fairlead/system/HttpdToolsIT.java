package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What operators point at httpd's two pages reads them in Fairlead as in the httpd beside it, and steers by them:
 * {@code prometheus-apache-exporter}, collectd's plug-in, and Ansible's module.
 */
class HttpdToolsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Members MEMBERS = new Members();
    private static Httpd httpd;
    private static FairleadJar jar;

    @BeforeAll
    static void startBoth() throws IOException {
        Httpd.assumeInstalled();
        HttpMember one = MEMBERS.http("one");
        HttpMember two = MEMBERS.http("two");
        String configuration = """
                <Proxy balancer://shop>
                    BalancerMember http://127.0.0.1:%d route=one
                    BalancerMember http://localhost:%d route=two status=+H
                </Proxy>
                ExtendedStatus On
                ProxyStatus On
                <Location /balancer-manager>
                    SetHandler balancer-manager
                    Require ip 127.0.0.1
                </Location>
                <Location /server-status>
                    SetHandler server-status
                    Require ip 127.0.0.1
                </Location>
                ProxyPass /balancer-manager !
                ProxyPass /server-status !
                ProxyPass / balancer://shop/
                """.formatted(one.port(), two.port());
        httpd = Httpd.start(configuration);
        jar = FairleadJar.configured("Listen 127.0.0.1:0\nServerName localhost\n" + configuration);
        for (int port : List.of(httpd.port(), jar.port())) {
            for (int i = 0; i < 10; i++) {
                RawClient.exchange(port, "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
        }
    }

    @AfterAll
    static void stopBoth() throws IOException {
        if (httpd != null) {
            httpd.close();
        }
        if (jar != null) {
            jar.close();
        }
        MEMBERS.close();
    }

    /** Returns the tool; skips the test, loudly, where it is missing. */
    private static String tool(String path, String debianPackage) {
        boolean installed = Files.isReadable(Path.of(path));
        if (!installed) {
            System.err.println("SKIPPED: no " + path + ", so it did not read Fairlead's pages (apt-get install "
                    + debianPackage + ")");
        }
        Assumptions.assumeTrue(installed, path + " is installed");
        return path;
    }

    private static Set<String> matches(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        Set<String> found = new TreeSet<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String exported(String exporter, int server) throws Exception {
        int port = Loopback.freePort();
        try (ServerProcess process = ServerProcess.start(new ProcessBuilder(
                exporter,
                "--scrape_uri=http://localhost:" + server + "/server-status?auto",
                "--telemetry.address=127.0.0.1:" + port))) {
            await(process.output()).atMost(PATIENCE).until(() -> Loopback.accepts(port));
            return body(port);
        }
    }

    @Test
    void prometheusApacheExporterFindsTheSameSeriesAsAtHttpd() throws Exception {
        String exporter = tool("/usr/bin/prometheus-apache-exporter", "prometheus-apache-exporter");
        String series = "^(apache_\\w+(?:\\{[^}]*\\})?) ";
        String theirs = exported(exporter, httpd.port());
        String ours = exported(exporter, jar.port());

        assertThat(ours).contains("apache_up 1\n", "version=\"Apache/2.4.");
        assertThat(matches(ours, series).stream().filter(comparable()).toList())
                .isNotEmpty()
                .containsExactlyElementsOf(
                        matches(theirs, series).stream().filter(comparable()).toList());
        assertThat(matches(ours, "^apache_accesses_total (\\d+)$"))
                .as("what was counted: at least the requests to the members")
                .allMatch(count -> Integer.parseInt(count) >= 10);
    }

    /** Series without the build's own labels, which are of another server. */
    private static Predicate<String> comparable() {
        return one -> !one.startsWith("apache_info") && !one.startsWith("apache_exporter");
    }

    private static Set<String> collected(String collectd, int server) throws IOException {
        Path folder = Leftovers.directory("collectd");
        Path data = folder.resolve("data");
        Path configuration = Leftovers.file("collectd.conf", """
                Hostname "here"
                FQDNLookup false
                BaseDir "%1$s"
                PIDFile "%1$s/pid"
                PluginDir "/usr/lib/collectd"
                TypesDB "/usr/share/collectd/types.db"
                Interval 1
                LoadPlugin csv
                LoadPlugin apache
                <Plugin csv>
                    DataDir "%2$s"
                    StoreRates false
                </Plugin>
                <Plugin apache>
                    <Instance "it">
                        URL "http://localhost:%3$d/server-status?auto"
                    </Instance>
                </Plugin>
                """.formatted(folder, data, server));
        try (ServerProcess process =
                ServerProcess.start(new ProcessBuilder(collectd, "-f", "-C", configuration.toString()))) {
            await("values of collectd: " + process.output())
                    .atMost(PATIENCE)
                    .until(() -> names(data).stream().anyMatch(name -> name.contains("scoreboard-waiting")));
        }
        return names(data);
    }

    private static Set<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(file ->
                            names.add(file.getFileName().toString().replaceFirst("-\\d{4}-\\d\\d-\\d\\d$", "")));
            return names;
        }
    }

    @Test
    void collectdsPlugInFindsTheSameValuesAsAtHttpd() throws Exception {
        String collectd = tool("/usr/sbin/collectd", "collectd-core");

        assertThat(collected(collectd, jar.port())).isEqualTo(collected(collectd, httpd.port()));
    }

    /**
     * Runs {@code community.general.apache2_mod_proxy}. The release in Debian 12 still imports BeautifulSoup by its name
     * of Python 2, which is bs4 today, as later releases of the module know.
     */
    private static String ansible(int server, String arguments) throws IOException {
        Path modules = Leftovers.directory("python");
        Files.writeString(modules.resolve("BeautifulSoup.py"), """
                import bs4
                def BeautifulSoup(text):
                    return bs4.BeautifulSoup(text, "html.parser")
                """);
        ProcessBuilder command = new ProcessBuilder(
                "/usr/bin/ansible",
                "localhost",
                "-i",
                "localhost,",
                "-c",
                "local",
                "-e",
                "ansible_python_interpreter=/usr/bin/python3",
                "-m",
                "community.general.apache2_mod_proxy",
                "-a",
                "balancer_vhost=localhost:" + server + " balancer_url_suffix=/balancer-manager " + arguments);
        command.environment().put("PYTHONPATH", modules.toString());
        command.environment().put("HOME", modules.toString());
        command.environment().put("ANSIBLE_NOCOLOR", "1");
        command.environment().put("no_proxy", "localhost");
        String output = ServerProcess.finish(command).output();
        Assumptions.assumeFalse(output.contains("No module named 'bs4'"), "python3-bs4 is installed");
        return output;
    }

    private static List<String> figures(String output, String... keys) {
        return Stream.of(keys)
                .flatMap(key -> {
                    Matcher matcher =
                            Pattern.compile("\"" + key + "\": ([^,\n]*)").matcher(output);
                    return matcher.results().map(found -> key + " " + found.group(1));
                })
                .toList();
    }

    @Test
    void ansiblesModuleReadsTheMembersAsAtHttpdAndItsOrdersTakeEffect() throws Exception {
        tool("/usr/bin/ansible", "ansible");
        tool(
                "/usr/lib/python3/dist-packages/ansible_collections/community/general/plugins/modules/apache2_mod_proxy.py",
                "ansible");
        String[] same = {"host", "Route", "Set", "Status", "drained", "disabled", "hot_standby", "protocol", "port"};
        String ours = ansible(jar.port(), "");

        assertThat(ours).contains("SUCCESS");
        assertThat(figures(ours, same)).hasSizeGreaterThan(12).isEqualTo(figures(ansible(httpd.port(), ""), same));
        String ordered = ansible(jar.port(), "member_host=127.0.0.1 state=drained");
        assertThat(ordered).contains("CHANGED", "\"drained\": true");
        assertThat(figures(ansible(jar.port(), ""), "Status").get(0)).contains("Drn");
        assertThat(ansible(jar.port(), "member_host=127.0.0.1 state=enabled")).contains("\"drained\": false");
    }

    private static String body(int port) throws IOException {
        try (InputStream in =
                URI.create("http://localhost:" + port + "/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
