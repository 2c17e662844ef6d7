package org.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.wire.Row.row;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fairlead.system.WireMessage;

/** What matters is when: interim answers, Expect, early answers, drip-fed bodies. */
final class TimingRows {
    private static final String EXPECT = "POST /p HTTP/1.1|Host: h|Content-Length: 5|Expect: 100-continue||";

    private TimingRows() {}

    static List<Row> rows() {
        return Stream.of(expectations(), interims(), early(), drips())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> expectations() {
        String source = "RFC 9110 10.1.1";
        return List.of(
                row("Expect: the body comes after our 100", source)
                        .replies("HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 2||ok")
                        .replies("HTTP/1.1 200 OK|Content-Length: 2||ok")
                        .run(stage -> {
                            stage.send(EXPECT);
                            assertThat(stage.client().read().status()).isEqualTo(100);
                            stage.send("hello");
                            assertThat(stage.client().readFinal().status()).isEqualTo(200);
                            assertThat(stage.requests().get(0).bodyText()).isEqualTo("hello");
                        }),
                row("Expect: a member that says 100 itself", source)
                        .replies(turn -> {
                            turn.send("HTTP/1.1 100 Continue||");
                            turn.readBody();
                            turn.send("HTTP/1.1 200 OK|Content-Length: 2||ok");
                            return true;
                        })
                        .run(stage -> {
                            stage.send(EXPECT);
                            assertThat(stage.client().read().status()).isEqualTo(100);
                            stage.send("hello");
                            assertThat(stage.client().readFinal().bodyText()).isEqualTo("ok");
                        }),
                row("Expect: a member that never says 100 is not waited for", source)
                        .run(stage -> {
                            stage.send(EXPECT);
                            assertThat(stage.client().read().status()).isEqualTo(100);
                            stage.send("hello");
                            assertThat(stage.client().readFinal().bodyText()).isEqualTo("/p");
                        })
                        .notAsHttpd(),
                row("Expect: a client that does not wait", source)
                        .sends(EXPECT + "hello")
                        .passes("POST /p||hello")
                        .andAnswers(200)
                        .notAsHttpd(),
                row("Expect: the member refuses and the body never comes", source)
                        .replies(turn -> {
                            turn.send(
                                    "HTTP/1.1 401 Unauthorized|WWW-Authenticate: Basic|Content-Length: 2|Connection: close||no");
                            turn.awaitEnd();
                            return false;
                        })
                        .run(stage -> {
                            stage.send(EXPECT);
                            WireMessage response = stage.client().read();
                            if (response.status() == 100) {
                                stage.send("hello");
                                response = stage.client().readFinal();
                            }
                            assertThat(response.status()).isEqualTo(401);
                        }),
                row("Expect: the member refuses, and the client sends all the same", "Kettle 2025")
                        .replies(Reply.early("HTTP/1.1 401 Unauthorized|Content-Length: 2|Connection: close||no"))
                        .sends(
                                "POST /p HTTP/1.1|Host: h|Content-Length: 35|Expect: 100-continue||GET /smuggled HTTP/1.1|Host: h||")
                        .answers(401),
                row("Expect on a request without a body", source)
                        .sends("GET /p HTTP/1.1|Host: h|Expect: 100-continue||")
                        .passes("GET /p||")
                        .andAnswers(200),
                row("Expect from a 1.0 client is ignored", source)
                        .sends("POST /p HTTP/1.0|Host: h|Content-Length: 5|Expect: 100-continue||hello")
                        .passes("POST /p||hello")
                        .andInterims(),
                row("Expect of something else", source)
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 5|Expect: miracle||hello")
                        .refused(417)
                        .passes("POST /p||hello"),
                row("Expect with an empty body", source)
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 0|Expect: 100-continue||")
                        .passes("POST /p||")
                        .andAnswers(200),
                row("Expect and chunks", source)
                        .run(stage -> {
                            stage.send("POST /p HTTP/1.1|Host: h|Transfer-Encoding: chunked|Expect: 100-continue||");
                            assertThat(stage.client().read().status()).isEqualTo(100);
                            stage.send("5|hello|0||");
                            assertThat(stage.client().readFinal().status()).isEqualTo(200);
                            assertThat(stage.requests().get(0).bodyText()).isEqualTo("hello");
                        })
                        .notAsHttpd());
    }

    private static List<Row> interims() {
        String source = "RFC 9110 15.2";
        return List.of(
                row("103 is passed on or dropped", "RFC 8297")
                        .replies("HTTP/1.1 103 Early Hints|Link: </a>||HTTP/1.1 200 OK|X-A: a|Content-Length: 2||ok")
                        .shows("200|X-A: a||ok"),
                row("several interim answers", source)
                        .replies(
                                "HTTP/1.1 102 Processing||HTTP/1.1 103 Early Hints|Link: </a>||HTTP/1.1 200 OK|X-A: a|Content-Length: 2||ok")
                        .shows("200|X-A: a||ok"),
                row("a 100 that nobody asked for", source)
                        .replies("HTTP/1.1 100 Continue||HTTP/1.1 200 OK|X-A: a|Content-Length: 2||ok")
                        .shows("200|X-A: a||ok"),
                row("an interim answer for a 1.0 client is dropped", source)
                        .sends("GET /p HTTP/1.0|Host: h||")
                        .replies("HTTP/1.1 103 Early Hints|Link: </a>||HTTP/1.1 200 OK|X-A: a|Content-Length: 2||ok")
                        .shows("200|X-A: a||ok")
                        .andInterims(),
                row("interim answers without an end", "CWE-835")
                        .replies(Reply.closing("HTTP/1.1 103 Early Hints|Link: </a>||".repeat(5_000)
                                + "HTTP/1.1 200 OK|Content-Length: 2||ok"))
                        .answers(502)
                        .notAsHttpd());
    }

    private static List<Row> early() {
        String source = "RFC 9112 9.5; RFC 9110 15.5.14";
        String large = "x".repeat(4 << 20);
        return List.of(
                row("413 while the upload runs", source)
                        .replies(Reply.early("HTTP/1.1 413 Content Too Large|X-A: a|Content-Length: 2||no"))
                        .sends("PUT /p HTTP/1.1|Host: h|Content-Length: " + (4 << 20) + "||" + large)
                        .shows("413|X-A: a||no"),
                row("413 and a reset while the upload runs", source)
                        .replies(turn -> {
                            turn.send("HTTP/1.1 413 Content Too Large|Connection: close|Content-Length: 2||no");
                            turn.input().readNBytes(1 << 20);
                            return false;
                        })
                        .sends("PUT /p HTTP/1.1|Host: h|Content-Length: " + (4 << 20) + "||" + large)
                        .answers(413, 502)
                        .dropped()
                        .notAsHttpd(),
                row(
                                "an answer before the body, and the connection is not used again",
                                "response queue poisoning; Smiley")
                        .replies(turn -> {
                            turn.send("HTTP/1.1 200 OK|Content-Length: 2||ok");
                            turn.awaitEnd();
                            return false;
                        })
                        .run(stage -> {
                            stage.send("PUT /p HTTP/1.1|Host: h|Content-Length: 100||abc");
                            assertThat(stage.client().readFinal().bodyText()).isEqualTo("ok");
                            stage.client().close();
                            stage.memberA().awaitIdle();
                        })
                        .notAsHttpd(),
                row("a member that answers and closes without reading the body", "0.CL; Kettle 2025")
                        .replies(turn -> {
                            turn.send("HTTP/1.1 200 OK|Connection: close|Content-Length: 2||ok");
                            return false;
                        })
                        .sends("PUT /p HTTP/1.1|Host: h|Content-Length: 35||GET /smuggled HTTP/1.1|Host: h||")
                        .answers(200, 502)
                        .dropped());
    }

    private static List<Row> drips() {
        return List.of(
                drip(
                        "events arrive as they come",
                        "HTTP/1.1 200 OK|Content-Type: text/event-stream|Transfer-Encoding: chunked||",
                        "9|data: 1␊␊|",
                        "9|data: 2␊␊|",
                        "data: 1\n\n",
                        "data: 2\n\n"),
                drip(
                        "events without a length arrive as they come",
                        "HTTP/1.1 200 OK|Content-Type: text/event-stream||",
                        "data: 1␊␊",
                        "data: 2␊␊",
                        "data: 1\n\n",
                        "data: 2\n\n"),
                drip(
                        "a long poll of known length arrives as it comes",
                        "HTTP/1.1 200 OK|Content-Length: 10||",
                        "hello",
                        "world",
                        "hello",
                        "world"),
                row("a head arrives before its body", "RFC 9112 6; SSE")
                        .run(stage -> {
                            stage.send("GET /p HTTP/1.1|Host: h||");
                            WireMessage head = stage.client().readHead();
                            assertThat(head.header("X-A")).contains("a");
                        })
                        .replies(Reply.hanging("HTTP/1.1 200 OK|X-A: a|Transfer-Encoding: chunked||"))
                        .notAsHttpd(),
                row("an upload arrives as it comes", "RFC 9112 6")
                        .run(stage -> {
                            CountDownLatch seen = new CountDownLatch(1);
                            stage.memberA().play(List.of(turn -> {
                                if (new String(turn.input().readNBytes(7)).contains("5")) {
                                    seen.countDown();
                                }
                                turn.awaitEnd();
                                return false;
                            }));
                            stage.send("PUT /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||5|hello|");
                            assertThat(seen.await(5, TimeUnit.SECONDS))
                                    .as("bytes at the member")
                                    .isTrue();
                            stage.client().close();
                            stage.memberA().awaitIdle();
                        })
                        .notAsHttpd());
    }

    /** The member sends the second piece only when the client has the first one. */
    private static Row drip(
            String name, String head, String first, String second, String seenFirst, String seenSecond) {
        CountDownLatch firstSeen = new CountDownLatch(1);
        return row(name, "WHATWG HTML 9.2; RFC 9112 6")
                .replies(turn -> {
                    turn.readBody();
                    turn.send(head + first);
                    await(firstSeen);
                    turn.send(second);
                    return false;
                })
                .run(stage -> {
                    stage.send("GET /p HTTP/1.1|Host: h||");
                    stage.client().readHead();
                    assertThat(until(stage, seenFirst)).as("the first piece").contains(seenFirst);
                    firstSeen.countDown();
                    assertThat(until(stage, seenSecond)).as("the second piece").contains(seenSecond);
                });
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(3, TimeUnit.SECONDS)) {
                throw new IOException("the client has not seen the first piece");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String until(CaseRunner stage, String wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        int next = 0;
        while (next >= 0 && seen.indexOf(wanted) < 0) {
            next = stage.client().input().read();
            seen.append((char) next);
        }
        return seen.toString();
    }
}
