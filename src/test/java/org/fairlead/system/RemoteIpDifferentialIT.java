package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.fairlead.access.RemoteIpTable;
import org.fairlead.access.RemoteIpTable.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds a running httpd, and Fairlead, to the table of {@link RemoteIpTable}: one virtual host a configuration. */
class RemoteIpDifferentialIT {
    private static final RemoteIpTable TABLE = RemoteIpTable.read();

    private static RawMember member;
    private static Httpd httpd;
    private static FairleadJar fairlead;

    @BeforeAll
    static void start() throws IOException {
        Httpd.assumeInstalled();
        member = RawMember.answering(request -> "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        httpd = Httpd.start(configuration("${PORT}"));
        fairlead = FairleadJar.configured("Listen 127.0.0.1:0\n" + configuration("*"));
    }

    private static String configuration(String port) {
        StringBuilder text = new StringBuilder();
        TABLE.configurations()
                .forEach((name, lines) -> text.append("<VirtualHost *:" + port + ">\nServerName " + name + ".example\n")
                        .append(lines)
                        .append("\nProxyPass / http://127.0.0.1:" + member.port() + "/\n</VirtualHost>\n"));
        return text.toString();
    }

    @AfterAll
    static void stop() throws IOException {
        if (member != null) {
            fairlead.close();
            httpd.close();
            member.close();
        }
    }

    static Stream<Row> rows() {
        return TABLE.rows().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAsTheTableSays(Row row) throws IOException {
        WireMessage fromHttpd = received(httpd.port(), row);
        assertThat(client(fromHttpd)).as("client").isEqualTo(row.client());
        assertThat(rest(fromHttpd, row)).as("rest").isEqualTo(row.rest());
        assertThat(value(fromHttpd, "X-Proxies")).as("proxies").isEqualTo(row.proxies());

        WireMessage fromUs = received(fairlead.port(), row);
        boolean same = row.decision().isEmpty();
        assertThat(client(fromUs)).as("our client").isEqualTo(same ? row.client() : row.peer());
        if (!TABLE.isNamed(row)) {
            // A stranger's claims do not reach the member.
            assertThat(rest(fromUs, row)).as("our rest").isEqualTo("-");
        } else if (same) {
            assertThat(rest(fromUs, row)).as("our rest").isEqualTo(row.rest());
            assertThat(value(fromUs, "X-Proxies")).as("our proxies").isEqualTo(row.proxies());
        }
    }

    private static WireMessage received(int port, Row row) throws IOException {
        int before = member.requests().size();
        String fields = row.fields().isEmpty() ? "" : row.fields().replace("|", "\r\n") + "\r\n";
        try (RawClient client =
                RawClient.over(new Socket(Loopback.address(), port, InetAddress.getByName(row.peer()), 0))) {
            client.send("GET / HTTP/1.1\r\nHost: " + row.configuration() + ".example\r\n" + fields + "\r\n");
            assertThat(client.readFinal().status()).isEqualTo(200);
        }
        return member.requests().get(before);
    }

    /** The last word of X-Forwarded-For: both proxies append the client there. */
    private static String client(WireMessage request) {
        String[] addresses = value(request, "X-Forwarded-For").split(", ");
        return addresses[addresses.length - 1];
    }

    private static String rest(WireMessage request, Row row) {
        String value = value(request, row.header());
        if (!row.header().equals("X-Forwarded-For")) {
            return value;
        }
        int end = value.lastIndexOf(',');
        return end < 0 ? "-" : value.substring(0, end);
    }

    private static String value(WireMessage request, String name) {
        List<String> values = request.headerLines().stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
        return values.isEmpty() ? "-" : String.join(", ", values);
    }
}
