package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/**
 * Apache httpd itself, Debian's binary with a configuration of the test's: what Fairlead is compared with.
 *
 * <p>Nothing of the system's own httpd is read or touched: the server root is a temporary folder, the only port is a
 * free one of 127.0.0.1. The test's text is included as it is, and may use {@code ${PORT}} and {@code ${ROOT}}.
 */
public final class Httpd implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/sbin/apache2");
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 3;
    /** What a reverse proxy's configuration may ask for, in an order that satisfies what they need of each other. */
    private static final List<String> MODULE_NAMES = List.of(
            "mpm_event",
            "authn_core",
            "authn_file",
            "authz_core",
            "authz_groupfile",
            "authz_host",
            "authz_user",
            "auth_basic",
            "access_compat",
            "alias",
            "dir",
            "env",
            "mime",
            "setenvif",
            "headers",
            "rewrite",
            "reqtimeout",
            "remoteip",
            "filter",
            "deflate",
            "substitute",
            "slotmem_shm",
            "socache_shmcb",
            "ssl",
            "proxy",
            "proxy_http",
            "proxy_ajp",
            "proxy_wstunnel",
            "proxy_balancer",
            "proxy_hcheck",
            "lbmethod_byrequests",
            "lbmethod_bytraffic",
            "lbmethod_bybusyness",
            "status");

    private final ServerProcess process;
    private final Path root;
    private final int port;

    private Httpd(ServerProcess process, Path root, int port) {
        this.process = process;
        this.root = root;
        this.port = port;
    }

    /** Returns whether Debian's httpd is on this machine. */
    public static boolean isInstalled() {
        return Files.isExecutable(BINARY) && Files.isDirectory(MODULES);
    }

    /** Skips the test, loudly, where httpd is missing: such a run has compared nothing. */
    public static void assumeInstalled() {
        if (!isInstalled()) {
            System.err.println("SKIPPED: no httpd at " + BINARY + ", so nothing is compared with it"
                    + " (apt-get install apache2)");
        }
        Assumptions.assumeTrue(isInstalled(), "httpd is installed at " + BINARY);
    }

    /** Starts httpd with the text included in its main configuration, and returns when it accepts connections. */
    public static Httpd start(String configuration) {
        return start(configuration, Map.of());
    }

    /**
     * Starts httpd with further files beside the configuration.
     *
     * @param files path below {@code ${ROOT}} to content
     */
    public static Httpd start(String configuration, Map<String, String> files) {
        String output = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = Loopback.freePort();
            Path root = prepare(configuration, files, port);
            Httpd httpd = new Httpd(ServerProcess.start(command(root, "-DFOREGROUND")), root, port);
            await("httpd")
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !httpd.isRunning() || httpd.isUp());
            if (httpd.isRunning()) {
                return httpd;
            }
            output = httpd.process.output() + "\n" + httpd.log();
            if (!output.contains("could not bind")) {
                break;
            }
        }
        throw new IllegalStateException("httpd did not start:\n" + output);
    }

    /** Returns what {@code apache2 -t} says of the text: "Syntax OK", or the first error. */
    public static String check(String configuration) {
        Path root = prepare(configuration, Map.of(), Loopback.freePort());
        return ServerProcess.finish(command(root, "-t")).output();
    }

    private static ProcessBuilder command(Path root, String option) {
        return new ProcessBuilder(
                BINARY.toString(), "-d", root.toString(), "-f", root.resolve("main.conf") + "", option);
    }

    private static Path prepare(String configuration, Map<String, String> files, int port) {
        Path root = Leftovers.directory("httpd");
        write(root, "main.conf", mainConfiguration(root, port));
        write(root, "test.conf", configuration);
        write(root, "mime.types", "text/html html\ntext/plain txt\n");
        write(root, "htdocs/.keep", "");
        files.forEach((path, content) -> write(root, path, content));
        return root;
    }

    private static String mainConfiguration(Path root, int port) {
        String modules = MODULE_NAMES.stream()
                .map(name -> "LoadModule " + name + "_module " + MODULES + "/mod_" + name + ".so\n")
                .collect(Collectors.joining());
        // One process with threads: what the balancers count is then in one place, as it is in Fairlead.
        return modules + """
                Define ROOT %s
                Define PORT %d
                ServerName localhost
                ServerRoot ${ROOT}
                PidFile ${ROOT}/httpd.pid
                DefaultRuntimeDir ${ROOT}
                Mutex default
                ErrorLog ${ROOT}/error.log
                LogLevel info
                User www-data
                Group www-data
                Listen 127.0.0.1:${PORT}
                ServerLimit 1
                StartServers 1
                ThreadsPerChild 64
                ThreadLimit 64
                MaxRequestWorkers 64
                TypesConfig ${ROOT}/mime.types
                DocumentRoot ${ROOT}/htdocs
                Include ${ROOT}/test.conf
                """.formatted(root, port);
    }

    private static void write(Path root, String path, String content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pid file is written once all ports are bound, so whoever accepts then is this very server. */
    private boolean isUp() {
        return Files.exists(root.resolve("httpd.pid")) && Loopback.accepts(port);
    }

    /** Returns whether it still runs. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Returns the address it listens on, without a slash at its end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns the port it listens on. */
    public int port() {
        return port;
    }

    /** Returns the server root, where the test's files are. */
    public Path root() {
        return root;
    }

    /** Returns the error log so far. */
    public String log() {
        try {
            Path log = root.resolve("error.log");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and its children. */
    @Override
    public void close() {
        process.close();
    }
}
