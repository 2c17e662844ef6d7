package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.ArrayList;
import java.util.List;

/** Honest requests: they arrive as they were sent. */
final class RequestRows {
    private RequestRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(methods());
        rows.addAll(fields());
        rows.addAll(bodies());
        return rows;
    }

    private static List<Row> methods() {
        List<Row> rows = new ArrayList<>();
        for (String method : List.of(
                "GET",
                "HEAD",
                "POST",
                "PUT",
                "DELETE",
                "OPTIONS",
                "PATCH",
                "PROPFIND",
                "MKCOL",
                "REPORT",
                "QUERY",
                "PURGE",
                "X-Odd.Method",
                "M-SEARCH",
                "a")) {
            rows.add(row("method " + method, "RFC 9110 9.1")
                    .sends(method + " /p HTTP/1.1|Host: h||")
                    .passes(method + " /p||")
                    .andAnswers(200));
            if (!method.equals("HEAD") && rows.size() < 24) {
                rows.add(row("method " + method + " with a body", "RFC 9110 9.3")
                        .sends(method + " /p HTTP/1.1|Host: h|Content-Length: 5||hello")
                        .passes(method + " /p||hello")
                        .andAnswers(200));
            }
        }
        return rows;
    }

    private static Row same(String name, String source, String fields) {
        return row(name, source)
                .sends("GET /p HTTP/1.1|Host: h|" + fields + "||")
                .passes("GET /p|" + fields)
                .andAnswers(200);
    }

    private static List<Row> fields() {
        String any = "RFC 9110 5.3";
        List<Row> rows = new ArrayList<>(List.of(
                same("fields keep case and order", any, "x-b: 1|X-A: 2|aCCept: */*")
                        .notAsHttpd(),
                same("a field on several lines stays on several", any, "X-A: 1|X-B: x|X-A: 2|x-a: 1")
                        .passes("GET /p|X-A: 1|X-A: 2|X-A: 1|X-B: x")
                        .notAsHttpd(),
                same("Accept on several lines", any, "Accept: text/html|Accept: */*;q=0.1")
                        .notAsHttpd(),
                same("cookies", "RFC 6265 4.2; Smiley #56", "Cookie: a=b; c=d=e==; f; g=; h=\"x, y\"; i=a,b"),
                same("cookies on two lines", "RFC 9113 8.2.3", "Cookie: a=b|Cookie: c=d")
                        .notAsHttpd(),
                same("a cookie that is called as nobody's", "Smiley code", "Cookie: !Proxy!x=1; a(b)=c; $Version=1"),
                same(
                        "high bytes in a value",
                        "RFC 9110 5.5",
                        "X-A: \u00FC\u20ACx".replace("\u20AC", "\u0080\u009F\u00A0y")),
                same("UTF-8 in a value", "RFC 9110 5.5", "X-A: \u00C3\u00BC\u00E2\u0082\u00AC"),
                same("a tab within a value", "RFC 9110 5.5", "X-A: a␉b"),
                same("Range", "RFC 9110 14.2", "Range: bytes=0-4, 10-"),
                same("If-None-Match", "RFC 9110 13.1.2", "If-None-Match: W/\"a\", \"b\""),
                same("If-Match", "RFC 9110 13.1.1", "If-Match: \"a\""),
                same("If-Range", "RFC 9110 13.1.5", "If-Range: \"a\"|Range: bytes=1-"),
                same("If-Modified-Since", "RFC 9110 13.1.3", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"),
                same("If-Unmodified-Since that is no date", "RFC 9110 13.1.4", "If-Unmodified-Since: yesterday"),
                same("Accept-Encoding", "RFC 9110 12.5.3", "Accept-Encoding: gzip;q=1.0, br, zstd"),
                same("Authorization", "RFC 9110 11.6.2", "Authorization: Basic YTpi"),
                same("User-Agent, as it is", "RFC 9110 10.1.5", "User-Agent: a/1 (b; c) d"),
                same("no User-Agent is added", "RFC 9110 10.1.5", "X-A: a"),
                same("Referer with anything in it", "RFC 9110 10.1.3", "Referer: http://a/b?c#d"),
                same("Origin", "RFC 6454 7", "Origin: null"),
                same("Content-Type without a body", "RFC 9110 8.3", "Content-Type: text/plain; charset=\"x\""),
                same("Date of a client", "RFC 9110 6.6.1", "Date: Sun, 06 Nov 1994 08:49:37 GMT"),
                same("Max-Forwards on GET", "RFC 9110 7.6.2", "Max-Forwards: 5").passes("GET /p|Max-Forwards: 4"),
                row("Max-Forwards of nought on GET", "mod_proxy ProxyMaxForwards")
                        .sends("GET /p HTTP/1.1|Host: h|Max-Forwards: 0||")
                        .refused(400),
                row("Max-Forwards that is no number", "RFC 9110 7.6.2")
                        .sends("GET /p HTTP/1.1|Host: h|Max-Forwards: 1x||")
                        .refused(400),
                row("OPTIONS with Max-Forwards of nought is answered here", "RFC 9110 7.6.2")
                        .sends("OPTIONS /p HTTP/1.1|Host: h|Max-Forwards: 0||")
                        .run(stage -> {
                            stage.dialogue();
                            org.assertj.core.api.Assertions.assertThat(stage.requests())
                                    .isEmpty();
                        })
                        .answers(200, 204)
                        .notAsHttpd(),
                same("Cache-Control and Pragma", "RFC 9111 5.2", "Cache-Control: no-cache|Pragma: no-cache"),
                same("Content-Encoding of a request", "RFC 9110 8.4", "Content-Encoding: gzip"),
                same(
                        "Expect-CT and other words that begin like ours",
                        any,
                        "Expectation: 1|Connections: x|Transfer: y|Hosts: z"),
                same("quotes and brackets", "RFC 9110 5.6", "X-A: \"a\\\"b\", <c>; d={e}")));
        return rows;
    }

    private static List<Row> bodies() {
        String all = everyByte();
        return List.of(
                row("every byte in a body", "RFC 9110 6.4")
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 256||" + all)
                        .passes("POST /p||" + all),
                row("every byte in a chunk", "RFC 9112 7.1")
                        .sends("POST /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||100|" + all + "|0||")
                        .passes("POST /p||" + all),
                row("an empty body", "RFC 9110 8.6")
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 0||")
                        .passes("POST /p|Content-Length: 0||"),
                row("no body on POST", "RFC 9112 6.3(7)")
                        .sends("POST /p HTTP/1.1|Host: h||")
                        .passes("POST /p||"),
                row("a form", "Smiley #54")
                        .sends(
                                "POST /p HTTP/1.1|Host: h|Content-Type: application/x-www-form-urlencoded|Content-Length: 7||a=b&c=%")
                        .passes("POST /p|Content-Type: application/x-www-form-urlencoded||a=b&c=%"),
                row("a form of several parts", "Smiley #54")
                        .sends(
                                "POST /p HTTP/1.1|Host: h|Content-Type: multipart/form-data; boundary=x|Content-Length: 63||"
                                        + "--x|Content-Disposition: form-data; name=\"a\"||value|--x--|")
                        .passes("POST /p|Content-Type: multipart/form-data; boundary=x||"
                                + "--x|Content-Disposition: form-data; name=\"a\"||value|--x--|"),
                row("a known length stays a length", "RFC 9112 6.2")
                        .sends("POST /p HTTP/1.1|Host: h|X-A: a|Content-Length: 5||hello")
                        .passes("POST /p|X-A: a|Content-Length: 5||hello"),
                row("a body from a 1.0 client", "RFC 9112 6.3")
                        .sends("POST /p HTTP/1.0|Host: h|Content-Length: 5||hello")
                        .passes("POST /p||hello")
                        .closes(),
                row("a 1.0 client that stays", "RFC 9112 9.3, C.2.2")
                        .sends("GET /p HTTP/1.0|Host: h|Connection: keep-alive||")
                        .passes("GET /p||"),
                row("a client that closes", "RFC 9112 9.6")
                        .sends("GET /p HTTP/1.1|Host: h|Connection: close||")
                        .passes("GET /p||")
                        .closes(),
                row("a client that half-closes still reads", "RFC 9112 9.6")
                        .sends("GET /p HTTP/1.1|Host: h||")
                        .finishes()
                        .passes("GET /p||")
                        .andShows("200||/p"),
                row("ten requests in one packet", "RFC 9112 9.3.2")
                        .sends("GET /p HTTP/1.1|Host: h||".repeat(10))
                        .passes(
                                "GET /p", "GET /p", "GET /p", "GET /p", "GET /p", "GET /p", "GET /p", "GET /p",
                                "GET /p", "GET /p"));
    }

    private static String everyByte() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            all.append(c == '|' ? '¦' : c);
        }
        return all.toString();
    }
}
