package org.fairlead.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The servlet containers that the WAR is deployed into, as their projects distribute them.
 *
 * <p>A distribution is unpacked once per JVM, and every deployment has a base folder and a process of its own. The
 * archives are copied by the build before the system tests: those of {@link #ofEveryBuild} always, the large ones by
 * the profile {@code containers-more}.
 */
public enum Containers {
    /** Servlet 6.0: the oldest Tomcat with Jakarta's names that is still maintained. */
    TOMCAT_10_1("tomcat-10.1.tar.gz", new TomcatBase()),
    /** Servlet 6.1. */
    TOMCAT_11("tomcat-11.0.tar.gz", new TomcatBase()),
    /** Servlet 6.0, in the ee10 environment. */
    JETTY_12_1("jetty-12.1.tar.gz", new JettyBase("ee10")),
    /** Servlet 6.1, in the ee11 environment. */
    JETTY_12_1_EE11("jetty-12.1.tar.gz", new JettyBase("ee11")),
    /** Servlet 6.0, by Undertow. */
    WILDFLY("wildfly.zip", new WildFlyBase()),
    /** Servlet 6.0. */
    OPEN_LIBERTY("openliberty.zip", new LibertyBase()),
    /** Servlet 6.0, by a Catalina of its own over Grizzly. */
    PAYARA_MICRO("payara-micro.jar", new PayaraBase());

    private static final Map<String, Path> HOMES = new ConcurrentHashMap<>();

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

        /** Folder below the base that web applications are deployed from. */
        default String webapps() {
            return "webapps";
        }
    }

    /** Returns those whose archives every build has, one of each make and version. */
    public static Stream<Containers> ofEveryBuild() {
        return Stream.of(TOMCAT_10_1, TOMCAT_11, JETTY_12_1);
    }

    /** Whether its archive belongs to a profile of the build. */
    boolean isLarge() {
        return List.of(WILDFLY, OPEN_LIBERTY, PAYARA_MICRO).contains(this);
    }

    /** Returns a deployment to describe and start: this build's WAR as ROOT unless told otherwise. */
    public Deployment deploy() {
        return new Deployment(this);
    }

    Base base() {
        return base;
    }

    /** Returns the unpacked distribution, which nobody writes to; an archive that is a program stays as it is. */
    Path home() {
        return archive.endsWith(".jar") ? archive() : HOMES.computeIfAbsent(archive, name -> unpack(archive()));
    }

    /** Returns the distribution as its project packs it. */
    Path archive() {
        return Path.of(System.getProperty("fairlead.containers", "target/containers"), archive)
                .toAbsolutePath();
    }

    private static Path unpack(Path archive) {
        if (!Files.exists(archive)) {
            throw new IllegalStateException("no " + archive + ": mvn pre-integration-test puts it there");
        }
        Path directory = Leftovers.directory("containers");
        ServerProcess unpacking = ServerProcess.finish(new ProcessBuilder(
                        archive.toString().endsWith(".zip")
                                ? List.of(FairleadJar.jdk("jar"), "-xf", archive.toString())
                                : List.of("tar", "-xzf", archive.toString()))
                .directory(directory.toFile()));
        try (Stream<Path> children = Files.list(directory)) {
            return children.findFirst()
                    .orElseThrow(() -> new IllegalStateException(archive + " is empty: " + unpacking.output()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
