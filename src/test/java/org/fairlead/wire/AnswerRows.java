package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.ArrayList;
import java.util.List;

/** Answers of a member that is broken or hostile, from the fields on. */
final class AnswerRows {
    private static final String EVIL = SurplusRows.EVIL;

    private AnswerRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(ends());
        rows.addAll(heads());
        rows.addAll(framings());
        rows.forEach(Row::asAnswer);
        return rows;
    }

    private static Row answer(String name, String source, String bytes) {
        return row(name, source).replies(bytes);
    }

    private static Row closing(String name, String source, String bytes) {
        return row(name, source).replies(Reply.closing(bytes));
    }

    private static List<Row> ends() {
        String cut = "RFC 9112 8; go's PanicBodyError";
        List<Row> rows = new ArrayList<>(List.of(
                closing("a member that closes without a word", "RFC 9110 15.6.3", "")
                        .replies(Reply.closing(""))
                        .answers(502, 503),
                row("a member that resets without a word", "RFC 9110 15.6.3")
                        .replies(Reply.resetting(""))
                        .replies(Reply.resetting(""))
                        .answers(502, 503),
                closing("a member that closes within the status line", "RFC 9112 8", "HTTP/1.1 2")
                        .replies(Reply.closing("HTTP/1.1 2"))
                        .answers(502),
                closing("a member that closes within the head", "RFC 9112 8", "HTTP/1.1 200 OK|X-A: a|")
                        .replies(Reply.closing("HTTP/1.1 200 OK|X-A: a|"))
                        .answers(502),
                row("a member that never answers", "RFC 9110 15.6.5; our decision")
                        .replies(Reply.hanging(""))
                        .replies(Reply.hanging(""))
                        .answers(504)
                        .notAsHttpd(),
                row("a member that stops within the head", "RFC 9110 15.6.5; our decision")
                        .replies(Reply.hanging("HTTP/1.1 200 OK|X-"))
                        .replies(Reply.hanging("HTTP/1.1 200 OK|X-"))
                        .answers(502, 504)
                        .notAsHttpd(),
                closing("a body shorter than its length", cut, "HTTP/1.1 200 OK|Content-Length: 10||hello")
                        .cuts(200),
                closing("a body shorter than its length by all", cut, "HTTP/1.1 200 OK|Content-Length: 10||")
                        .cuts(200)
                        .answers(502),
                closing(
                                "a body that comes in bulk and is shorter than its length",
                                cut,
                                "HTTP/1.1 200 OK|Content-Length: 300000||" + "x".repeat(200_000))
                        .cuts(200),
                row("a member that stops within a body that comes in bulk", cut)
                        .replies(Reply.hanging("HTTP/1.1 200 OK|Content-Length: 300000||" + "x".repeat(200_000)))
                        .cuts(200),
                row("a reset within a body of known length", cut)
                        .replies(Reply.resetting("HTTP/1.1 200 OK|Content-Length: 10||hello"))
                        .cuts(200)
                        .answers(502),
                closing(
                                "chunks that stop",
                                cut + "; nginx proxy_unfinished",
                                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|")
                        .cuts(200),
                closing("a chunk that stops", cut, "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hel")
                        .cuts(200),
                closing(
                                "a last chunk without its empty line",
                                cut,
                                "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|0|")
                        .cuts(200)
                        .shows("200||hello"),
                row("a reset within chunks", cut)
                        .replies(Reply.resetting("HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|"))
                        .cuts(200)
                        .answers(502),
                row("a reset within a body without length", cut)
                        .replies(Reply.resetting("HTTP/1.1 200 OK||hello"))
                        .cuts(200)
                        .answers(502)
                        .notAsHttpd(),
                row("a member that stops within a body of known length", cut)
                        .replies(Reply.hanging("HTTP/1.1 200 OK|Content-Length: 10||hello"))
                        .cuts(200),
                row("a member that stops within chunks", cut)
                        .replies(Reply.hanging("HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|"))
                        .cuts(200)));
        for (String chunk : List.of(
                "5x|hello|0||",
                "-5|hello|0||",
                "0x5|hello|0||",
                "|hello|0||",
                "FFFFFFFFFFFFFFFFF|hello|0||",
                "5|hello!|0||",
                "5|hello|zz||",
                "5|helloX|0||",
                "+5|hello|0||")) {
            rows.add(closing(
                            "a chunk that is none: " + chunk,
                            "RFC 9112 7.1",
                            "HTTP/1.1 200 OK|Transfer-Encoding: chunked||" + chunk)
                    .cuts(200)
                    .answers(502));
        }
        return rows;
    }

    private static Row field(String name, String source, String line) {
        return answer(name, source, "HTTP/1.1 200 OK|X-A: a|" + line + "|X-Z: z|Content-Length: 2||ok");
    }

    private static List<Row> heads() {
        String source = "RFC 9112 5; CVE-2023-38709, CVE-2024-24795";
        return List.of(
                field("a line without a colon", source, "junk").answers(502).shows("200|X-A: a|X-Z: z||ok"),
                field("an empty name", source, ": b")
                        .answers(502)
                        .shows("200|X-A: a|X-Z: z||ok")
                        .notAsHttpd(),
                field("a blank before the colon", "RFC 9112 5.1", "X-B : b")
                        .answers(502)
                        .shows("200|X-A: a|X-B: b|X-Z: z||ok")
                        .shows("200|X-A: a|X-Z: z||ok")
                        .notAsHttpd(),
                field("a blank in a name", source, "X B: b")
                        .answers(502)
                        .shows("200|X-A: a|X-Z: z||ok")
                        .notAsHttpd(),
                field("a bracket in a name", source, "X(B): b")
                        .answers(502)
                        .shows("200|X-A: a|X-Z: z||ok")
                        .notAsHttpd(),
                field("a high byte in a name", source, "X-\u00C9: b")
                        .answers(502)
                        .shows("200|X-A: a|X-Z: z||ok")
                        .notAsHttpd(),
                field("a NUL in a name", source, "X-␀B: b")
                        .answers(502)
                        .shows("200|X-A: a|X-Z: z||ok")
                        .notAsHttpd(),
                field("a NUL in a value", "CVE-2022-37436", "X-B: b␀c")
                        .answers(502)
                        .shows("200|X-A: a|X-B: b c|X-Z: z||ok")
                        .notAsHttpd(),
                field("a bare CR in a value", "RFC 9112 2.2", "X-B: b␍X-C: c")
                        .answers(502)
                        .shows("200|X-A: a|X-B: b X-C: c|X-Z: z||ok")
                        .notAsHttpd(),
                field("an ESC in a value", "RFC 9110 5.5; CWE-117", "X-B: b␛[31m")
                        .answers(502)
                        .shows("200|X-A: a|X-Z: z||ok")
                        .notAsHttpd(),
                field("a folded value", "RFC 9112 5.2", "X-B: b| c")
                        .answers(502)
                        .shows("200|X-A: a|X-B: b c|X-Z: z||ok")
                        .shows("200|X-A: a|X-B: b  c|X-Z: z||ok"),
                answer("a first field that is folded", "RFC 9112 2.2", "HTTP/1.1 200 OK| X-A: a|Content-Length: 2||ok")
                        .answers(502)
                        .shows("200||ok")
                        .notAsHttpd(),
                answer("a head of LF lines", "RFC 9112 2.2", "HTTP/1.1 200 OK␊X-A: a␊Content-Length: 2␊␊ok")
                        .answers(502)
                        .shows("200|X-A: a||ok"),
                field("high bytes in a value pass", "RFC 9110 5.5", "X-B: \u00FC\u0080\u009F")
                        .shows("200|X-A: a|X-B: \u00FC\u0080\u009F|X-Z: z||ok"),
                field("an empty value", "RFC 9110 5.5", "X-B:")
                        .shows("200|X-A: a|X-B: |X-Z: z||ok")
                        .shows("200|X-A: a|X-B:|X-Z: z||ok"),
                closing(
                                "a head of 2 MiB",
                                "CWE-770; CVE-2026-54399",
                                "HTTP/1.1 200 OK|X-A: " + "a".repeat(2 << 20) + "|Content-Length: 2||ok")
                        .answers(502),
                closing(
                                "a head of 80 KiB in fields of 1 KiB",
                                "CWE-770; responsefieldsize",
                                "HTTP/1.1 200 OK|" + ("X-A: " + "a".repeat(1017) + "|").repeat(80)
                                        + "Content-Length: 2||ok")
                        .answers(502)
                        .notAsHttpd(),
                closing(
                                "20000 fields",
                                "CWE-770",
                                "HTTP/1.1 200 OK|" + "X-A: a|".repeat(20_000) + "Content-Length: 2||ok")
                        .answers(502)
                        .notAsHttpd(),
                row("a head without an end", "CWE-770")
                        .replies(turn -> {
                            turn.readBody();
                            turn.send("HTTP/1.1 200 OK|");
                            String more = "X-A: " + "a".repeat(4_000) + "|";
                            for (int i = 0; i < 20_000; i++) {
                                turn.send(more);
                            }
                            return false;
                        })
                        .answers(502),
                field("a value of 3500 bytes", "RFC 9110 5.4", "X-B: " + "b".repeat(3_500))
                        .shows("200|X-A: a|X-B: " + "b".repeat(3_500) + "|X-Z: z||ok"));
    }

    private static List<Row> framings() {
        String source = "RFC 9112 6.3; nginx's proxy_duplicate_headers";
        List<Row> rows = new ArrayList<>();
        for (String value :
                List.of("+2", "-2", "0x2", "2a", "", "2 2", "2, 3", "99999999999999999999", "\"2\"", "2.0", "␋2")) {
            rows.add(closing(
                            "a member's Content-Length '" + value + "'",
                            source,
                            "HTTP/1.1 200 OK|Content-Length: " + value + "||ok")
                    .answers(502)
                    .notAsHttpd());
        }
        rows.add(closing("two lengths that differ", source, "HTTP/1.1 200 OK|Content-Length: 2|Content-Length: 3||ok")
                .answers(502)
                .notAsHttpd());
        rows.add(answer("two equal lengths", source, "HTTP/1.1 200 OK|Content-Length: 2|Content-Length: 2||ok")
                .answers(502)
                .shows("200|Content-Length: 2||ok")
                .notAsHttpd());
        rows.add(closing(
                        "a length and chunks",
                        "RFC 9112 6.3(3)",
                        "HTTP/1.1 200 OK|Content-Length: 3|Transfer-Encoding: chunked||2|ok|0||")
                .answers(502)
                .shows("200||ok"));
        rows.add(answer(
                        "a length and chunks on a connection that stays",
                        "RFC 9112 6.3(3); CVE-2024-42516",
                        "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 50||2|ok|0||" + EVIL)
                .answers(502)
                .shows("200||ok"));
        for (String coding :
                List.of("xchunked", "gzip", "identity", "chunked, gzip", "chunked, chunked", "␋chunked", "")) {
            rows.add(closing(
                            "a member's Transfer-Encoding '" + coding + "'",
                            source,
                            "HTTP/1.1 200 OK|Transfer-Encoding: " + coding + "||2|ok|0||")
                    .answers(502)
                    .notAsHttpd());
        }
        rows.add(closing(
                        "chunks from a 1.0 member",
                        "RFC 9112 6.1",
                        "HTTP/1.0 200 OK|Transfer-Encoding: chunked||2|ok|0||")
                .answers(502)
                .shows("200||ok"));
        return rows;
    }
}
