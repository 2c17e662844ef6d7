package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.ArrayList;
import java.util.List;

/** Honest answers: they arrive as they were sent. */
final class ResponseRows {
    private ResponseRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(statuses());
        rows.addAll(fields());
        rows.addAll(bodies());
        rows.forEach(Row::asAnswer);
        return rows;
    }

    private static List<Row> statuses() {
        List<Row> rows = new ArrayList<>();
        for (int status : new int[] {
            200, 201, 202, 203, 206, 207, 226, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 407, 408, 409,
            410, 412, 413, 416, 418, 421, 422, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 507, 511,
            520, 599
        }) {
            rows.add(row("status " + status, "RFC 9110 15")
                    .replies("HTTP/1.1 " + status + " Any|X-A: a|Content-Length: 4||body")
                    .shows(status + "|X-A: a||body"));
        }
        rows.add(row("204", "RFC 9110 15.3.5")
                .replies("HTTP/1.1 204 No Content|X-A: a||")
                .shows("204|X-A: a|¬Transfer-Encoding||"));
        rows.add(row("205", "RFC 9110 15.3.6")
                .replies("HTTP/1.1 205 Reset Content|X-A: a|Content-Length: 0||")
                .shows("205|X-A: a||"));
        rows.add(row("304 keeps its fields", "RFC 9110 15.4.5; Smiley code")
                .replies("HTTP/1.1 304 Not Modified|ETag: \"a\"|Cache-Control: max-age=1||")
                .shows("304|ETag: \"a\"|Cache-Control: max-age=1|¬Content-Length||"));
        rows.add(row("304 may say how long the answer would be", "RFC 9110 8.6")
                .replies("HTTP/1.1 304 Not Modified|ETag: \"a\"|Content-Length: 7||")
                .shows("304|ETag: \"a\"||"));
        rows.add(row("401 with a challenge on two lines", "RFC 9110 11.6.1; HttpClient")
                .replies(
                        "HTTP/1.1 401 Unauthorized|WWW-Authenticate: Basic realm=\"a\"|WWW-Authenticate: Negotiate|Content-Length: 0||")
                .shows("401|WWW-Authenticate: Basic realm=\"a\"|WWW-Authenticate: Negotiate||"));
        rows.add(row("429 is not tried again", "HttpClient's retry strategy")
                .replies("HTTP/1.1 429 Too Many Requests|Retry-After: 0|Content-Length: 0||")
                .shows("429|Retry-After: 0||")
                .andPasses("GET /p"));
        rows.add(row("a redirect is the client's", "Smiley http.protocol.handle-redirects")
                .replies("HTTP/1.1 302 Found|Location: http://other.example/x|Content-Length: 0||")
                .shows("302|Location: http://other.example/x||")
                .andPasses("GET /p"));
        return rows;
    }

    private static Row same(String name, String source, String fields) {
        return row(name, source)
                .replies("HTTP/1.1 200 OK|" + fields + "|Content-Length: 2||ok")
                .shows("200|" + fields + "||ok");
    }

    private static List<Row> fields() {
        String cookies = "RFC 6265 4.1; Smiley #70, #259";
        return List.of(
                same("fields keep case and repetition", "RFC 9110 5.3", "x-b: 1|X-A: 2|X-b: 3|X-A: 2"),
                same("several cookies", cookies, "Set-Cookie: a=1; Path=/|Set-Cookie: b=2; Path=/x|Set-Cookie: a=3"),
                same(
                        "a cookie with every attribute",
                        cookies,
                        "Set-Cookie: a=b=c==; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Priority=High; Foo"),
                same(
                        "a cookie with a date and odd signs",
                        cookies,
                        "Set-Cookie: a=\"x,y\"; expires=Wed, 09 Jun 2027 10:18:14 GMT; Max-Age=5"),
                same("an empty cookie", cookies, "Set-Cookie: a=; Max-Age=0|Set-Cookie: b"),
                same(
                        "Date and Server are the member's",
                        "RFC 9110 6.6.1, 10.2.4",
                        "Date: Sun, 06 Nov 1994 08:49:37 GMT|Server: odd/1 (x)"),
                same(
                        "Content-Encoding and what is under it",
                        "RFC 9110 8.4",
                        "Content-Encoding: gzip|Vary: Accept-Encoding"),
                same(
                        "a broken Content-Encoding is none of our business",
                        "CVE-2026-64607",
                        "Content-Encoding: gzip, gzip, br, x"),
                same("Content-Type as it is", "RFC 9110 8.3", "Content-Type: Text/HTML; Charset=\"utf-8\"; x=y"),
                same("a Content-Type that is none", "RFC 9110 8.3", "Content-Type: nonsense; charset=no-such"),
                same("Content-Language of several", "RFC 9110 8.5", "Content-Language: de, en-GB"),
                same(
                        "ETag and Last-Modified",
                        "RFC 9110 8.8",
                        "ETag: W/\"a\"|Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT"),
                same("high bytes", "RFC 9110 5.5", "X-A: \u00C3\u00BC \u0080\u009F\u00FF"),
                same("Content-Range", "RFC 9110 14.4", "Content-Range: bytes 0-1/10|Accept-Ranges: bytes"),
                same(
                        "Alt-Svc, HSTS, CSP",
                        "RFC 7838, RFC 6797",
                        "Alt-Svc: clear|Strict-Transport-Security: max-age=1|Content-Security-Policy: default-src 'self'"),
                same("Refresh and Link", "RFC 8288", "Refresh: 5; url=/x|Link: </a>; rel=preload, </b>; rel=next"),
                same(
                        "Location of somebody else",
                        "mod_proxy ProxyPassReverse",
                        "Location: https://other.example/x?y#z"),
                row("no Content-Type is added", "RFC 9110 8.3")
                        .replies("HTTP/1.1 200 OK|X-A: a|Content-Length: 2||ok")
                        .shows("200|X-A: a||ok"),
                row("no Cache-Control or session is added", "RFC 9111 3")
                        .replies("HTTP/1.1 200 OK|X-A: a|Content-Length: 0||")
                        .shows("200|X-A: a||"));
    }

    private static List<Row> bodies() {
        StringBuilder every = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            every.append(c == '|' ? '¦' : c);
        }
        return List.of(
                row("every byte in a body", "RFC 9110 6.4")
                        .replies("HTTP/1.1 200 OK|Content-Length: 256||" + every)
                        .shows("200|Content-Length: 256||" + every),
                row("every byte in a chunk", "RFC 9112 7.1")
                        .replies("HTTP/1.1 200 OK|Transfer-Encoding: chunked||100|" + every + "|0||")
                        .shows("200||" + every),
                row("several chunks and an extension", "RFC 9112 7.1.1")
                        .replies("HTTP/1.1 200 OK|Transfer-Encoding: chunked||2;a=b|ok|3|yes|0||")
                        .shows("200||okyes"),
                row("a member's trailer is passed on or dropped, and is no field of the head", "RFC 9112 7.1.2")
                        .replies("HTTP/1.1 200 OK|X-A: a|Transfer-Encoding: chunked||2|ok|0|X-T: t||")
                        .shows("200|X-A: a||ok"),
                row("a body that the close ends", "RFC 9112 6.3(8)")
                        .replies(Reply.closing("HTTP/1.1 200 OK|X-A: a||hello"))
                        .shows("200|X-A: a||hello"),
                row("an empty body that the close ends", "RFC 9112 6.3(8)")
                        .replies(Reply.closing("HTTP/1.1 200 OK|X-A: a||"))
                        .shows("200|X-A: a||"),
                row("a 1.0 member that closes", "RFC 9112 6.3(8)")
                        .replies(Reply.closing("HTTP/1.0 200 OK|X-A: a||hello"))
                        .shows("200|X-A: a||hello"),
                row("a 1.0 member that says a length and closes", "RFC 9112 9.3")
                        .replies(Reply.closing("HTTP/1.0 200 OK|X-A: a|Content-Length: 2||ok"))
                        .shows("200|X-A: a||ok"),
                row("a 1.0 member that stays", "RFC 9112 C.2.2")
                        .replies("HTTP/1.0 200 OK|Connection: keep-alive|X-A: a|Content-Length: 2||ok")
                        .shows("200|X-A: a||ok"),
                row("a member that closes behind a known length", "RFC 9112 9.6")
                        .replies(Reply.closing("HTTP/1.1 200 OK|X-A: a|Content-Length: 2||ok"))
                        .shows("200|X-A: a||ok")
                        .staysOpen(),
                row("an empty body", "RFC 9110 8.6")
                        .replies("HTTP/1.1 200 OK|X-A: a|Content-Length: 0||")
                        .shows("200|X-A: a|Content-Length: 0||"),
                row("a known length stays a length", "RFC 9112 6.2")
                        .replies("HTTP/1.1 200 OK|Content-Length: 5||hello")
                        .shows("200|Content-Length: 5||hello"),
                row("HEAD keeps the length", "RFC 9110 9.3.2")
                        .sends("HEAD /p HTTP/1.1|Host: h||")
                        .replies("HTTP/1.1 200 OK|X-A: a|Content-Length: 1234||")
                        .shows("200|X-A: a|Content-Length: 1234||"),
                row("HEAD of an unknown length", "RFC 9110 9.3.2")
                        .sends("HEAD /p HTTP/1.1|Host: h||")
                        .replies("HTTP/1.1 200 OK|X-A: a||")
                        .shows("200|X-A: a||"),
                row("HEAD of chunks", "RFC 9110 9.3.2")
                        .sends("HEAD /p HTTP/1.1|Host: h||")
                        .replies("HTTP/1.1 200 OK|X-A: a|Transfer-Encoding: chunked||")
                        .shows("200|X-A: a||"),
                row("HEAD of 404", "RFC 9110 9.3.2")
                        .sends("HEAD /p HTTP/1.1|Host: h||")
                        .replies("HTTP/1.1 404 Not Found|X-A: a|Content-Length: 9||")
                        .shows("404|X-A: a|Content-Length: 9||"),
                row("chunks for a 1.0 client", "RFC 9112 6.1")
                        .sends("GET /p HTTP/1.0|Host: h||")
                        .replies("HTTP/1.1 200 OK|X-A: a|Transfer-Encoding: chunked||2|ok|3|yes|0||")
                        .shows("200|X-A: a|¬Transfer-Encoding||okyes")
                        .closes(),
                row("a body that the close ends, for a 1.0 client that wants to stay", "RFC 9112 9.3")
                        .sends("GET /p HTTP/1.0|Host: h|Connection: keep-alive||")
                        .replies(Reply.closing("HTTP/1.1 200 OK|X-A: a||hello"))
                        .shows("200|X-A: a|¬Transfer-Encoding||hello"),
                row("206 in parts", "RFC 9110 14.6")
                        .replies(
                                "HTTP/1.1 206 Partial Content|Content-Type: multipart/byteranges; boundary=x|Content-Length: 4||abcd")
                        .shows("206|Content-Type: multipart/byteranges; boundary=x||abcd"));
    }
}
