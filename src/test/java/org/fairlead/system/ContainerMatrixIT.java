package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The WAR in every container does what the manual's table says of it, row by row.
 *
 * <p>The large ones are there with the profile {@code containers-more}.
 */
class ContainerMatrixIT {
    private static final Path PAGE = Path.of("src/site/markdown/containers.md");
    private static final String CORNER = "| over HTTP/1.1 |";

    /** {@code -Dfairlead.container=WILDFLY} runs one of them. */
    private static final String ONLY = System.getProperty("fairlead.container", ".*");

    /** The servlet four times, each found in a way of its own. */
    private static final String MAPPINGS = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
            %s</web-app>
            """.formatted(
            servlet("root", "/") + servlet("prefix", "/p/*") + servlet("ending", "*.ext") + servlet("one", "/exact"));

    private static String servlet(String name, String pattern) {
        return """
                <servlet>
                    <servlet-name>%s</servlet-name>
                    <servlet-class>org.fairlead.servlet.BalancerServlet</servlet-class>
                    <load-on-startup>1</load-on-startup>
                    <async-supported>true</async-supported>
                </servlet>
                <servlet-mapping><servlet-name>%s</servlet-name><url-pattern>%s</url-pattern></servlet-mapping>
                """.formatted(name, name, pattern);
    }

    private static Path mapped() throws IOException {
        Path war = Leftovers.directory("mappings").resolve("mappings.war");
        Files.copy(Path.of(System.getProperty("fairlead.war", "target/fairlead.war")), war);
        try (FileSystem archive = FileSystems.newFileSystem(war)) {
            Files.writeString(archive.getPath("WEB-INF/web.xml"), MAPPINGS);
        }
        return war;
    }

    @ParameterizedTest
    @EnumSource
    void doesWhatTheManualsTableSays(Containers make) throws Exception {
        Assumptions.assumeTrue(make.name().matches(ONLY));
        Assumptions.assumeTrue(!make.isLarge() || Files.exists(make.archive()), make + " comes with -Pcontainers-more");
        try (ContainerMembers members = new ContainerMembers();
                Container container = make.deploy()
                        .as("app")
                        .also("mappings", mapped())
                        .configuration(members.configuration())
                        .roomy()
                        .watching()
                        .start()) {
            Map<String, String> measured = new ContainerRows(container, members).measure();
            String log = container.log();
            assertThat(measured).as(log).isEqualTo(written(make));
            assertThat(measured.values()).as(log).doesNotContain("500", "hangs");
        }
    }

    /** The column of a container in the manual. */
    private static Map<String, String> written(Containers make) throws IOException {
        Map<String, String> column = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(PAGE)) {
            List<List<String>> table = lines.dropWhile(line -> !line.startsWith(CORNER))
                    .takeWhile(line -> line.startsWith("|"))
                    .filter(line -> !line.startsWith("|---"))
                    .map(ContainerMatrixIT::cells)
                    .toList();
            table.stream().skip(1).forEach(row -> column.put(row.get(0), row.get(1 + make.ordinal())));
        }
        return column;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }
}
