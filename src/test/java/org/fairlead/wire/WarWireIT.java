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
    private static final Map<Containers, ProxyFixtures> THEATRES = new EnumMap<>(Containers.class);
    private static final String ONLY = System.getProperty("fairlead.wire.rows", ".*");

    /** Tomcat adds its Keep-Alive to a 101 too, unless its connector has useKeepAliveResponseHeader="false". */
    private static final String KEEPS_NOTHING_ALIVE = "the head of a 101 keeps nothing alive";

    /** Tomcat writes Content-Type anew from its parts. */
    private static final Set<String> OF_TOMCAT = Set.of("answer: Content-Type as it is", KEEPS_NOTHING_ALIVE);

    /** Tomcat 10.1 tells the names of fields in lower case. */
    private static final Set<String> OF_TOMCAT_10 = Set.of(
            "answer: Content-Type as it is",
            KEEPS_NOTHING_ALIVE,
            "fields keep case and order",
            "a field on several lines stays on several",
            "the request arrives as it was asked");

    private static final Set<String> OF_JETTY = Set.of(
            // HttpServletRequest.upgrade ends its input before it begins in Jetty 12.1's ee10: such requests get 501.
            "a tunnel carries bytes both ways",
            "bytes that came with the 101 are not lost",
            "bytes that the client sent with its request are not lost",
            "64 KiB each way at once",
            "the member ends the tunnel",
            "the client ends the tunnel, and the member's connection is closed",
            "the client breaks the tunnel, and the member's connection is closed",
            "one direction may end before the other",
            "a silent tunnel is ended",
            "the request arrives as it was asked",
            "the member's fields arrive with the 101",
            KEEPS_NOTHING_ALIVE,
            "any protocol where any is allowed",
            "a refused handshake stays HTTP",
            "a handshake answered with 200 stays HTTP",
            "a refused handshake, and what follows is parsed",
            "a wrong WebSocket version is the member's to refuse",
            "a 101 to another protocol",
            "a 101 without a protocol",
            "a member that dies within the handshake",
            // Fields that Jetty knows are spelled as Jetty does.
            "fields keep case and order",
            // The ee10 environment refuses what it calls ambiguous before a servlet hears of it.
            "target '/a%2Fb' as it is",
            "target '/a%2fb' as it is",
            "target '/a%252Fb' as it is",
            "target '/a%25b' as it is",
            "slashes are kept",
            "what follows the prefix is kept byte for byte",
            // Jetty takes every Upgrade for an attempt at h2c, and answers Expect of old clients too.
            "Upgrade alone is dropped",
            "Upgrade that Connection does not name asks for nothing",
            "Expect from a 1.0 client is ignored");

    /** Row by row what a container does otherwise, and why nothing can be done about it in a WAR. */
    private static final Map<Containers, Set<String>> DIFFERENCES = Map.of(
            Containers.TOMCAT_10_1, OF_TOMCAT_10, Containers.TOMCAT_11, OF_TOMCAT, Containers.JETTY_12_1, OF_JETTY);

    static Stream<Arguments> rows() {
        List<Row> rows = Rows.all().stream()
                .filter(row -> !row.isContainersOwn() && row.setup() != Setup.LIMITED)
                .filter(row -> row.name().matches(ONLY))
                .toList();
        return Containers.ofEveryBuild().flatMap(container -> rows.stream().map(row -> Arguments.of(container, row)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void endsAsTheTableSays(Containers container, Row row) throws Exception {
        Assumptions.assumeFalse(DIFFERENCES.get(container).contains(row.name()), "a listed difference");
        THEATRES.computeIfAbsent(
                        container,
                        other -> new ProxyFixtures(ProxyUnderTest.war(other), other == Containers.TOMCAT_10_1))
                .play(row);
    }

    @AfterAll
    static void end() throws IOException {
        for (ProxyFixtures theatre : THEATRES.values()) {
            theatre.close();
        }
    }
}
