package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The manual's page on installing the WAR in a Tomcat of one's own: its commands, word by word, in one shell. */
class InstallTomcatIT {
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    @RegisterExtension
    final Members members = new Members();

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** An account that every Linux has, and that owns nothing. */
    private static final String SERVICE = "nobody";

    private static List<String> blocks() throws IOException {
        return COMMANDS.matcher(Files.readString(Path.of("src/site/markdown/install-tomcat.md")))
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    private ServerProcess follow(String script, Path folder, int port, int securePort) {
        ProcessBuilder shell = new ProcessBuilder("sh", "-eux", "-c", script).directory(folder.toFile());
        Map<String, String> environment = shell.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        environment.put("ARCHIVE", Containers.TOMCAT_11.archive().toString());
        environment.put("TOMCAT", folder.resolve("opt/tomcat").toString());
        environment.put("BASE", folder.resolve("srv").toString());
        environment.put("SERVICE", SERVICE);
        environment.put("FAIRLEAD_HTTP_PORT", port + "");
        environment.put("FAIRLEAD_HTTPS_PORT", securePort + "");
        environment.put("FAIRLEAD_HTTP_ADDRESS", "127.0.0.1");
        environment.put("FAIRLEAD_HTTPS_ADDRESS", "127.0.0.1");
        environment.put("FAIRLEAD_HEAP", "128m");
        // This Tomcat has a proxy in front: the test.
        environment.put("CATALINA_OPTS", "-Dfairlead.internalProxies=127.0.0.1");
        environment.remove("CATALINA_HOME");
        environment.remove("CATALINA_BASE");
        ServerProcess following = ServerProcess.start(shell);
        await("the end of the commands").atMost(PATIENCE).until(() -> !following.isAlive());
        return following;
    }

    @Test
    void theCommandsLeadToAFrontThatItsAccountCannotChange() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "the page is followed as root, and nobody else can");
        HttpMember member = members.http("a", exchange -> {
            byte[] body = String.valueOf(exchange.getRequestHeaders().getFirst("X-Forwarded-For"))
                    .getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
        Path folder = Leftovers.directory("install");
        prepare(folder, member.uri());
        int port = Loopback.freePort();
        List<String> blocks = blocks();
        int stop = blocks.indexOf("kill \"$(cat \"$BASE/temp/tomcat.pid\")\"\n");
        assertThat(stop).isPositive();

        try {
            ServerProcess installed =
                    follow(String.join("\n", blocks.subList(0, stop)), folder, port, Loopback.freePort());
            assertThat(installed.awaitExit()).as(installed.output()).isZero();
            assertThat(installed.output()).contains("Syntax OK", "HTTP/2 200");
            ProcessHandle tomcat = tomcat(folder).orElseThrow();
            assertThat(tomcat.info().user()).contains(SERVICE);
            assertThat(RawClient.exchange(port, "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n")
                            .bodyText())
                    .contains("192.0.2.7");
            assertThat(writable(folder)).allMatch(path -> path.matches("srv/(logs|temp|work)(/.*)?"));
            assertThat(rights(folder, "srv/conf", "srv/conf/tls", "srv/webapps", "srv/bin"))
                    .containsOnly("rwxr-x---");
            assertThat(rights(folder, "srv/conf/server.xml", "srv/conf/tls/fairlead.pem", "srv/webapps/ROOT.war"))
                    .containsOnly("rw-r-----");

            String rest = blocks.get(0) + "GROUP=$(id -gn \"$SERVICE\")\n"
                    + String.join("\n", blocks.subList(stop, blocks.size()));
            ServerProcess afterwards = follow(rest, folder, port, Loopback.freePort());
            assertThat(afterwards.awaitExit()).as(afterwards.output()).isZero();
            await("the end").atMost(PATIENCE).until(() -> !tomcat.isAlive());
            assertThat(rights(folder, "srv/webapps/ROOT.war")).containsOnly("rw-r-----");
        } finally {
            tomcat(folder).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** The process that the page's commands have left running. */
    private static Optional<ProcessHandle> tomcat(Path folder) throws IOException {
        Path pid = folder.resolve("srv/temp/tomcat.pid");
        return Files.exists(pid)
                ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                : Optional.empty();
    }

    private static void prepare(Path folder, URI member) throws IOException {
        Files.createDirectory(folder.resolve("tomcat-conf"));
        try (Stream<Path> files = Files.list(Path.of("tomcat-conf"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve("tomcat-conf").resolve(file.getFileName()));
            }
        }
        // What the reader does with an editor.
        Files.writeString(
                folder.resolve("tomcat-conf/fairlead.conf"), ConfiguredTomcat.withMembers(List.of(member.toString())));
        Files.createSymbolicLink(
                folder.resolve("fairlead.war"),
                Path.of(System.getProperty("fairlead.war", "target/fairlead.war"))
                        .toAbsolutePath());
        Files.createSymbolicLink(folder.resolve("fairlead.jar"), FairleadJar.path());
    }

    /** What the account could change, by owner and rights. */
    private static List<String> writable(Path folder) throws IOException {
        ServerProcess find = ServerProcess.finish(new ProcessBuilder(
                        "find", "opt", "srv", "(", "-user", SERVICE, "-o", "-perm", "/022", ")", "-not", "-type", "l")
                .directory(folder.toFile()));
        List<String> found = find.output().lines().collect(Collectors.toList());
        assertThat(found).contains("srv/logs");
        return found;
    }

    private static List<String> rights(Path folder, String... paths) throws IOException {
        return Stream.of(paths)
                .map(path -> folder.resolve(path).toFile().toPath())
                .map(path -> {
                    try {
                        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
