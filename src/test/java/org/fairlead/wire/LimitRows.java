package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.fairlead.system.WireMessage;

/** Sizes: what is served, and what is refused while the next client is served. */
final class LimitRows {
    private LimitRows() {}

    static List<Row> rows() {
        return java.util.stream.Stream.of(large(), tooLarge(), limited())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> large() {
        return List.of(
                row("cookies of 6 KiB", "RFC 9110 5.4")
                        .sends("GET /p HTTP/1.1|Host: h|Cookie: a=" + "b".repeat(6_000) + "||")
                        .passes("GET /p|Cookie: a=" + "b".repeat(6_000)),
                row("90 fields", "mod_core LimitRequestFields 100")
                        .sends("GET /p HTTP/1.1|Host: h|" + "X-A: a|".repeat(90) + "|")
                        .passes("GET /p" + "|X-A: a".repeat(90))
                        .notAsHttpd(),
                row("an upload of 8 MiB with its length", "RFC 9110 6.4")
                        .sends("PUT /p HTTP/1.1|Host: h|Content-Length: " + (8 << 20) + "||"
                                + "0123456789abcdef".repeat(1 << 19))
                        .passes("PUT /p||" + "0123456789abcdef".repeat(1 << 19)),
                row("an upload of 8 MiB in chunks", "RFC 9110 6.4")
                        .sends("PUT /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||"
                                + ("8000|" + "0123456789abcdef".repeat(1 << 11) + "|").repeat(256) + "0||")
                        .passes("PUT /p||" + "0123456789abcdef".repeat(1 << 19)),
                row("a download of 24 MiB", "RFC 9110 6.4")
                        .replies("HTTP/1.1 200 OK|Content-Length: " + (24 << 20) + "||"
                                + "0123456789abcdef".repeat(3 << 19))
                        .shows("200||" + "0123456789abcdef".repeat(3 << 19)),
                row("a download of 24 MiB in chunks", "RFC 9110 6.4")
                        .replies("HTTP/1.1 200 OK|Transfer-Encoding: chunked||"
                                + ("8000|" + "0123456789abcdef".repeat(1 << 11) + "|").repeat(768) + "0||")
                        .shows("200||" + "0123456789abcdef".repeat(3 << 19)),
                row("10000 chunks of one byte", "RFC 9112 7.1")
                        .sends("PUT /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||" + "1|x|".repeat(10_000) + "0||")
                        .passes("PUT /p||" + "x".repeat(10_000)));
    }

    private static List<Row> tooLarge() {
        String source = "RFC 6585 5; CWE-770";
        List<Row> rows = List.of(
                row("a target of 256 KiB", source)
                        .sends("GET /" + "a".repeat(256 << 10) + " HTTP/1.1|Host: h||")
                        .refused(400, 414, 431)
                        .dropped(),
                row("a field of 256 KiB", source)
                        .sends("GET /p HTTP/1.1|Host: h|X-A: " + "a".repeat(256 << 10) + "||")
                        .refused(400, 413, 431)
                        .dropped(),
                row("5000 fields", source)
                        .sends("GET /p HTTP/1.1|Host: h|" + "X-A: a|".repeat(5_000) + "|")
                        .refused(400, 413, 431)
                        .dropped(),
                row("a head of 4 MiB", source)
                        .sends("GET /p HTTP/1.1|Host: h|" + ("X-A: " + "a".repeat(1_000) + "|").repeat(4_000) + "|")
                        .refused(400, 413, 431)
                        .dropped(),
                row("a field name of 64 KiB", source)
                        .sends("GET /p HTTP/1.1|Host: h|" + "A".repeat(64 << 10) + ": a||")
                        .refused(400, 413, 431)
                        .dropped());
        rows.forEach(Row::containersOwn);
        return rows;
    }

    private static Row small(String name, String source, String request) {
        return row(name, source).under(Setup.LIMITED).sends(request);
    }

    private static List<Row> limited() {
        List<Row> rows = List.of(
                small(
                                "a request line as long as allowed",
                                "mod_core LimitRequestLine",
                                "GET /" + "a".repeat(985) + " HTTP/1.1|Host: h||")
                        .passes("GET /" + "a".repeat(985)),
                small(
                                "a request line too long",
                                "mod_core LimitRequestLine",
                                "GET /" + "a".repeat(1_000) + " HTTP/1.1|Host: h||")
                        .refused(400, 414),
                small(
                                "a field as long as allowed",
                                "mod_core LimitRequestFieldSize",
                                "GET /p HTTP/1.1|Host: h|X-A: " + "a".repeat(490) + "||")
                        .passes("GET /p|X-A: " + "a".repeat(490)),
                small(
                                "a field too long",
                                "mod_core LimitRequestFieldSize",
                                "GET /p HTTP/1.1|Host: h|X-A: " + "a".repeat(510) + "||")
                        .refused(400, 431),
                small(
                                "as many fields as allowed",
                                "mod_core LimitRequestFields",
                                "GET /p HTTP/1.1|Host: h|" + "X-A: a|".repeat(18) + "|")
                        .passes("GET /p" + "|X-A: a".repeat(18))
                        .notAsHttpd(),
                small(
                                "too many fields",
                                "mod_core LimitRequestFields",
                                "GET /p HTTP/1.1|Host: h|" + "X-A: a|".repeat(25) + "|")
                        .refused(400, 431),
                small(
                                "a body as long as allowed",
                                "mod_core LimitRequestBody",
                                "PUT /p HTTP/1.1|Host: h|Content-Length: 10000||" + "x".repeat(10_000))
                        .passes("PUT /p||" + "x".repeat(10_000)),
                small(
                                "a body announced too long",
                                "mod_core LimitRequestBody; RFC 9110 15.5.14",
                                "PUT /p HTTP/1.1|Host: h|Content-Length: 10001||" + "x".repeat(10_001))
                        .refused(413)
                        .notAsHttpd(),
                small(
                                "chunks that add up to too much",
                                "mod_core LimitRequestBody",
                                "PUT /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||2711|" + "x".repeat(10_001)
                                        + "|0||")
                        .refusedMidway(413)
                        .dropped()
                        .notAsHttpd(),
                small(
                                "an error page does not repeat the request",
                                "CVE-2019-10092",
                                "GET /<script>marker HTTP/1.1|Host: h|X-A: " + "a".repeat(510) + "||")
                        .run(stage -> {
                            stage.send("GET /marker%3Cscript%3E?marker HTTP/1.1|Host: marker.example|X-Marker: "
                                    + "a".repeat(510) + "||");
                            WireMessage response = stage.client().readFinal();
                            Assertions.assertThat(response.status()).isIn(400, 431);
                            Assertions.assertThat(response.text())
                                    .doesNotContain("marker")
                                    .doesNotContain("Marker");
                        })
                        .notAsHttpd());
        return rows;
    }
}
