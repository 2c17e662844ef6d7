package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a start makes the JVM load, up to the first answer. Time is not measured: it is these classes, and what they do when
 * they are loaded, that a start's time goes into.
 */
class StartClassesIT {
    /** 4,050 on JDK 17 and 4,110 on JDK 25; Tomcat's beans and its way to read web.xml would add 700. */
    private static final int MOST_CLASSES = 4_250;

    /** A few of ours, which the archive's own run did not come by. */
    private static final int MOST_BESIDE_ARCHIVE = 25;

    private static final String CONFIGURATION = """
            Listen 127.0.0.1:0
            <Location />
            Require all granted
            </Location>
            ProxyPass /x http://127.0.0.1:1
            Redirect /r http://localhost/
            """;

    /** Lines of the JVM: {@code [0.1s] name source: where}. */
    private static List<String> loadedUntilFirstAnswer(String... options) throws IOException {
        Path log = Leftovers.file("classes.log", "");
        // JMX waits for the configuration's first look.
        List<String> all = Stream.concat(
                        Stream.of(options),
                        Stream.of("-Dfairlead.config.interval=600000", "-Xlog:class+load:file=" + log))
                .toList();
        try (FairleadJar jar = FairleadJar.configured(CONFIGURATION, all.toArray(String[]::new))) {
            assertThat(RawClient.exchange(jar.port(), "GET /r HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                            .toString())
                    .contains("302");
            try (Stream<String> lines = Files.lines(log)) {
                return lines.filter(line -> line.contains(" source: ")).toList();
            }
        }
    }

    @Test
    void aStartLeavesAloneWhatItDoesNotNeed() throws IOException {
        List<String> loaded = loadedUntilFirstAnswer();
        assertThat(loaded).hasSizeBetween(1_000, MOST_CLASSES);
        assertThat(loaded)
                .noneMatch(line -> line.contains("com.sun.jmx.mbeanserver.JmxMBeanServer "))
                .noneMatch(line -> line.contains("org.apache.tomcat.util.digester."))
                .noneMatch(line -> line.contains("org.apache.catalina.startup.ContextConfig "))
                .noneMatch(line -> line.contains("org.apache.catalina.util.StandardSessionIdGenerator "))
                .noneMatch(line -> line.contains("java.lang.invoke.StringConcatFactory ") && line.contains("jrt:"));
    }

    @Test
    void theJdkTakesTheArchiveAndLoadsNextToNothingFromTheJar() throws IOException {
        Path archive = Leftovers.file("fairlead.archive", "");
        FairleadJar.Result made = FairleadJar.run("--archive-classes", archive + "");
        assertThat(made.exitCode()).as(made.output()).isZero();
        String option = made.output().replaceAll("(?s).*java (-XX:\\S+).*", "$1");
        assertThat(option).endsWith("=" + archive);

        // Without this word the JDK goes on without an archive that it does not like.
        String strict = option.startsWith("-XX:AOTCache=") ? "-XX:AOTMode=on" : "-Xshare:on";
        List<String> beside = loadedUntilFirstAnswer(option, strict).stream()
                .filter(line -> line.contains("fairlead.jar"))
                .toList();
        assertThat(beside).hasSizeLessThan(MOST_BESIDE_ARCHIVE);
    }
}
