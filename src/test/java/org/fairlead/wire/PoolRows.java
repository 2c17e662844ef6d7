package org.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.wire.Row.row;

import java.util.List;
import java.util.stream.Stream;
import org.fairlead.system.RawClient;
import org.fairlead.system.WireMessage;

/** Connections to members: which are used again, what is tried again, and what an abort does. */
final class PoolRows {
    private static final String OK = "HTTP/1.1 200 OK|Content-Length: 2||ok";

    private PoolRows() {}

    static List<Row> rows() {
        return Stream.of(reuse(), retries(), aborts()).flatMap(List::stream).toList();
    }

    private static List<Row> reuse() {
        String source = "RFC 9112 9.3.1";
        return List.of(
                row("a connection is used again", source).run(stage -> {
                    ask(stage, "GET /1 HTTP/1.1|Host: h||", 200);
                    ask(stage, "GET /2 HTTP/1.1|Host: h||", 200);
                    ask(stage, "GET /3 HTTP/1.1|Host: h||", 200);
                    assertThat(stage.memberA().connections()).isLessThanOrEqualTo(1);
                }),
                row("a connection that the member said it would close is not used again", "RFC 9112 9.6")
                        .replies("HTTP/1.1 200 OK|Connection: close|Content-Length: 2||ok")
                        .run(stage -> {
                            stage.memberA().drop();
                            ask(stage, "GET /1 HTTP/1.1|Host: h||", 200);
                            int before = stage.memberA().connections();
                            ask(stage, "GET /2 HTTP/1.1|Host: h||", 200);
                            assertThat(stage.memberA().connections()).isEqualTo(before + 1);
                        }),
                row("a 1.0 member's connection is not used again", "RFC 9112 9.3")
                        .replies("HTTP/1.0 200 OK|Content-Length: 2||ok")
                        .run(stage -> {
                            stage.memberA().drop();
                            ask(stage, "GET /1 HTTP/1.1|Host: h||", 200);
                            int before = stage.memberA().connections();
                            ask(stage, "GET /2 HTTP/1.1|Host: h||", 200);
                            assertThat(stage.memberA().connections()).isEqualTo(before + 1);
                        }),
                row("GET meets a connection that has died in the pool", source)
                        .replies(Reply.closing(OK))
                        .run(stage -> {
                            stage.memberA().drop();
                            ask(stage, "GET /1 HTTP/1.1|Host: h||", 200);
                            stage.memberA().awaitOpen(0);
                            ask(stage, "GET /2 HTTP/1.1|Host: h||", 200);
                        }),
                row("POST meets a connection that has died in the pool", source)
                        .replies(Reply.closing(OK))
                        .run(stage -> {
                            stage.memberA().drop();
                            ask(stage, "GET /1 HTTP/1.1|Host: h||", 200);
                            stage.memberA().awaitOpen(0);
                            ask(stage, "POST /2 HTTP/1.1|Host: h|Content-Length: 5||hello", 200);
                            assertThat(stage.requests())
                                    .filteredOn(request -> request.method().equals("POST"))
                                    .hasSize(1);
                        }),
                row("a big POST meets a connection that has died in the pool", source)
                        .replies(Reply.closing(OK))
                        .run(stage -> {
                            stage.memberA().drop();
                            ask(stage, "GET /1 HTTP/1.1|Host: h||", 200);
                            stage.memberA().awaitOpen(0);
                            ask(stage, "POST /2 HTTP/1.1|Host: h|Content-Length: 300000||" + "x".repeat(300_000), 200);
                        }),
                row("GET meets a connection that dies as it is used", source)
                        .replies(OK)
                        .replies(Reply.closing(""))
                        .run(stage -> {
                            ask(stage, "GET /1 HTTP/1.1|Host: h||", 200);
                            ask(stage, "GET /2 HTTP/1.1|Host: h||", 200);
                        })
                        .notAsHttpd(),
                row("all connections die at once", source).run(stage -> {
                    ask(stage, "GET /1 HTTP/1.1|Host: h||", 200);
                    stage.memberA().drop();
                    stage.memberA().awaitOpen(0);
                    ask(stage, "GET /2 HTTP/1.1|Host: h||", 200);
                }),
                row("200 broken answers leave the pool whole", "Smiley #181").run(stage -> {
                    Reply broken = Reply.closing("HTTP/1.1 200 OK|Content-Length: 10||hello");
                    stage.memberA()
                            .play(Stream.generate(() -> broken).limit(200).toList());
                    for (int i = 0; i < 200; i++) {
                        try (RawClient client = stage.another()) {
                            client.send("GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n");
                            assertThat(client.readFinal().cut())
                                    .as("answer " + i)
                                    .isTrue();
                        }
                    }
                    ask(stage, "GET /last HTTP/1.1|Host: h||", 200);
                    stage.memberA().awaitOpen(1);
                }),
                row("150 answers with a broken Content-Encoding leave the pool whole", "CVE-2026-64607")
                        .run(stage -> {
                            Reply broken = Reply.of("HTTP/1.1 200 OK|Content-Encoding: gzip|Content-Length: 4||evil");
                            stage.memberA()
                                    .play(Stream.generate(() -> broken)
                                            .limit(150)
                                            .toList());
                            for (int i = 0; i < 150; i++) {
                                ask(stage, "GET /" + i + " HTTP/1.1|Host: h||", 200);
                            }
                            assertThat(stage.memberA().connections()).isLessThanOrEqualTo(1);
                        }));
    }

    private static List<Row> retries() {
        String source = "RFC 9110 9.2.2";
        return List.of(
                row("POST whose connection dies is delivered once", source)
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 5||hello")
                        .replies(Reply.closing(""))
                        .answers(502, 503)
                        .andPasses("POST /p||hello"),
                row("POST whose connection is reset is delivered once", source)
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 5||hello")
                        .replies(Reply.resetting(""))
                        .answers(502, 503)
                        .andPasses("POST /p||hello"),
                row("POST that is not answered is delivered once", source)
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 5||hello")
                        .replies(Reply.hanging(""))
                        .answers(504)
                        .andPasses("POST /p||hello")
                        .notAsHttpd(),
                row("POST without a body is delivered once", source)
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 0||")
                        .replies(Reply.closing(""))
                        .answers(502, 503)
                        .andPasses("POST /p||"),
                row("PATCH is delivered once", source)
                        .sends("PATCH /p HTTP/1.1|Host: h|Content-Length: 5||hello")
                        .replies(Reply.closing(""))
                        .answers(502, 503)
                        .andPasses("PATCH /p||hello"),
                row("an answer that has begun is not asked for again", source)
                        .replies(Reply.closing("HTTP/1.1 200 OK|Content-Length: 10||hello"))
                        .cuts(200)
                        .andPasses("GET /p"),
                row("a member that refuses", "RFC 9110 15.6.4").run(stage -> {
                    stage.memberA().kill();
                    try {
                        ask(stage, "GET /p HTTP/1.1|Host: h||", 503);
                    } finally {
                        stage.memberA().restart();
                    }
                }),
                row("a member that resets on accept", "RFC 9110 15.6.3").run(stage -> {
                    stage.memberA().drop();
                    stage.memberA().play(List.of(Reply.resetting(""), Reply.resetting(""), Reply.resetting("")));
                    WireMessage response = stage.client()
                            .send("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                            .readFinal();
                    assertThat(response.status()).isIn(502, 503);
                    assertThat(stage.requests()).hasSize(1);
                    stage.memberA().play(List.of());
                }));
    }

    private static List<Row> aborts() {
        String source = "nginx 499; haproxy abortonclose; go Cancelation";
        return List.of(
                row("the client leaves a download", source)
                        .replies(turn -> {
                            turn.readBody();
                            turn.send("HTTP/1.1 200 OK|Transfer-Encoding: chunked||");
                            byte[] chunk = Notation.bytes("1000|" + "x".repeat(4096) + "|");
                            for (int i = 0; i < 100_000; i++) {
                                turn.send(chunk);
                            }
                            return false;
                        })
                        .run(stage -> {
                            stage.send("GET /p HTTP/1.1|Host: h||");
                            stage.client().readHead();
                            stage.client().input().readNBytes(10_000);
                            stage.client().close();
                            stage.memberA().awaitIdle();
                        }),
                row("the client leaves an upload", source)
                        .replies(turn -> {
                            turn.awaitEnd();
                            return false;
                        })
                        .run(stage -> {
                            stage.send("PUT /p HTTP/1.1|Host: h|Content-Length: 100000||" + "x".repeat(50_000));
                            stage.client().close();
                            stage.memberA().awaitIdle();
                            assertThat(stage.requests()).noneMatch(Received::complete);
                        }),
                row("the client resets an upload", source)
                        .replies(turn -> {
                            turn.awaitEnd();
                            return false;
                        })
                        .run(stage -> {
                            stage.send("PUT /p HTTP/1.1|Host: h|Transfer-Encoding: chunked||5|hello|");
                            stage.client().reset();
                            stage.memberA().awaitIdle();
                            assertThat(stage.requests()).noneMatch(Received::complete);
                        }),
                row("the client leaves while it waits", source)
                        .replies(Reply.hanging(""))
                        .run(stage -> {
                            stage.send("GET /p HTTP/1.1|Host: h||");
                            stage.memberA().awaitRequests(1);
                            stage.client().close();
                            stage.memberA().awaitIdle();
                        }),
                row("an upload that stops is given up", "CVE-2018-17189; mod_core Timeout")
                        .run(stage -> {
                            stage.send("PUT /p HTTP/1.1|Host: h|Content-Length: 10||hello");
                            try (RawClient client = stage.client()) {
                                WireMessage response = client.readFinal();
                                assertThat(response.status()).isIn(400, 408, 504);
                            } catch (java.io.EOFException e) {
                                // Closed without a word is as good.
                            }
                            stage.memberA().awaitIdle();
                        })
                        .notAsHttpd(),
                row("a head that stops is given up", "CVE-2007-6750; mod_core Timeout")
                        .run(stage -> {
                            stage.send("GET /p HTTP/1.1|Host: h|X-");
                            try {
                                assertThat(stage.client().readFinal().status()).isIn(400, 408);
                            } catch (java.io.EOFException e) {
                                // Closed without a word is as good.
                            }
                        })
                        .containersOwn());
    }

    static void ask(CaseRunner stage, String request, int status) throws Exception {
        stage.send(request);
        WireMessage response = stage.client().readFinal();
        assertThat(response.status()).as(response.toString()).isEqualTo(status);
        assertThat(response.cut()).isFalse();
    }
}
