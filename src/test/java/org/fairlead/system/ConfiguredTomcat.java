package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * @param members addresses, in the place of those in {@code fairlead.conf}
     * @param properties of the system, besides the ports
     */
    static ConfiguredTomcat start(Containers make, List<URI> members, Map<String, String> properties) {
        String log = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ConfiguredTomcat tomcat = launch(make, members, properties);
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

    private static ConfiguredTomcat launch(Containers make, List<URI> members, Map<String, String> properties) {
        int port = Loopback.freePort();
        int securePort = Loopback.freePort();
        try {
            Path base = Leftovers.directory("tomcat");
            for (String directory : List.of("bin", "conf/tls", "logs", "temp", "webapps", "work")) {
                Files.createDirectories(base.resolve(directory));
            }
            for (String file : List.of("server.xml", "context.xml", "logging.properties")) {
                Files.copy(FILES.resolve(file), base.resolve("conf").resolve(file));
            }
            Files.copy(FILES.resolve("setenv.sh"), base.resolve("bin/setenv.sh"));
            Files.writeString(base.resolve("conf/fairlead.conf"), withMembers(members));
            Path war = Path.of(System.getProperty("fairlead.war", "target/fairlead.war"));
            Files.copy(war, base.resolve("webapps/ROOT.war"));
            showCertificate(base, "rsa", "rsa");

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

    /** The folder's configuration with other members. */
    static String withMembers(List<URI> members) throws IOException {
        String text = Files.readString(FILES.resolve("fairlead.conf"));
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

    private static void showCertificate(Path base, String certificate, String key) throws IOException {
        // The key first, as who renews one may do: nothing but a whole new pair may be shown.
        Files.copy(
                CERTIFICATES.resolve(key + ".key"),
                base.resolve("conf/tls/fairlead.key"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                CERTIFICATES.resolve(certificate + ".crt"),
                base.resolve("conf/tls/fairlead.crt"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts other files in the place of its certificate and key: {@code rsa} or {@code ec} for each. */
    void renew(String certificate, String key) throws IOException {
        showCertificate(base(), certificate, key);
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

    /** Lines of the log that complain. */
    List<String> complaints() {
        return log().lines()
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
