package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Tomcat as its project distributes it, with exactly the files of {@code tomcat-conf/} and the WAR as ROOT.
 *
 * <p>Of the files only the members' addresses are changed; ports and the like are system properties, as for an operator.
 */
final class ConfiguredTomcat implements AutoCloseable {
    private static final Path FILES = Path.of("tomcat-conf");
    private static final Path CERTIFICATES = Path.of("src/test/resources/org/fairlead/config/tls");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ATTEMPTS = 3;

    private final Container container;
    private final int securePort;

    private ConfiguredTomcat(Container container, int securePort) {
        this.container = container;
        this.securePort = securePort;
    }

    /**
     * Starts it with the RSA certificate, and returns when it has started.
     *
     * @param members addresses with their parameters, in the place of those in {@code fairlead.conf}
     * @param properties of the system, besides the ports
     */
    static ConfiguredTomcat start(Containers make, List<String> members, Map<String, String> properties) {
        return start(make, properties, UnaryOperator.identity(), text -> withMembers(text, members));
    }

    /**
     * The same with other changes.
     *
     * @param server what becomes of {@code server.xml}
     * @param configuration what becomes of {@code fairlead.conf}
     */
    static ConfiguredTomcat start(
            Containers make,
            Map<String, String> properties,
            UnaryOperator<String> server,
            UnaryOperator<String> configuration) {
        String log = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ConfiguredTomcat tomcat = launch(make, properties, server, configuration);
            await(make + "")
                    .atMost(PATIENCE)
                    .until(() -> !tomcat.container.isRunning() || tomcat.log().contains("Server startup in ["));
            if (tomcat.container.isRunning()) {
                return tomcat;
            }
            log = tomcat.log();
        }
        throw new IllegalStateException(make + " did not start:\n" + log);
    }

    private static ConfiguredTomcat launch(
            Containers make,
            Map<String, String> properties,
            UnaryOperator<String> server,
            UnaryOperator<String> configuration) {
        int port = Loopback.freePort();
        int securePort = Loopback.freePort();
        try {
            Path base = Leftovers.directory("tomcat");
            for (String directory : List.of("bin", "conf/tls", "logs", "temp", "webapps", "work")) {
                Files.createDirectories(base.resolve(directory));
            }
            for (String file : List.of("context.xml", "logging.properties")) {
                Files.copy(FILES.resolve(file), base.resolve("conf").resolve(file));
            }
            change("server.xml", base, server);
            change("fairlead.conf", base, configuration);
            Files.copy(FILES.resolve("setenv.sh"), base.resolve("bin/setenv.sh"));
            Path war = Path.of(System.getProperty("fairlead.war", "target/fairlead.war"));
            Files.copy(war, base.resolve("webapps/ROOT.war"));
            show(base, pem("rsa"));

            Map<String, String> all = new LinkedHashMap<>(properties);
            // Whoever runs the tests may be root; that root is refused is asked for in a test of its own.
            all.putIfAbsent("fairlead.refusedUsers", "");
            ProcessBuilder builder =
                    new ProcessBuilder(make.home().resolve("bin/catalina.sh").toString(), "run");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("CATALINA_HOME", make.home().toString());
            builder.environment().put("CATALINA_BASE", base.toString());
            builder.environment().put("FAIRLEAD_HTTP_ADDRESS", "127.0.0.1");
            builder.environment().put("FAIRLEAD_HTTPS_ADDRESS", "127.0.0.1");
            builder.environment().put("FAIRLEAD_HTTP_PORT", port + "");
            builder.environment().put("FAIRLEAD_HTTPS_PORT", securePort + "");
            builder.environment().put("FAIRLEAD_HEAP", "128m");
            builder.environment()
                    .put(
                            "CATALINA_OPTS",
                            all.entrySet().stream()
                                    .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                                    .collect(Collectors.joining(" ")));
            return new ConfiguredTomcat(new Container(ServerProcess.start(builder), base, port), securePort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void change(String file, Path base, UnaryOperator<String> change) throws IOException {
        Files.writeString(base.resolve("conf").resolve(file), change.apply(Files.readString(FILES.resolve(file))));
    }

    /** The folder's configuration with other members. */
    static String withMembers(List<String> members) throws IOException {
        return withMembers(Files.readString(FILES.resolve("fairlead.conf")), members);
    }

    private static String withMembers(String text, List<String> members) {
        String changed = text.replaceAll(
                "(?m)(^ *BalancerMember .*\\n)+",
                members.stream()
                        .map(member -> "    BalancerMember " + member + "\n")
                        .collect(Collectors.joining()));
        if (changed.equals(text)) {
            throw new IllegalStateException("no members to change in:\n" + text);
        }
        return changed;
    }

    private static void show(Path base, String pem) throws IOException {
        Path fresh = Files.writeString(base.resolve("conf/tls/new.pem"), pem);
        Files.move(fresh, base.resolve("conf/tls/fairlead.pem"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Key and certificate of the tests, {@code rsa} or {@code ec}, as one file. */
    static String pem(String kind) throws IOException {
        return Files.readString(CERTIFICATES.resolve(kind + ".key"))
                + Files.readString(CERTIFICATES.resolve(kind + ".crt"));
    }

    /** Puts another file in the place of its certificate, by a rename. */
    void renew(String pem) throws IOException {
        show(base(), pem);
    }

    int port() {
        return container.port();
    }

    int securePort() {
        return securePort;
    }

    Path base() {
        return container.base();
    }

    long pid() {
        return container.pid();
    }

    boolean isRunning() {
        return container.isRunning();
    }

    String log() {
        return container.log();
    }

    /** Those lines of a log that complain. */
    static List<String> complaints(String log) {
        return log.lines()
                .filter(line -> line.contains(" WARNING [") || line.contains(" SEVERE ["))
                .toList();
    }

    /** Ends it by SIGTERM and returns the exit code. */
    int stop() {
        return container.stop();
    }

    @Override
    public void close() {
        container.close();
    }
}
