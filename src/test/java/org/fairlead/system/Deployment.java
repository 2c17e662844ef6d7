package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is put into a container and how the container is run: described step by step, then {@link #start started}.
 *
 * <p>May be started more than once; each start is a container of its own. One thread.
 */
public final class Deployment {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int ATTEMPTS = 3;

    private final Containers container;
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, Path> others = new LinkedHashMap<>();
    private Path war = Path.of(System.getProperty("fairlead.war", "target/fairlead.war"));
    private String contextName = "ROOT";

    Deployment(Containers container) {
        this.container = container;
    }

    /** Deploys this WAR instead of the build's. */
    public Deployment war(Path path) {
        war = path;
        return this;
    }

    /** Deploys under this context name: {@code app} answers at {@code /app}; ROOT, the default, at {@code /}. */
    public Deployment as(String name) {
        contextName = name;
        return this;
    }

    /** Deploys another WAR beside it, under a context name of its own. */
    public Deployment also(String name, Path path) {
        others.put(name, path);
        return this;
    }

    /** Sets a system property of the container, {@code fairlead.config} for instance. */
    public Deployment property(String name, String value) {
        return jvm("-D" + name + "=" + value);
    }

    /** Adds options of the container's JVM, {@code -Xmx64m} for instance; they hold no spaces. */
    public Deployment jvm(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** Writes the WAR's configuration, in httpd's syntax, and says where it is. */
    public Deployment configuration(String text) {
        return property("fairlead.config", Leftovers.file("fairlead.conf", text).toString());
    }

    /** Sets the connector as the manual advises: heads, targets and encoded slashes as large and free as httpd's. */
    public Deployment roomy() {
        container.base().roomy().forEach(this::setting);
        return this;
    }

    /** Has the container look every second, or as often as it can, whether a WAR has come or gone. */
    public Deployment watching() {
        if (container.base() instanceof JettyBase) {
            return setting("jetty.deploy.scanInterval", "1");
        }
        return property(TomcatBase.BACKGROUND_SECONDS, "1");
    }

    /** Sets an environment variable of the container. */
    public Deployment environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Sets an attribute of Tomcat's connector, or a start property of Jetty ({@code jetty.httpConfig.uriCompliance}). */
    public Deployment setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Writes a file below the container's base before the start, over the distribution's if there is one. */
    public Deployment file(String path, String content) {
        files.put(path, content);
        return this;
    }

    /** Copies the WARs into a folder, each under its context name. */
    void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.copy(war, folder.resolve(contextName + ".war"));
        for (Map.Entry<String, Path> other : others.entrySet()) {
            Files.copy(other.getValue(), folder.resolve(other.getKey() + ".war"));
        }
    }

    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(FairleadJar.QUICK_START);
        options.addAll(jvmOptions);
        return options;
    }

    Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Starts the container and returns when it answers, whatever the status; fails with its log if it does not. */
    public Container start() {
        String log = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Container started = launch();
            await(container + " with " + war)
                    .atMost(PATIENCE)
                    .until(() -> !started.isRunning() || started.hasFailedToBind() || Loopback.answers(started.port()));
            if (started.isRunning() && !started.hasFailedToBind()) {
                return started;
            }
            started.close();
            log = started.log();
        }
        throw new IllegalStateException(container + " did not start:\n" + log);
    }

    private Container launch() {
        try {
            int port = Loopback.freePort();
            Path base = Leftovers.directory(container.name().toLowerCase());
            ProcessBuilder builder = container.base().prepare(container.home(), base, port, this);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = base.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            builder.environment().putAll(environment);
            return new Container(
                    ServerProcess.start(builder),
                    base,
                    port,
                    base.resolve(container.base().webapps()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
