package org.fairlead.wire;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One proxy for each {@link Setup}, started when the first row asks for it, with two members behind it. One thread. */
final class ProxyFixtures implements AutoCloseable {
    private final ProxyUnderTest.Kind kind;
    private final Map<Setup, House> houses = new EnumMap<>(Setup.class);
    private final boolean foldsNames;
    private int played;

    ProxyFixtures(ProxyUnderTest.Kind kind) {
        this(kind, false);
    }

    /**
     * A theatre for any proxy.
     *
     * @param foldsNames whether the container tells a WAR the names of fields in lower case only, so that their case
     *     cannot arrive
     */
    ProxyFixtures(ProxyUnderTest.Kind kind, boolean foldsNames) {
        this.kind = kind;
        this.foldsNames = foldsNames;
    }

    private record House(ProxyUnderTest proxy, WireMember memberA, WireMember memberB) {}

    /** Plays a row and fails if it does not end as it should. */
    void play(Row row) throws Exception {
        House house = house(row.setup());
        house.memberA.play(row.replies());
        house.memberB.play(row.repliesOfB());
        played++;
        try (CaseRunner stage =
                new CaseRunner(row, house.proxy.port(), played, house.memberA, house.memberB, foldsNames)) {
            row.play().on(stage);
            stage.probe();
        } catch (AssertionError | Exception e) {
            // What it left in the pool must not be the next row's problem.
            house.memberA.drop();
            house.memberB.drop();
            throw new AssertionError(
                    row + "\n  client sent " + Notation.shown(Notation.bytes(row.request())) + "\n" + e.getMessage()
                            + "\n  member got " + house.memberA.requests() + " violations "
                            + house.memberA.violations() + "\n" + tail(house.proxy.log()),
                    e);
        }
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
    }

    private House house(Setup setup) throws IOException {
        House house = houses.get(setup);
        if (house == null) {
            WireMember a = WireMember.start();
            WireMember b = WireMember.start();
            house = new House(kind.start(setup.configuration(a.port(), b.port())), a, b);
            houses.put(setup, house);
        }
        return house;
    }

    @Override
    public void close() throws IOException {
        for (House house : houses.values()) {
            house.proxy.close();
            house.memberA.close();
            house.memberB.close();
        }
    }
}
