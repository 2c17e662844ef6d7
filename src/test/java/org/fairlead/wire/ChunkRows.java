package org.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.wire.Row.row;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Chunks of a request's body: what is no chunk ends the request, at the member too. */
final class ChunkRows {
    private static final String HEAD = "POST /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1|Host: h||";

    private ChunkRows() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(wrong());
        rows.addAll(right());
        rows.forEach(Row::containersOwn);
        return rows;
    }

    private static Row wrong(String name, String source, String chunks) {
        return row(name, source).sends(HEAD + chunks).refusedMidway(400, 413).dropped();
    }

    /** The rest comes when the member has got what can be told of the first part. */
    private static Row alone(String name, String source, String first, String rest) {
        return row(name, source).run(stage -> {
            CountDownLatch seen = new CountDownLatch(1);
            CompletableFuture<String> got = new CompletableFuture<>();
            stage.memberA().play(List.of(turn -> {
                String begin = new String(turn.input().readNBytes(8), StandardCharsets.ISO_8859_1);
                seen.countDown();
                got.complete(begin + new String(turn.input().readAllBytes(), StandardCharsets.ISO_8859_1));
                return false;
            }));
            stage.send(HEAD + first);
            assertThat(seen.await(5, TimeUnit.SECONDS)).isTrue();
            stage.send(rest);
            assertThat(stage.client().readFinal().status()).isEqualTo(400);
            assertThat(got.get(5, TimeUnit.SECONDS)).contains("hello").doesNotContain("0\r\n\r\n");
        });
    }

    private static List<Row> wrong() {
        String grammar = "RFC 9112 7.1 (1*HEXDIG)";
        return List.of(
                wrong("a chunk size that ends with LF alone", "RFC 9112 7.1; CVE-2025-22871", "5␊hello|0||")
                        .passes("POST /p||hello")
                        .notAsHttpd(),
                wrong("a last chunk that ends with LF alone", "RFC 9112 7.1; CVE-2025-22871", "5|hello|0␊␊" + SMUGGLED)
                        .passes("POST /p||hello", "GET /smuggled||")
                        .notAsHttpd(),
                wrong("chunk data that ends with LF alone", "RFC 9112 7.1; http-garden 7", "5|hello␊0||")
                        .notAsHttpd(),
                wrong("a chunk size with 0x", grammar + "; http-garden 2", "0x5|hello|0||"),
                wrong("a chunk size with a plus", grammar + "; http-garden 3", "+5|hello|0||"),
                wrong("a chunk size with a minus", grammar, "-5|hello|0||"),
                wrong("a last chunk of minus nought", grammar, "5|hello|-0||"),
                wrong("a chunk size with an underscore", grammar + "; http-garden 13", "0_5|hello|0||"),
                wrong("an empty chunk size", grammar + "; http-garden 17", "|hello|0||"),
                wrong("an empty chunk size with an extension", grammar, ";a=b|hello|0||"),
                wrong("a chunk size beyond 64 bits", grammar + "; http-garden 19", "10000000000000005|hello|0||"),
                wrong("a chunk size of all bits", grammar, "FFFFFFFFFFFFFFFF|hello|0||"),
                wrong("a negative chunk size by its first bit", grammar, "8000000000000000|hello|0||"),
                wrong("a chunk size of many zeros too many", "CWE-770", "0".repeat(70_000) + "5|hello|0||")
                        .passes("POST /p||hello"),
                wrong("a chunk size with a tail", grammar + "; http-garden 24", "5 x|hello|0||"),
                wrong("a chunk size and a letter", grammar, "5g|hello|0||"),
                wrong("a blank before a chunk size", grammar, " 5|hello|0||").passes("POST /p||hello"),
                wrong("a bare CR behind a chunk size", "RFC 9112 2.2", "5␍hello|0||"),
                wrong("a bare CR in an extension", "RFC 9112 2.2; CVE-2015-3183", "5;a␍b|hello|0||")
                        .passes("POST /p||hello")
                        .notAsHttpd(),
                wrong("a bare LF in an extension", "RFC 9112 7.1.1; TERM.EXT, 2025", "5;a␊hello|0||")
                        .passes("POST /p||hello")
                        .notAsHttpd(),
                wrong("a NUL in an extension", "RFC 9112 7.1.1", "5;a␀b|hello|0||")
                        .passes("POST /p||hello")
                        .notAsHttpd(),
                wrong("a chunk that is longer than it says", "RFC 9112 7.1", "5|hello!|0||"),
                wrong("a chunk that is shorter than it says", "RFC 9112 7.1", "6|hello|0||" + SMUGGLED),
                wrong("an empty line before the last chunk", grammar, "5|hello||0||"),
                wrong("two empty lines before the last chunk", grammar, "5|hello|||0||"),
                wrong("an empty line before a chunk", grammar, "5|hello||5|world|0||"),
                wrong("an empty line before the first chunk", grammar, "|5|hello|0||"),
                wrong("an empty line before an only last chunk", grammar, "|0||"),
                wrong("an empty line behind a chunk size", grammar, "5||hello|0||"),
                wrong("an empty line before a long chunk", grammar, "5|hello||64|" + "x".repeat(100) + "|0||"),
                wrong("an empty line and the last chunk of a pipeline", grammar, "5|hello||0||" + SMUGGLED),
                wrong("nothing but an extension before the last chunk", grammar, "5|hello|;a=b|0||"),
                wrong("nothing but an extension before a chunk", grammar, "5|hello|;a=b|5|world|0||"),
                wrong("a bare LF before the last chunk", grammar, "5|hello|␊0||")
                        .notAsHttpd(),
                wrong("a bare CR before the last chunk", grammar, "5|hello|␍0||")
                        .notAsHttpd(),
                wrong("a blank line of a blank before the last chunk", grammar, "5|hello| |0||"),
                alone("an empty line that comes alone before the last chunk", grammar, "5|hello||", "0||"),
                alone("an empty line that comes alone before a chunk", grammar, "5|hello|", "|5|world|0||"),
                alone("an empty line in two pieces before the last chunk", grammar, "5|hello|␍", "␊0||"),
                wrong(
                        "two bytes too many that look like an end",
                        "RFC 9112 7.1; SPILL, 2025",
                        "5|helloXX0||" + SMUGGLED),
                wrong("a trailer without a colon", "RFC 9112 7.1.2", "5|hello|0|X||")
                        .passes("POST /p||hello"),
                wrong("a trailer with a blank before its colon", "RFC 9112 5.1", "5|hello|0|X-T : 1||")
                        .passes("POST /p||hello"),
                wrong("trailers without an end", "CWE-770", "5|hello|0|" + "X-T: 1|".repeat(20_000) + "|")
                        .passes("POST /p||hello"),
                wrong("extensions without an end", "CWE-770", "5;" + "a=b;".repeat(50_000) + "|hello|0||")
                        .passes("POST /p||hello"),
                row("chunks that stop", "RFC 9112 8")
                        .sends(HEAD + "5|hello|")
                        .finishes()
                        .refusedMidway(400, 408)
                        .dropped(),
                row("a chunk that stops", "RFC 9112 8")
                        .sends(HEAD + "5|hel")
                        .finishes()
                        .refusedMidway(400, 408)
                        .dropped(),
                row("a last chunk without its empty line", "RFC 9112 8")
                        .sends(HEAD + "5|hello|0|")
                        .finishes()
                        .refusedMidway(400, 408)
                        .dropped());
    }

    private static List<Row> right() {
        return List.of(
                row("chunks are joined and framed anew or kept", "RFC 9112 7.1")
                        .sends(HEAD + "2|he|3|llo|0||")
                        .passes("POST /p||hello"),
                row("chunk sizes in either case, with zeros", "RFC 9112 7.1")
                        .sends(HEAD + "00a|0123456789|A|0123456789|0||")
                        .passes("POST /p||01234567890123456789"),
                row("extensions are dropped", "RFC 9112 7.1.1")
                        .sends(HEAD + "5;a=b;c=\"d\"|hello|0;x||")
                        .passes("POST /p||hello"),
                row("an empty chunked body", "RFC 9112 7.1").sends(HEAD + "0||").passes("POST /p||"),
                row("a chunk that holds a whole request", "RFC 9112 7.1")
                        .sends(HEAD + "23|" + SMUGGLED + "|0||")
                        .passes("POST /p||" + SMUGGLED),
                row("a chunk that holds an end of chunks", "RFC 9112 7.1")
                        .sends(HEAD + "6|0||x|0||")
                        .passes("POST /p||0||x"),
                row("a trailer is passed on or dropped, and is no field of the head", "RFC 9112 7.1.2")
                        .sends(HEAD + "5|hello|0|X-T: 1||")
                        .passes("POST /p|¬X-T||hello"),
                row("a trailer that would frame the next message", "RFC 9110 6.5.1")
                        .sends(HEAD + "5|hello|0|Content-Length: 50|Transfer-Encoding: chunked||")
                        .passes("POST /p|¬Content-Length||hello")
                        .passes("POST /p|Content-Length: 5||hello")
                        .refusedMidway(400));
    }
}
