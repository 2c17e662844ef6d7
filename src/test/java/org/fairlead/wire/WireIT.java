package org.fairlead.wire;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole table against the executable jar.
 *
 * <p>With {@code -Dfairlead.wire.target=httpd} the rows that httpd is held to run against httpd instead, which tries
 * the table and not the proxy. {@code -Dfairlead.wire.rows=} takes a pattern of names.
 */
class WireIT {
    private static final boolean HTTPD = "httpd".equals(System.getProperty("fairlead.wire.target"));
    private static final String ONLY = System.getProperty("fairlead.wire.rows", ".*");
    private static final ProxyFixtures THEATRE = new ProxyFixtures(HTTPD ? ProxyUnderTest::httpd : ProxyUnderTest::jar);

    static Stream<Row> rows() {
        List<Row> rows = Rows.all();
        return rows.stream()
                .filter(row -> !HTTPD || row.isAsHttpd())
                .filter(row -> row.name().matches(ONLY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void endsAsTheTableSays(Row row) throws Exception {
        THEATRE.play(row);
    }

    @AfterAll
    static void end() throws IOException {
        THEATRE.close();
    }
}
