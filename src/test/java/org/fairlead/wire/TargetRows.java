package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.ArrayList;
import java.util.List;

/** Request targets: passed byte for byte, or refused, and never another member's address. */
final class TargetRows {
    private TargetRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(refused());
        rows.addAll(untouched());
        rows.addAll(traversing());
        rows.addAll(elsewhere());
        rows.addAll(routed());
        return rows;
    }

    private static Row target(String name, String source, String target) {
        return row(name, source).sends("GET " + target + " HTTP/1.1|Host: h||");
    }

    private static List<Row> refused() {
        String source = "RFC 9112 3.2; RFC 3986";
        List<Row> rows = new ArrayList<>();
        for (String wrong : List.of(
                "/a b",
                "/a␀b",
                "/a␡b",
                "/a␛b",
                "/a␍b",
                "/a␉b",
                "/a␋b",
                "/a#b",
                "a",
                "a/b",
                "",
                "?q",
                "#",
                "h:80",
                "/a?b c",
                "/a?b␀",
                "/a?b#c",
                "http:",
                "http://",
                "http:///p",
                "://h/p")) {
            rows.add(target("target '" + wrong + "'", source, wrong)
                    .refused(400, 403, 404, 501, 505)
                    .dropped()
                    .containersOwn()
                    .notAsHttpd());
        }
        rows.add(target("GET *", "RFC 9112 3.2.4", "*")
                .refused(400, 404, 405, 501)
                .containersOwn());
        rows.add(row("OPTIONS *", "RFC 9112 3.2.4")
                .sends("OPTIONS * HTTP/1.1|Host: h||")
                .answers(200, 204, 400, 404, 405, 501)
                .containersOwn());
        rows.add(target("a raw backslash", "RFC 3986 2.2", "/a\\b")
                .refused(400, 403, 404)
                .passes("GET /a%5Cb")
                .notAsHttpd());
        rows.add(target("a percent alone", "RFC 3986 2.1", "/a%").refused(400, 404));
        rows.add(target("a percent and one digit", "RFC 3986 2.1", "/a%2").refused(400, 404));
        rows.add(target("a percent and no digits", "RFC 3986 2.1", "/a%zz").refused(400, 404));
        rows.add(target("an overlong slash", "RFC 3629 3", "/a%c0%afb")
                .refused(400, 404)
                .passes("GET /a%c0%afb"));
        rows.add(target("a quoted NUL", "RFC 3986 7.3", "/a%00b")
                .refused(400, 403, 404)
                .passes("GET /a%00b"));
        return rows;
    }

    private static List<Row> untouched() {
        String source = "RFC 3986 6.2.2; Smiley #190, #215";
        List<Row> rows = new ArrayList<>();
        for (String target : List.of(
                "/a%2Fb",
                "/a%2fb",
                "/a%252Fb",
                "/a%25b",
                "/a;b=c",
                "/a;b=c;d/e;f?g",
                "/a?",
                "/a??b",
                "/a?b?c/d",
                "/a?b=%00",
                "/a?b=%0d%0a",
                "/a?b=http://x/",
                "/a?b=[1]",
                "/a?b=%20c+d",
                "/a:b@c!$&'()*+,=",
                "/~a-._",
                "/%61%62",
                "/a%E2%82%AC",
                "/a?b=..%2f",
                "/a%3Fb%23c",
                "/a?b&c&&d=",
                "/;jsessionid=A1.r1",
                "/a;jsessionid=A1.r1/b",
                "/a?b=%",
                "/a%20b",
                "/A%7eb",
                "/a?b;c=d",
                "/a%5Bb%5D",
                "/a?x={1}&y=^`",
                "/a%0d%0aX-A:%20b",
                "/a%20HTTP/1.1%0d%0aHost:%20x",
                "/a%5cb",
                "/?",
                "/a%3B/b",
                "/-",
                "/a?/../b")) {
            Row row = target("target '" + target + "' as it is", source, target).passes("GET " + target);
            rows.add(target.matches(".*(%0d|%5c|\\{|\\[|%$).*") ? row.refused(400, 403, 404) : row);
        }
        rows.add(target("slashes are kept", source, "/a//b///c")
                .passes("GET /a//b///c")
                .notAsHttpd());
        rows.add(target("two slashes in front are a path and no host", "RFC 3986 3.3", "//evil.example/p")
                .refused(400, 404)
                .passes("GET //evil.example/p")
                .passes("GET /evil.example/p"));
        rows.add(target("high bytes", "RFC 3986 2.1", "/a\u00E9b")
                .refused(400, 404)
                .passes("GET /a\u00E9b")
                .passes("GET /a%E9b")
                .containersOwn());
        rows.add(target("what browsers leave as it is, in a query", source, "/a?b=\"<>^`{¦}")
                .passes("GET /a?b=\"<>^`{¦}")
                .refused(400)
                .containersOwn());
        rows.add(target("a target of 7500 bytes", "RFC 9112 3", "/" + "a".repeat(7_500))
                .passes("GET /" + "a".repeat(7_500)));
        rows.add(target("a query of 7500 bytes", "RFC 9112 3", "/a?" + "b".repeat(7_500))
                .passes("GET /a?" + "b".repeat(7_500)));
        return rows;
    }

    /** What climbs must be refused or must have been climbed before anyone routes by it. */
    private static List<Row> traversing() {
        String source = "RFC 3986 5.2.4; CVE-2021-41773; Orange Tsai 2018";
        return List.of(
                target("a dot segment", source, "/a/./b")
                        .refused(400, 404)
                        .passes("GET /a/b")
                        .passes("GET /a/./b"),
                target("a segment that climbs", source, "/a/../b")
                        .refused(400, 404)
                        .passes("GET /b")
                        .passes("GET /a/../b"),
                target("a segment that climbs out", source, "/../b")
                        .refused(400, 403, 404)
                        .passes("GET /b"),
                target("quoted dots that climb out", source, "/%2e%2e/b")
                        .refused(400, 403, 404)
                        .passes("GET /b"),
                target("half quoted dots that climb out", source, "/.%2E/b")
                        .refused(400, 403, 404)
                        .passes("GET /b"),
                target("dots and a parameter that climb out", source, "/..;/b")
                        .refused(400, 403, 404)
                        .passes("GET /b")
                        .passes("GET /..;/b")
                        .notAsHttpd(),
                target("dots and a quoted backslash", source, "/..%5cb")
                        .refused(400, 403, 404)
                        .passes("GET /..%5cb"),
                target("dots and a quoted slash", source, "/..%2fb")
                        .refused(400, 403, 404)
                        .passes("GET /..%2fb"),
                target("doubly quoted dots are a name", source, "/%252e%252e/b")
                        .refused(400, 404)
                        .passes("GET /%252e%252e/b"));
    }

    private static List<Row> elsewhere() {
        String source = "RFC 9112 3.2.2; CVE-2011-3368, CVE-2011-4317";
        return List.of(
                target("an absolute target replaces the Host", "RFC 9112 3.2.2", "http://other/p?q")
                        .under(Setup.PRESERVING)
                        .refused(400, 403, 404)
                        .passes("GET /p?q|Host: other|Via: 1.1 proxy.example")
                        .passes("GET /p?q"),
                target("an absolute target is not dialled", source, "http://169.254.169.254/p")
                        .refused(400, 403, 404)
                        .passes("GET /p"),
                target("an absolute target with a user", source, "http://u:p@h/p")
                        .refused(400, 403, 404)
                        .passes("GET /p"),
                target("an absolute target of another scheme", source, "ftp://h/p")
                        .refused(400, 403, 404, 501)
                        .passes("GET /p"),
                target("a file", "CVE-2024-39573", "file:///etc/passwd")
                        .refused(400, 403, 404, 501)
                        .passes("GET /etc/passwd"),
                target("an at sign in front", source, "@evil.example/p").refused(400, 404),
                target("a colon and an at sign in front", source, ":@evil.example/p")
                        .refused(400, 404),
                target("an at sign in the path", source, "/@evil.example/p").passes("GET /@evil.example/p"),
                target(
                                "a socket in the query",
                                "CVE-2021-40438",
                                "/?unix:" + "A".repeat(5_000) + "¦http://evil.example/")
                        .refused(400, 403)
                        .passes("GET /?unix:" + "A".repeat(5_000) + "¦http://evil.example/"),
                target("a socket in the path", "CVE-2021-44224", "/unix:/run/x.sock%7Chttp://evil.example/p")
                        .refused(400, 403)
                        .passes("GET /unix:/run/x.sock%7Chttp://evil.example/p"),
                row("a Host that is an address of ours", source)
                        .sends("GET /p HTTP/1.1|Host: 169.254.169.254||")
                        .passes("GET /p|¬X-A"),
                row("a field that names another target", "CVE-2018-14773")
                        .sends("GET /p HTTP/1.1|Host: h|X-Original-URL: /admin|X-Rewrite-URL: /admin||")
                        .passes("GET /p"));
    }

    private static List<Row> routed() {
        String source = "mod_proxy ProxyPass";
        List<Row> rows = List.of(
                target("a prefix is replaced", source, "/app/x?q=1").passes("GET /site/x?q=1"),
                target("what follows the prefix is kept byte for byte", source, "/app/a%2Fb;c//d?e%20f")
                        .passes("GET /site/a%2Fb;c//d?e%20f"),
                target("a prefix in a run of slashes", source, "//app//x")
                        .refused(400, 404)
                        .passes("GET /site/x")
                        .passes("GET /site//x")
                        .notAsHttpd(),
                target("no prefix, no member", source, "/other").refused(404),
                target("a prefix is whole segments", source, "/application").refused(404),
                target("an exclusion", source, "/app/private/x").refused(404),
                target("an exclusion, climbed into", "CVE-2021-41773", "/app/x/../private/y")
                        .refused(400, 404),
                target("an exclusion, climbed into with quoted dots", "CVE-2021-41773", "/app/x/%2e%2e/private/y")
                        .refused(400, 404),
                target("an exclusion, climbed into with a parameter", "Orange Tsai 2018", "/app/x/..;/private/y")
                        .refused(400, 404)
                        .notAsHttpd(),
                target("an exclusion behind a dot", "RFC 3986 5.2.4", "/app/./private/y")
                        .refused(400, 404),
                target("an exclusion with a quoted letter", "RFC 3986 6.2.2.2", "/app/%70rivate/y")
                        .refused(400, 404),
                target("an exclusion with a parameter", "Orange Tsai 2018", "/app/private;x/y")
                        .refused(400, 404)
                        .passes("GET /site/private;x/y"),
                target("an exclusion with two slashes", "RFC 3986 6.2.2", "/app//private/y")
                        .refused(400, 404),
                target("an exclusion with a quoted slash", "CVE-2021-41773", "/app%2Fprivate/y")
                        .refused(400, 404),
                target("out of the prefix", "RFC 3986 5.2.4", "/app/../other").refused(400, 404),
                target("out of the prefix at the member", "RFC 3986 5.2.4", "/app/%2e%2e/other")
                        .refused(400, 404),
                target("a capture is put in as it was", "mod_proxy ProxyPassMatch", "/id/7")
                        .passes("GET /get/7"),
                target("a capture cannot end the line", "CVE-2023-25690", "/id/7%20HTTP/1.1%0d%0aX-A:%20b")
                        .refused(400, 403, 404)
                        .passes("GET /get/7%20HTTP/1.1%0d%0aX-A:%20b"),
                target("a capture cannot add a parameter unseen", "CVE-2024-38473", "/id/7%26a=b")
                        .refused(400, 403, 404)
                        .passes("GET /get/7%26a=b"),
                target("a capture cannot begin a fragment", "CVE-2024-38473", "/id/7%23a")
                        .refused(400, 403, 404)
                        .passes("GET /get/7%23a"),
                target("a capture with a quoted question mark", "CVE-2024-38474", "/id/7%3Fa")
                        .refused(400, 403, 404)
                        .passes("GET /get/7%3Fa"));
        rows.forEach(row -> row.under(Setup.ROUTED));
        return rows;
    }
}
