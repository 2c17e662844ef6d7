package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.ArrayList;
import java.util.List;

/** The first line of a member's answer. */
final class StatusLineRows {
    private StatusLineRows() {}

    private static Row answer(String name, String source, String bytes) {
        return row(name, source).replies(bytes);
    }

    static List<Row> rows() {
        String source = "RFC 9112 4; CVE-2026-33523";
        List<Row> rows = new ArrayList<>();
        for (String line : List.of(
                "garbage",
                "HTTP/1.1",
                "HTTP/1.1 ",
                "HTTP/1.1 OK",
                "HTTP/1.1 20 OK",
                "HTTP/1.1 2000 OK",
                "HTTP/1.1 abc OK",
                "HTTQ/1.1 200 OK",
                "http/1.1 200 OK",
                "HTTP/2.0 200 OK",
                "HTTP/0.9 200 OK",
                "HTTP/1.1 000 OK",
                "HTTP/1.1 099 OK",
                "HTTP/1.1 -20 OK",
                "HTTP/1.1 999999999999 OK",
                "SSH-2.0-OpenSSH_9.2",
                "␀␀␀␀",
                "HTTP/1.1 200\u00A0OK",
                " HTTP/1.1 200 OK",
                "HTTP/1.1␉200 OK",
                "HTTP/1.1  200 OK",
                "ICY 200 OK",
                "200 OK",
                "<html>")) {
            rows.add(row("status line '" + line + "'", source)
                    .replies(Reply.closing(line + "|Content-Length: 2||ok"))
                    .replies(Reply.closing(line + "|Content-Length: 2||ok"))
                    .answers(502)
                    .notAsHttpd());
        }
        for (String reason : List.of("a␀b", "a␛[31mb", "a␍b", "a␡b")) {
            rows.add(answer(
                            "a reason with control bytes: " + reason,
                            source,
                            "HTTP/1.1 200 " + reason + "|X-A: a|Content-Length: 2||ok")
                    .answers(502)
                    .shows("200|X-A: a||ok")
                    .notAsHttpd());
        }
        rows.add(answer("no reason", "RFC 9112 4", "HTTP/1.1 200 |X-A: a|Content-Length: 2||ok")
                .shows("200|X-A: a||ok"));
        rows.add(answer("no reason and no blank", "RFC 9112 4", "HTTP/1.1 200|X-A: a|Content-Length: 2||ok")
                .shows("200|X-A: a||ok")
                .answers(502));
        rows.add(answer("a reason with high bytes", "RFC 9112 4", "HTTP/1.1 200 G\u00FCt|X-A: a|Content-Length: 2||ok")
                .shows("200|X-A: a||ok"));
        rows.add(answer("a status nobody knows", "RFC 9110 15", "HTTP/1.1 299 Odd|X-A: a|Content-Length: 2||ok")
                .shows("299|X-A: a||ok"));
        rows.add(answer("a status beyond the classes", "RFC 9110 15", "HTTP/1.1 799 Odd|Content-Length: 2||ok")
                .answers(502)
                .shows("799||ok"));
        rows.add(
                answer("an empty line before the status line", "RFC 9112 2.2", "|HTTP/1.1 200 OK|Content-Length: 2||ok")
                        .answers(502)
                        .shows("200||ok"));
        rows.add(answer(
                        "junk lines before the status line",
                        "RFC 9112 4; response splitting",
                        "X-A: junk|HTTP/1.1 200 OK|Content-Length: 2||ok")
                .answers(502)
                .notAsHttpd());
        return rows;
    }
}
