package org.fairlead.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The servlet containers that the WAR is deployed into, as their projects distribute them.
 *
 * <p>Good for {@code @EnumSource(Containers.class)}. A distribution is unpacked once per JVM, and every deployment has
 * a base folder and a process of its own. The archives are copied by the build before the system tests.
 */
public enum Containers {
    /** Servlet 6.0: the oldest Tomcat with Jakarta's names that is still maintained. */
    TOMCAT_10_1("tomcat-10.1.tar.gz", new TomcatBase()),
    /** Servlet 6.1. */
    TOMCAT_11("tomcat-11.0.tar.gz", new TomcatBase()),
    /** Servlet 6.0, in the ee10 environment. */
    JETTY_12_1("jetty-12.1.tar.gz", new JettyBase());

    private static final Map<Containers, Path> HOMES = new ConcurrentHashMap<>();

    private final String archive;
    private final Base base;

    Containers(String archive, Base base) {
        this.archive = archive;
        this.base = base;
    }

    /** How one make of container is set up in an empty folder. */
    interface Base {
        /**
         * Fills the folder and returns the command that runs the container in the foreground.
         *
         * @param port a free one, to be bound on 127.0.0.1 only
         */
        ProcessBuilder prepare(Path home, Path base, int port, Deployment deployment) throws IOException;

        /** Returns settings that let through what httpd lets through. */
        Map<String, String> roomy();
    }

    /** Returns a deployment to describe and start: this build's WAR as ROOT unless told otherwise. */
    public Deployment deploy() {
        return new Deployment(this);
    }

    Base base() {
        return base;
    }

    /** Returns the unpacked distribution, which nobody writes to. */
    Path home() {
        return HOMES.computeIfAbsent(this, Containers::unpack);
    }

    /** Returns the distribution as its project packs it. */
    Path archive() {
        return Path.of(System.getProperty("fairlead.containers", "target/containers"), archive)
                .toAbsolutePath();
    }

    private static Path unpack(Containers container) {
        Path archive = container.archive();
        if (!Files.exists(archive)) {
            throw new IllegalStateException("no " + archive + ": mvn pre-integration-test puts it there");
        }
        Path directory = Leftovers.directory("containers");
        ServerProcess tar =
                ServerProcess.finish(new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", directory.toString()));
        try (Stream<Path> children = Files.list(directory)) {
            return children.findFirst()
                    .orElseThrow(() -> new IllegalStateException(archive + " is empty: " + tar.output()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
