package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.List;

/** Bytes that nobody asked for must reach nobody: the harness asks again on this and on other connections. */
final class SurplusRows {
    static final String EVIL = "HTTP/1.1 200 OK|Content-Length: 4||evil";

    private SurplusRows() {}

    private static Row answer(String name, String source, String bytes) {
        return row(name, source).replies(bytes);
    }

    static List<Row> rows() {
        String source = "RFC 9112 9.2; response queue poisoning; nginx's proxy_extra_data";
        return List.of(
                answer("a second answer behind the first", source, "HTTP/1.1 200 OK|Content-Length: 2||ok" + EVIL)
                        .shows("200||ok"),
                answer("a body longer than its length", source, "HTTP/1.1 200 OK|Content-Length: 2||okevil")
                        .shows("200||ok")
                        .answers(502),
                answer(
                                "bytes behind the last chunk",
                                source,
                                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|ok|0||" + EVIL)
                        .shows("200||ok"),
                answer("a body on 204", "RFC 9110 15.3.5", "HTTP/1.1 204 No Content|Content-Length: 4||evil")
                        .shows("204||"),
                answer(
                                "chunks on 204",
                                "RFC 9110 15.3.5",
                                "HTTP/1.1 204 No Content|Transfer-Encoding: chunked||4|evil|0||")
                        .shows("204||")
                        .answers(502),
                answer("a body on 304", "RFC 9110 15.4.5", "HTTP/1.1 304 Not Modified|Content-Length: 4||evil")
                        .shows("304||"),
                answer(
                                "a second answer behind 304",
                                "RFC 9110 15.4.5",
                                "HTTP/1.1 304 Not Modified|ETag: \"a\"||" + EVIL)
                        .shows("304|ETag: \"a\"||"),
                row("a body on HEAD", "RFC 9110 9.3.2")
                        .sends("HEAD /p HTTP/1.1|Host: h||")
                        .replies("HTTP/1.1 200 OK|Content-Length: 4||evil")
                        .shows("200||"),
                row("chunks on HEAD", "RFC 9110 9.3.2")
                        .sends("HEAD /p HTTP/1.1|Host: h||")
                        .replies("HTTP/1.1 200 OK|Transfer-Encoding: chunked||4|evil|0||")
                        .shows("200||"),
                row("a second answer behind HEAD's", "RFC 9110 9.3.2")
                        .sends("HEAD /p HTTP/1.1|Host: h||")
                        .replies("HTTP/1.1 200 OK|Content-Length: 0||" + EVIL)
                        .shows("200||"),
                answer(
                                "a second answer within the body's buffer",
                                source,
                                "HTTP/1.1 200 OK|Content-Length: 5000||" + "x".repeat(5_000) + EVIL)
                        .shows("200||" + "x".repeat(5_000)),
                answer(
                                "a second answer behind a body that comes in bulk",
                                source,
                                "HTTP/1.1 200 OK|Content-Length: 200000||" + "x".repeat(200_000) + EVIL)
                        .shows("200||" + "x".repeat(200_000)),
                row("an answer that comes before its request", source)
                        .replies(turn -> {
                            turn.readBody();
                            turn.send("HTTP/1.1 200 OK|Content-Length: 2||ok");
                            turn.send(EVIL);
                            return true;
                        })
                        .settles()
                        .shows("200||ok"));
    }
}
