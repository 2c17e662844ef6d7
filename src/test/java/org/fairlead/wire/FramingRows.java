package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.ArrayList;
import java.util.List;

/** Where a request's body ends: Content-Length, Transfer-Encoding and their disguises. */
final class FramingRows {
    private static final String CHUNKED_HELLO = "5|hello|0||";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1|Host: h||";

    private FramingRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(both());
        rows.addAll(lengths());
        rows.addAll(codings());
        rows.addAll(versions());
        rows.addAll(bodies());
        rows.forEach(Row::containersOwn);
        return rows;
    }

    private static Row post(String name, String source, String fields, String body) {
        return row(name, source).sends("POST /p HTTP/1.1|Host: h|" + fields + "||" + body);
    }

    private static List<Row> both() {
        return List.of(
                post(
                                "CL.TE: a length and chunks",
                                "RFC 9112 6.1, 6.3(3)",
                                "Content-Length: 40|Transfer-Encoding: chunked",
                                "0||" + SMUGGLED)
                        .refused(400)
                        .passes("POST /p||")
                        .closes(),
                post(
                                "TE.CL: chunks and a short length",
                                "RFC 9112 6.1, 6.3(3)",
                                "Transfer-Encoding: chunked|Content-Length: 4",
                                "23|" + SMUGGLED + "|0||")
                        .refused(400)
                        .passes("POST /p||" + SMUGGLED)
                        .closes(),
                post(
                                "both, and they agree",
                                "RFC 9112 6.1",
                                "Content-Length: 15|Transfer-Encoding: chunked",
                                CHUNKED_HELLO)
                        .refused(400)
                        .passes("POST /p||hello")
                        .closes(),
                row("both on GET", "RFC 9112 6.3(3)")
                        .sends("GET /p HTTP/1.1|Host: h|Content-Length: 5|Transfer-Encoding: chunked||0||" + SMUGGLED)
                        .refused(400)
                        .passes("GET /p||")
                        .closes(),
                post(
                                "Connection names Content-Length",
                                "RFC 9110 7.6.1",
                                "Connection: content-length|Content-Length: 5",
                                "hello")
                        .refused(400)
                        .passes("POST /p||hello"),
                post(
                                "Connection names Transfer-Encoding",
                                "RFC 9110 7.6.1",
                                "Connection: transfer-encoding|Transfer-Encoding: chunked",
                                CHUNKED_HELLO)
                        .refused(400)
                        .passes("POST /p||hello"));
    }

    private static List<Row> lengths() {
        List<Row> rows = new ArrayList<>();
        String digits = "RFC 9110 8.6 (1*DIGIT)";
        for (String value : List.of(
                "+5",
                "-5",
                "0x5",
                "5a",
                "5 5",
                "5_0",
                "",
                "\"5\"",
                "5.0",
                "5e0",
                "5;",
                "٥".isEmpty() ? "" : "\u00B25",
                "99999999999999999999",
                "9223372036854775808",
                "18446744073709551621",
                "␋5",
                "5␀",
                "-0",
                "--5",
                "5\u00A0",
                "5, 6",
                "5,,6",
                "0, 5",
                "5; 5")) {
            rows.add(post("Content-Length '" + value + "'", digits, "Content-Length: " + value, "hello")
                    .refused(400, 413)
                    .dropped());
        }
        String list = "RFC 9110 8.6, RFC 9112 6.3(5)";
        rows.add(post("two lengths that differ", list, "Content-Length: 5|Content-Length: 0", "hello")
                .refused(400));
        rows.add(post("two lengths that differ, turned", list, "Content-Length: 0|Content-Length: 5", "hello")
                .refused(400));
        rows.add(post("two lengths apart that differ", list, "Content-Length: 5|X-A: 1|content-length: 6", "hello")
                .refused(400));
        rows.add(post("two equal lengths", list, "Content-Length: 5|Content-Length: 5", "hello")
                .refused(400)
                .passes("POST /p||hello"));
        rows.add(post("a list of equal lengths", list, "Content-Length: 5, 5", "hello")
                .refused(400)
                .passes("POST /p||hello"));
        rows.add(post("a length with zeros in front", digits, "Content-Length: 0005", "hello")
                .refused(400)
                .passes("POST /p||hello"));
        rows.add(post("a length between blanks", "RFC 9110 5.5", "Content-Length: ␉ 5 ␉", "hello")
                .refused(400)
                .passes("POST /p||hello"));
        rows.add(post("a blank before the colon of the length", "RFC 9112 5.1", "Content-Length : 5", "hello")
                .refused(400));
        rows.add(post("a folded length", "RFC 9112 5.2", "Content-Length:| 5", "hello")
                .refused(400)
                .passes("POST /p||hello"));
        rows.add(post("a length on a folded line", "RFC 9112 5.2", "X-A: 1| Content-Length: 5", "")
                .refused(400)
                .passes("POST /p||"));
        return rows;
    }

    private static List<Row> codings() {
        List<Row> rows = new ArrayList<>();
        String source = "RFC 9112 6.1, 6.3(4); smuggler's list";
        for (String value : List.of(
                "xchunked",
                "chunkedx",
                "gzip",
                "identity",
                "chunked, identity",
                "chunked, chunked",
                "chunked;q=1",
                "\"chunked\"",
                "␋chunked",
                "␌chunked",
                "chunked␀",
                "\u00A0chunked",
                "chunked\u00A0",
                "",
                "cow",
                "chunked, gzip",
                "x, chunked, y",
                "chunked␛",
                "'chunked'",
                "chunked; a=b")) {
            rows.add(post("Transfer-Encoding '" + value + "'", source, "Transfer-Encoding: " + value, CHUNKED_HELLO)
                    .refused(400, 501));
        }
        for (String value : List.of(",chunked", "chunked,", "chunked, ", "CHUNKED", "␉chunked␉", ", , chunked")) {
            rows.add(post("Transfer-Encoding '" + value + "'", source, "Transfer-Encoding: " + value, CHUNKED_HELLO)
                    .refused(400, 501)
                    .passes("POST /p||hello"));
        }
        rows.add(post("a length and a wrong coding", source, "Content-Length: 5|Transfer-Encoding: xchunked", "hello")
                .refused(400, 501));
        rows.add(post("a length and no coding", source, "Content-Length: 5|Transfer-Encoding: identity", "hello")
                .refused(400, 501));
        rows.add(post(
                        "two coding lines",
                        source,
                        "Transfer-Encoding: chunked|Transfer-Encoding: identity",
                        CHUNKED_HELLO)
                .refused(400, 501));
        rows.add(post(
                        "two coding lines, chunked twice",
                        source,
                        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
                        CHUNKED_HELLO)
                .refused(400, 501)
                .notAsHttpd());
        rows.add(post("a folded coding", "RFC 9112 5.2", "Transfer-Encoding:| chunked", CHUNKED_HELLO)
                .refused(400, 501)
                .passes("POST /p||hello"));
        rows.add(post(
                        "a blank before the colon of the coding",
                        "RFC 9112 5.1",
                        "Transfer-Encoding : chunked",
                        CHUNKED_HELLO)
                .refused(400));
        rows.add(post("a blank before the name of the coding", "RFC 9112 5.2", "X-A: 1| Transfer-Encoding: chunked", "")
                .refused(400)
                .passes("POST /p||"));
        rows.add(post("an underscore in the coding's name", source, "Transfer_Encoding: chunked", "")
                .refused(400)
                .passes("POST /p||"));
        rows.add(post("a tail on the coding's name", source, "Transfer-Encoding-: chunked", "")
                .refused(400)
                .passes("POST /p||"));
        rows.add(post("a NUL in the coding's name", source, "Transfer-␀Encoding: chunked", CHUNKED_HELLO)
                .refused(400));
        rows.add(post("a CR before the coding", source, "X-A: 1␍Transfer-Encoding: chunked", "")
                .refused(400)
                .passes("POST /p||"));
        return rows;
    }

    private static List<Row> versions() {
        return List.of(
                row("chunks from a 1.0 client", "RFC 9112 6.1; CVE-2026-77756")
                        .sends("POST /p HTTP/1.0|Host: h|Transfer-Encoding: chunked||" + CHUNKED_HELLO)
                        .refused(400, 501)
                        .passes("POST /p||hello")
                        .closes()
                        .notAsHttpd(),
                row("chunks from a 1.0 client that wants to stay", "RFC 9112 6.1; CVE-2026-77756")
                        .sends("POST /p HTTP/1.0|Host: h|Connection: keep-alive|Transfer-Encoding: chunked||5|hello|0||"
                                + SMUGGLED)
                        .refused(400, 501)
                        .passes("POST /p||hello")
                        .closes()
                        .notAsHttpd(),
                row("a length and chunks from a 1.0 client", "RFC 9112 6.1")
                        .sends("POST /p HTTP/1.0|Host: h|Content-Length: 0|Transfer-Encoding: chunked||" + SMUGGLED)
                        .refused(400, 501));
    }

    private static List<Row> bodies() {
        List<Row> rows = new ArrayList<>();
        for (String method : List.of("GET", "HEAD", "OPTIONS", "DELETE", "PROPFIND")) {
            rows.add(row("a body on " + method + " stays its body", "RFC 9112 6; CL.0, Kettle 2022")
                    .sends(method + " /p HTTP/1.1|Host: h|Content-Length: 35||" + SMUGGLED)
                    .passes(method + " /p||" + SMUGGLED)
                    .refused(400, 413));
        }
        rows.add(row("a chunked body on GET stays its body", "RFC 9112 6; Kettle 2022")
                .sends("GET /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||23|" + SMUGGLED + "|0||")
                .passes("GET /p||" + SMUGGLED));
        rows.add(row("TRACE with a body", "RFC 9110 9.3.8")
                .sends("TRACE /p HTTP/1.1|Host: h|Content-Length: 5||hello")
                .refused(400, 403, 405, 413, 501)
                .notAsHttpd());
        rows.add(row("TRACE", "RFC 9110 9.3.8 (off unless TraceEnable)")
                .sends("TRACE /p HTTP/1.1|Host: h||")
                .refused(403, 405, 501)
                .notAsHttpd());
        rows.add(row("no framing, and bytes behind the head are the next request", "RFC 9112 6.3(7)")
                .sends("POST /p HTTP/1.1|Host: h||GET /q HTTP/1.1|Host: h||")
                .passes("POST /p||", "GET /q||"));
        rows.add(row("a body that is shorter than announced", "RFC 9112 8")
                .sends("POST /p HTTP/1.1|Host: h|Content-Length: 10||hello")
                .finishes()
                .refusedMidway(400, 408)
                .dropped());
        rows.add(row("pipelined requests are answered in their order", "RFC 9112 9.3.2")
                .sends("GET /1 HTTP/1.1|Host: h||POST /2 HTTP/1.1|Host: h|Content-Length: 3||abc"
                        + "GET /3 HTTP/1.1|Host: h||")
                .passes("GET /1||", "POST /2||abc", "GET /3||")
                .andShows("200||/1", "200||/2", "200||/3"));
        rows.add(row("an empty line before the request", "RFC 9112 2.2")
                .sends("||GET /p HTTP/1.1|Host: h||")
                .refused(400)
                .passes("GET /p||"));
        rows.add(row("an empty line behind a body", "RFC 9112 2.2")
                .sends("POST /1 HTTP/1.1|Host: h|Content-Length: 3||abc|GET /2 HTTP/1.1|Host: h||")
                .passes("POST /1||abc", "GET /2||")
                .passes("POST /1||abc")
                .closes());
        rows.add(row("nothing may follow a refused head", "RFC 9112 9.3; Kettle 2019")
                .sends("POST /p HTTP/1.1|Host: h|Content-Length: 5x||" + SMUGGLED)
                .refused(400));
        return rows;
    }
}
