package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fairlead.rewrite.RewriteTable;
import org.fairlead.rewrite.RewriteTable.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of rules, asked of a running httpd and of the jar: one server of each, with a virtual host for each row. */
class RewriteRulesIT {
    private static RawMember first;
    private static RawMember second;
    private static Path folder;
    private static FairleadJar fairlead;
    private static Optional<Httpd> httpd = Optional.empty();

    @BeforeAll
    static void start() throws IOException {
        first = RawMember.answering(request -> echo(request, "b1"));
        second = RawMember.answering(request -> echo(request, "b2"));
        folder = RewriteTable.files(Leftovers.directory("rewrite"));
        String text = RewriteTable.configuration(authority(first), authority(second), folder);
        if (Httpd.isInstalled()) {
            httpd = Optional.of(Httpd.start(text));
        }
        fairlead = FairleadJar.configured("Listen 127.0.0.1:0\n" + text);
    }

    @AfterAll
    static void stop() throws IOException {
        httpd.ifPresent(Httpd::close);
        if (fairlead != null) {
            fairlead.close();
        }
        first.close();
        second.close();
    }

    static List<Row> rows() {
        return RewriteTable.rows();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void httpdDoesWhatTheTableSays(Row row) throws IOException {
        if (httpd.isEmpty()) {
            Httpd.assumeInstalled();
        }
        assertThat(seen(row, httpd.orElseThrow().port())).isEqualTo(row.httpd());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void fairleadDoesWhatTheTableSays(Row row) throws IOException {
        assertThat(seen(row, fairlead.port())).isEqualTo(row.fairlead());
    }

    private static String authority(RawMember member) {
        return "127.0.0.1:" + member.port();
    }

    private static String echo(WireMessage request, String name) {
        String line = request.startLine();
        String text = name + " " + line.substring(0, line.lastIndexOf(' '))
                + request.header("X-Env").map(value -> " env=" + value).orElse("");
        return "HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
    }

    private static String seen(Row row, int port) throws IOException {
        StringBuilder request = new StringBuilder(row.method() + " " + row.target() + " HTTP/1.1\r\n");
        row.fields()
                .forEach(field -> request.append(field.getKey())
                        .append(": ")
                        .append(field.getValue())
                        .append("\r\n"));
        request.append("Connection: close\r\n\r\n");
        try (RawClient client = RawClient.to(port)) {
            WireMessage answer = client.send(request.toString()).readFinal();
            StringBuilder seen = new StringBuilder();
            if (answer.status() == 200) {
                seen.append(new String(answer.body(), StandardCharsets.ISO_8859_1));
            } else {
                seen.append(answer.status());
                fields(answer, "location").forEach(value -> seen.append(' ').append(value));
            }
            fields(answer, "set-cookie")
                    .forEach(value -> seen.append(" cookie=").append(value));
            return seen.toString().replace(row.host(), "{h}").replace(authority(second), "{b2}");
        }
    }

    private static List<String> fields(WireMessage answer, String name) {
        return answer.headerLines().stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }
}
