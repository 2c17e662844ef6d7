package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application gets that depends on {@code org.fairlead:fairlead}: the proxy, and no container of ours. */
class LibraryJarIT {
    private static final Path LIBRARY = Path.of(System.getProperty("fairlead.library", "target/library/fairlead.jar"));
    private static final Path WAR = Path.of(System.getProperty("fairlead.war", "target/fairlead.war"));

    private static List<String> entries(Path archive) throws IOException {
        try (JarFile jar = new JarFile(archive.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    @Test
    void theLibraryHoldsOurClassesAloneAndNoLauncher() throws IOException {
        assertThat(entries(LIBRARY))
                .contains("org/fairlead/servlet/BalancerServlet.class", "org/fairlead/config/directives.tsv")
                .allMatch(name -> name.startsWith("org/fairlead/") || name.startsWith("META-INF/"))
                .noneMatch(name -> name.startsWith("META-INF/services/"))
                .noneMatch(name -> name.startsWith("org/fairlead/boot/"))
                .noneMatch(name -> name.startsWith("org/fairlead/connector/"));
    }

    @Test
    void theLibraryIsNoProgram() throws IOException {
        try (JarFile jar = new JarFile(LIBRARY.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isNull();
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("org.fairlead");
        }
    }

    @Test
    void theExecutableJarHoldsTheLibraryTheLauncherAndTheContainer() throws IOException {
        assertThat(entries(FairleadJar.path()))
                .containsAll(entries(LIBRARY).stream()
                        .filter(name -> name.startsWith("org/"))
                        .toList())
                .contains(
                        "org/fairlead/boot/Main.class",
                        "org/fairlead/connector/AcceptGate.class",
                        "webapp/WEB-INF/web.xml",
                        "org/apache/catalina/startup/Tomcat.class",
                        "org/slf4j/jul/JULServiceProvider.class",
                        "META-INF/services/org.slf4j.spi.SLF4JServiceProvider");
    }

    @Test
    void theWarLogsThroughItsContainerAndBringsNoContainer() throws IOException {
        assertThat(entries(WAR))
                .anyMatch(name -> name.matches("WEB-INF/lib/slf4j-jdk14-.*\\.jar"))
                .noneMatch(name -> name.matches("WEB-INF/lib/(tomcat|commons-cli|jakarta).*"))
                .noneMatch(name -> name.matches("WEB-INF/classes/org/fairlead/(boot|connector)/.*"));
    }

    /** Maven hands an optional dependency on to no dependent. */
    @ParameterizedTest
    @ValueSource(strings = {"slf4j-jdk14", "commons-cli", "tomcat-embed-core", "jakarta.annotation-api"})
    void whatTheLauncherNeedsIsHandedOnToNoDependent(String artifact) throws IOException {
        assertThat(dependency(artifact)).contains("<optional>true</optional>");
    }

    /** A range would be resolved by each dependent anew, with a look at a registry. */
    @Test
    void noDependencyAsksForARangeOfVersions() throws IOException {
        assertThat(dependency("smiley-http-proxy-servlet"))
                .contains("<exclusion>", "<artifactId>httpclient</artifactId>");
    }

    @ParameterizedTest
    @CsvSource({"httpclient5, httpclient", "slf4j-api, slf4j-jdk14"})
    void whatTheProxyNeedsIsHandedOn(String artifact, String unlike) throws IOException {
        assertThat(dependency(artifact)).isNotEqualTo(dependency(unlike)).doesNotContain("<optional>");
    }

    private static String dependency(String artifact) throws IOException {
        String all = Files.readString(Path.of("pom.xml"))
                .replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>|<plugins>.*", "");
        return Stream.of(all.split("(?=<dependency>)"))
                .filter(text -> Pattern.compile("(?s)<dependency>\\s*<groupId>[^<]*</groupId>\\s*<artifactId>"
                                + Pattern.quote(artifact) + "<")
                        .matcher(text)
                        .find())
                .findFirst()
                .orElseThrow();
    }
}
