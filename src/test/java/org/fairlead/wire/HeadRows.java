package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.ArrayList;
import java.util.List;

/** Lines of a request's head: request line, version, Host, field names and values. */
final class HeadRows {
    private HeadRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(lines());
        rows.addAll(hosts());
        rows.addAll(fields());
        rows.forEach(Row::containersOwn);
        return rows;
    }

    private static Row line(String name, String source, String requestLine) {
        return row(name, source).sends(requestLine + "|Host: h||");
    }

    private static List<Row> lines() {
        String version = "RFC 9112 2.3; httpd's test_006";
        List<Row> rows = new ArrayList<>();
        for (String wrong : List.of(
                "HTTQ/1.1",
                "http/1.1",
                "HTTP/1.1x",
                "HTTP/1",
                "HTTP/11",
                "HTTP/-1.1",
                "HTTP/+1.1",
                "HTTP/1,1",
                "HTTP/0x1.1",
                "1.1",
                "HTTP /1.1",
                "HTTP/1. 1",
                "ICY/1.1")) {
            rows.add(line("version " + wrong, version, "GET /p " + wrong).refused(400, 505));
        }
        for (String odd : List.of("HTTP/9.9", "HTTP/2.0", "HTTP/1.32", "HTTP/1.2", "HTTP/3.0", "HTTP/01.1")) {
            rows.add(line("version " + odd, version, "GET /p " + odd)
                    .refused(400, 505)
                    .passes("GET /p||"));
        }
        rows.add(row("HTTP/0.9", "RFC 9112 3")
                .sends("GET /p|")
                .finishes()
                .refused(400, 505)
                .dropped()
                .passes("GET /p")
                .notAsHttpd());
        rows.add(row("HTTP/0.9 with a head", "RFC 9112 3")
                .sends("GET /p|Host: h||")
                .refused(400, 505)
                .dropped()
                .passes("GET /p")
                .notAsHttpd());
        rows.add(line("a tab in the request line", "RFC 9112 3", "GET␉/p HTTP/1.1")
                .refused(400, 501)
                .passes("GET /p||"));
        rows.add(line("two blanks in the request line", "RFC 9112 3", "GET  /p HTTP/1.1")
                .refused(400)
                .passes("GET /p||"));
        rows.add(line("two blanks before the version", "RFC 9112 3", "GET /p  HTTP/1.1")
                .refused(400)
                .passes("GET /p||"));
        rows.add(line("a blank behind the version", "RFC 9112 3", "GET /p HTTP/1.1 ")
                .refused(400, 505)
                .passes("GET /p||"));
        rows.add(line("a blank before the method", "RFC 9112 2.2", " GET /p HTTP/1.1")
                .refused(400, 501));
        rows.add(line("four words", "RFC 9112 3", "GET /p /q HTTP/1.1").refused(400, 505));
        rows.add(line("a bare CR in the request line", "RFC 9112 2.2", "GET /p␍ HTTP/1.1")
                .refused(400, 505));
        rows.add(line("a NUL in the method", "RFC 9110 9.1", "G␀ET /p HTTP/1.1").refused(400, 501));
        rows.add(line("no token as a method", "RFC 9110 9.1", "G(E)T /p HTTP/1.1")
                .refused(400, 501));
        rows.add(line("a colon in the method", "RFC 9110 9.1", "GET: /p HTTP/1.1")
                .refused(400, 501));
        rows.add(line("high bytes in the method", "RFC 9110 9.1", "G\u00C9T /p HTTP/1.1")
                .refused(400, 501));
        rows.add(line("no method", "RFC 9112 3", "/p HTTP/1.1").refused(400, 501, 505));
        rows.add(line("get in lower case is a method of its own", "RFC 9110 9.1", "get /p HTTP/1.1")
                .refused(400, 405, 501)
                .passes("get /p||"));
        rows.add(line("a very long method", "CWE-770", "A".repeat(20_000) + " /p HTTP/1.1")
                .refused(400, 414, 431, 501)
                .dropped());
        rows.add(row("CONNECT", "RFC 9110 9.3.6")
                .sends("CONNECT h:80 HTTP/1.1|Host: h||")
                .refused(400, 403, 405, 501)
                .notAsHttpd());
        rows.add(row("CONNECT to a path", "RFC 9110 9.3.6")
                .sends("CONNECT /p HTTP/1.1|Host: h||")
                .refused(400, 403, 405, 501)
                .notAsHttpd());
        rows.add(row("PRI, the preface of HTTP/2", "RFC 9113 3.4")
                .sends("PRI * HTTP/2.0||SM||")
                .refused(400, 403, 405, 501, 505)
                .dropped());
        rows.add(row("TLS at a plain port", "-")
                .sends("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003||")
                .refused(400)
                .dropped());
        return rows;
    }

    private static List<Row> hosts() {
        String source = "RFC 9112 3.2";
        List<Row> rows = new ArrayList<>();
        rows.add(row("no Host", source).sends("GET /p HTTP/1.1||").refused(400));
        rows.add(row("two Hosts", source)
                .sends("GET /p HTTP/1.1|Host: h|Host: i||")
                .refused(400));
        rows.add(row("two equal Hosts", source)
                .sends("GET /p HTTP/1.1|Host: h|host: h||")
                .refused(400));
        for (String host : List.of(
                "h h", "h/p", "h@i", "user@h", "h,i", "h␀", "h␋", "h:x", "h:80:80", "h#", "h?q", "[::1", "::1", "h:-1",
                "<h>", "h\\i", "h\"")) {
            rows.add(row("Host '" + host + "'", source)
                    .sends("GET /p HTTP/1.1|Host: " + host + "||")
                    .refused(400));
        }
        rows.add(row("an empty Host", source)
                .sends("GET /p HTTP/1.1|Host:||")
                .refused(400)
                .passes("GET /p||"));
        rows.add(row("a Host with a port", source)
                .sends("GET /p HTTP/1.1|Host: h:8080||")
                .passes("GET /p||"));
        rows.add(row("an IPv6 Host", source)
                .sends("GET /p HTTP/1.1|Host: [::1]:80||")
                .passes("GET /p||"));
        rows.add(row("a Host with an empty port", "RFC 3986 3.2.3")
                .sends("GET /p HTTP/1.1|Host: h:||")
                .refused(400)
                .passes("GET /p||"));
        rows.add(row("a Host on a folded line", "RFC 9112 5.2")
                .sends("GET /p HTTP/1.1|Host:| h||")
                .refused(400)
                .passes("GET /p||"));
        rows.add(row("no Host from a 1.0 client", source)
                .sends("GET /p HTTP/1.0||")
                .passes("GET /p||")
                .closes());
        return rows;
    }

    private static Row field(String name, String source, String line) {
        return row(name, source).sends("GET /p HTTP/1.1|Host: h|" + line + "|X-Z: z||");
    }

    private static List<Row> fields() {
        String name = "RFC 9110 5.1, RFC 9112 5";
        String value = "RFC 9110 5.5";
        return List.of(
                field("a line without a colon", name, "X-A").refused(400),
                field("an empty name", name, ": a").refused(400),
                field("a blank in a name", name, "X A: a").refused(400),
                field("a blank before the colon", "RFC 9112 5.1", "X-A : a").refused(400),
                field("a tab before the colon", "RFC 9112 5.1", "X-A␉: a").refused(400),
                field("a NUL in a name", name, "X␀A: a").refused(400),
                field("a high byte in a name", name, "X-\u00C9: a").refused(400),
                field("a bracket in a name", name, "X(A): a").refused(400),
                field("a slash in a name", name, "X/A: a").refused(400),
                field("a DEL in a name", name, "X␡A: a").refused(400),
                field("a NUL in a value", value, "X-A: a␀b").refused(400),
                field("a bare CR in a value", "RFC 9112 2.2", "X-A: a␍b")
                        .refused(400)
                        .passes("GET /p|X-A: a b|X-Z: z"),
                field("a bare CR and a field in a value", "RFC 9112 2.2", "X-A: a␍X-B: b")
                        .refused(400)
                        .passes("GET /p|X-A: a X-B: b|X-Z: z"),
                field("an ESC in a value", value, "X-A: a␛[31m").refused(400),
                field("a VT in a value", value, "X-A: a␋b").refused(400),
                field("a DEL in a value", value, "X-A: a␡b").refused(400),
                field("a folded value", "RFC 9112 5.2", "X-A: a|  b")
                        .refused(400)
                        .passes("GET /p|X-A: a b|X-Z: z"),
                field("a value folded with a tab", "RFC 9112 5.2", "X-A: a|␉b")
                        .refused(400)
                        .passes("GET /p|X-A: a b|X-Z: z")
                        .passes("GET /p|X-A: a␉b|X-Z: z"),
                field("a folded line that looks like a field", "RFC 9112 5.2", "X-A: a| X-B: b")
                        .refused(400)
                        .passes("GET /p|X-A: a X-B: b|X-Z: z"),
                row("a first field that is folded", "RFC 9112 2.2")
                        .sends("GET /p HTTP/1.1| Host: evil|Host: h||")
                        .refused(400),
                row("a head of LF lines", "RFC 9112 2.2")
                        .sends("GET /p HTTP/1.1␊Host: h␊X-A: a␊␊")
                        .refused(400)
                        .passes("GET /p|X-A: a"),
                row("one LF line in a head", "RFC 9112 2.2")
                        .sends("GET /p HTTP/1.1|Host: h␊X-A: a||")
                        .refused(400)
                        .passes("GET /p|X-A: a"),
                row("LF CR LF as the end of a head", "RFC 9112 2.2")
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 5␊|hello")
                        .refused(400)
                        .passes("POST /p||hello"),
                row("CR CR LF in a head", "RFC 9112 2.2")
                        .sends("GET /p HTTP/1.1|Host: h␍|X-A: a||")
                        .refused(400)
                        .passes("GET /p|X-A: a"),
                field("an empty value", "RFC 9110 5.5", "X-A:")
                        .passes("GET /p|X-A: |X-Z: z")
                        .passes("GET /p|X-A:|X-Z: z"),
                field("no blank behind the colon", "RFC 9112 5", "X-A:a").passes("GET /p|X-A: a|X-Z: z"),
                field("blanks around a value", "RFC 9112 5", "X-A:␉  a b  ␉").passes("GET /p|X-A: a b|X-Z: z"),
                field("a name of every sign that is allowed", name, "!#$%&'*+-.^_`1aZ~: a")
                        .passes("GET /p|!#$%&'*+-.^_`1aZ~: a|X-Z: z")
                        .refused(400));
    }
}
