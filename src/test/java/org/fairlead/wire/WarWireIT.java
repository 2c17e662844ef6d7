package org.fairlead.wire;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fairlead.system.Containers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The part of the table that is ours and not the container's parser's, against the WAR in every container.
 *
 * <p>What a container cannot do is listed here with the reason, and skipped where it is listed.
 */
class WarWireIT {
    private static final Map<Containers, Theatre> THEATRES = new EnumMap<>(Containers.class);
    private static final String ONLY = System.getProperty("fairlead.wire.rows", ".*");

    /** Row by row what a container does otherwise, and why nothing can be done about it in a WAR. */
    private static final Map<Containers, Set<String>> DIFFERENCES =
            Map.of(Containers.TOMCAT_10_1, Set.of(), Containers.TOMCAT_11, Set.of(), Containers.JETTY_12_1, Set.of());

    static Stream<Arguments> rows() {
        List<Row> rows = Rows.all().stream()
                .filter(row -> !row.isContainersOwn() && row.setup() != Setup.LIMITED)
                .filter(row -> row.name().matches(ONLY))
                .toList();
        return Stream.of(Containers.values())
                .flatMap(container -> rows.stream().map(row -> Arguments.of(container, row)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void endsAsTheTableSays(Containers container, Row row) throws Exception {
        Assumptions.assumeFalse(DIFFERENCES.get(container).contains(row.name()), "a listed difference");
        THEATRES.computeIfAbsent(container, other -> new Theatre(ProxyUnderTest.war(other)))
                .play(row);
    }

    @AfterAll
    static void end() throws IOException {
        for (Theatre theatre : THEATRES.values()) {
            theatre.close();
        }
    }
}
