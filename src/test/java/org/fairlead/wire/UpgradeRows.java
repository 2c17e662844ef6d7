package org.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.wire.Row.row;

import java.io.IOException;
import java.util.List;
import org.fairlead.system.WireMessage;

/** WebSocket and other upgrades: a tunnel only where client, configuration and member all agree. */
final class UpgradeRows {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13";
    private static final String ASK = "|Host: h|Connection: Upgrade|Upgrade: websocket|" + KEY + "||";
    private static final String SWITCH = "HTTP/1.1 101 Switching Protocols|Connection: Upgrade|Upgrade: websocket"
            + "|Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=||";
    private static final String SOURCE = "RFC 9110 7.8; RFC 6455 4";

    private UpgradeRows() {}

    static List<Row> rows() {
        return List.of(
                row("a tunnel carries bytes both ways", SOURCE)
                        .replies(echo(""))
                        .run(stage -> {
                            open(stage, "/ws/a", "");
                            assertThat(echoed(stage, "ping")).isEqualTo("ping");
                            assertThat(echoed(stage, "\u0081\u0085\u0000")).isEqualTo("\u0081\u0085\u0000");
                        }),
                row("bytes that came with the 101 are not lost", SOURCE)
                        .replies(echo("hello"))
                        .run(stage -> {
                            open(stage, "/ws/a", "");
                            assertThat(read(stage, 5)).isEqualTo("hello");
                            assertThat(echoed(stage, "ping")).isEqualTo("ping");
                        }),
                row("bytes that the client sent with its request are not lost", SOURCE)
                        .replies(echo(""))
                        .run(stage -> {
                            open(stage, "/ws/a", "early");
                            assertThat(read(stage, 5)).isEqualTo("early");
                        }),
                row("64 KiB each way at once", SOURCE).replies(echo("")).run(stage -> {
                    open(stage, "/ws/a", "");
                    assertThat(echoed(stage, "0123456789abcdef".repeat(4096)))
                            .isEqualTo("0123456789abcdef".repeat(4096));
                }),
                row("the member ends the tunnel", SOURCE)
                        .replies(turn -> {
                            turn.readBody();
                            turn.send(SWITCH + "bye");
                            return false;
                        })
                        .run(stage -> {
                            open(stage, "/ws/a", "");
                            assertThat(read(stage, 3)).isEqualTo("bye");
                            assertThat(stage.client().input().read()).isEqualTo(-1);
                        }),
                row("the client ends the tunnel, and the member's connection is closed", SOURCE)
                        .replies(echo(""))
                        .run(stage -> {
                            open(stage, "/ws/a", "");
                            stage.client().close();
                            stage.memberA().awaitIdle();
                        }),
                row("the client breaks the tunnel, and the member's connection is closed", SOURCE)
                        .replies(echo(""))
                        .run(stage -> {
                            open(stage, "/ws/a", "");
                            stage.client().reset();
                            stage.memberA().awaitIdle();
                        }),
                row("one direction may end before the other", "RFC 6455 7.1.1")
                        .replies(turn -> {
                            turn.readBody();
                            turn.send(SWITCH);
                            turn.awaitEnd();
                            turn.send("last words");
                            return false;
                        })
                        .run(stage -> {
                            open(stage, "/ws/a", "");
                            stage.client().finishSending();
                            assertThat(read(stage, 10)).isEqualTo("last words");
                        }),
                row("a silent tunnel is ended", "RFC 6455 10; mod_proxy upgrade=, timeout=")
                        .replies(echo(""))
                        .run(stage -> {
                            open(stage, "/ws/a", "");
                            assertThat(stage.client().isClosedByServer()).isTrue();
                            stage.memberA().awaitIdle();
                        }),
                row("the request arrives as it was asked", SOURCE)
                        .replies(echo(""))
                        .run(stage -> {
                            stage.send(
                                    "GET /ws/a?b HTTP/1.1|Host: h|Connection: keep-alive, Upgrade|Upgrade: websocket|"
                                            + KEY
                                            + "|Sec-WebSocket-Protocol: chat, superchat|Sec-WebSocket-Extensions: permessage-deflate"
                                            + "|Origin: https://evil.example|Cookie: a=b||");
                            assertThat(stage.client().readFinal().status()).isEqualTo(101);
                            Received request = stage.memberA().awaitRequests(1).get(0);
                            assertThat(request.target()).isEqualTo("/ws/a?b");
                            assertThat(request.values("Upgrade")).containsExactly("websocket");
                            assertThat(request.values("Connection").get(0)).containsIgnoringCase("upgrade");
                            assertThat(request.fields())
                                    .contains(
                                            "Sec-WebSocket-Protocol: chat, superchat",
                                            "Origin: https://evil.example",
                                            "Cookie: a=b",
                                            "Sec-WebSocket-Extensions: permessage-deflate");
                        }),
                row("the member's fields arrive with the 101", SOURCE)
                        .replies(turn -> {
                            turn.readBody();
                            turn.send(SWITCH.replace(
                                    "||", "|Sec-WebSocket-Protocol: chat|Set-Cookie: a=b|Set-Cookie: c=d||"));
                            turn.awaitEnd();
                            return false;
                        })
                        .run(stage -> {
                            WireMessage response = open(stage, "/ws/a", "");
                            assertThat(response.headers("Set-Cookie")).containsExactly("a=b", "c=d");
                            assertThat(response.header("Sec-WebSocket-Protocol"))
                                    .contains("chat");
                            assertThat(response.header("Sec-WebSocket-Accept"))
                                    .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
                            assertThat(response.header("Upgrade")).contains("websocket");
                        }),
                row("the head of a 101 keeps nothing alive", "RFC 9110 7.6.1, 7.8")
                        .replies(turn -> {
                            turn.readBody();
                            turn.send(SWITCH.replace("Connection: Upgrade", "Connection: Keep-Alive, upgrade")
                                    .replace("||", "|Keep-Alive: timeout=5, max=100||"));
                            turn.awaitEnd();
                            return false;
                        })
                        .run(stage -> {
                            stage.send("GET /ws/a HTTP/1.1|Host: h|Connection: keep-alive, Upgrade|Keep-Alive: 9"
                                    + "|Upgrade: websocket|" + KEY + "||");
                            WireMessage response = stage.client().readFinal();
                            assertThat(response.status()).isEqualTo(101);
                            assertThat(response.headers("Keep-Alive")).isEmpty();
                            assertThat(response.headers("Connection"))
                                    .singleElement()
                                    .asString()
                                    .isEqualToIgnoringCase("upgrade");
                        }),
                row("any protocol where any is allowed", "mod_proxy upgrade=ANY")
                        .replies(turn -> {
                            turn.readBody();
                            turn.send("HTTP/1.1 101 Switching Protocols|Connection: Upgrade|Upgrade: odd/1||");
                            turn.output().write(turn.input().readNBytes(4));
                            turn.output().flush();
                            return false;
                        })
                        .run(stage -> {
                            stage.send("GET /any/a HTTP/1.1|Host: h|Connection: Upgrade|Upgrade: odd/1||");
                            assertThat(stage.client().readFinal().status()).isEqualTo(101);
                            assertThat(echoed(stage, "ping")).isEqualTo("ping");
                        }),
                row("a refused handshake stays HTTP", "0ang3el 2019")
                        .sends("GET /ws/a HTTP/1.1" + ASK)
                        .replies("HTTP/1.1 426 Upgrade Required|X-A: a|Content-Length: 2||no")
                        .shows("426|X-A: a||no")
                        .staysOpen(),
                row("a handshake answered with 200 stays HTTP", "0ang3el 2019")
                        .sends("GET /ws/a HTTP/1.1" + ASK)
                        .replies("HTTP/1.1 200 OK|Connection: Upgrade|Upgrade: websocket|X-A: a|Content-Length: 2||ok")
                        .shows("200|X-A: a||ok"),
                row("a refused handshake, and what follows is parsed", "0ang3el 2019")
                        .sends("GET /ws/a HTTP/1.1" + ASK + "GET /smuggled␀ HTTP/1.1|Host: h||")
                        .replies("HTTP/1.1 400 Bad Request|Content-Length: 0||")
                        .passes("GET /ws/a"),
                row("a wrong WebSocket version is the member's to refuse", "RFC 6455 4.4; 0ang3el 2019")
                        .sends(
                                "GET /ws/a HTTP/1.1|Host: h|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 1||")
                        .replies("HTTP/1.1 426 Upgrade Required|Sec-WebSocket-Version: 13|Content-Length: 0||")
                        .shows("426|Sec-WebSocket-Version: 13||")
                        .staysOpen(),
                row("no upgrade where none is allowed", "mod_proxy upgrade=")
                        .sends("GET /p HTTP/1.1" + ASK)
                        .passes("GET /p|¬Upgrade|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13")
                        .andShows("200||/p"),
                row("no other upgrade than what is allowed", "Bishop Fox 2020")
                        .sends(
                                "GET /ws/a HTTP/1.1|Host: h|Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|HTTP2-Settings: AAMA|X-A: a||")
                        .passes("GET /ws/a|¬Upgrade|X-A: a"),
                row("an allowed protocol among others goes alone, or none", "Bishop Fox 2020")
                        .sends("GET /ws/a HTTP/1.1|Host: h|Connection: Upgrade|Upgrade: h2c, websocket|X-A: a||")
                        .passes("GET /ws/a|¬Upgrade|X-A: a")
                        .passes("GET /ws/a|Upgrade: websocket|X-A: a")
                        .notAsHttpd(),
                row("Upgrade that Connection does not name asks for nothing", "RFC 9110 7.8")
                        .sends("GET /ws/a HTTP/1.1|Host: h|Upgrade: websocket|X-A: a||")
                        .passes("GET /ws/a|¬Upgrade|X-A: a")
                        .notAsHttpd(),
                row("a 1.0 client cannot upgrade", "RFC 9110 7.8")
                        .sends("GET /ws/a HTTP/1.0|Host: h|Connection: Upgrade|Upgrade: websocket|X-A: a||")
                        .passes("GET /ws/a|¬Upgrade|X-A: a")
                        .refused(400)
                        .notAsHttpd(),
                row("h2c is never passed on, any or not", "Bishop Fox 2020")
                        .sends(
                                "GET /any/a HTTP/1.1|Host: h|Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|HTTP2-Settings: AAMA|X-A: a||")
                        .passes("GET /any/a|¬Upgrade|X-A: a")
                        .refused(400, 403)
                        .notAsHttpd(),
                row("an upgrade to TLS is never passed on, any or not", "CVE-2025-49812; RFC 2817 3")
                        .sends(
                                "OPTIONS /any/a HTTP/1.1|Host: h|Connection: Upgrade|Upgrade: TLS/1.2, HTTP/1.1|X-A: a||")
                        .passes("OPTIONS /any/a|¬Upgrade|X-A: a")
                        .refused(400, 403)
                        .notAsHttpd(),
                row("a 101 that nobody asked for", "RFC 9110 15.2.2")
                        .replies(SWITCH + "evil")
                        .answers(502),
                row("a 101 to another protocol", "RFC 9110 15.2.2; mod_proxy upgrade=")
                        .sends("GET /ws/a HTTP/1.1" + ASK)
                        .replies("HTTP/1.1 101 Switching Protocols|Connection: Upgrade|Upgrade: h2c||evil")
                        .answers(502),
                row("a 101 without a protocol", "RFC 9110 15.2.2")
                        .sends("GET /ws/a HTTP/1.1" + ASK)
                        .replies("HTTP/1.1 101 Switching Protocols|Connection: Upgrade||evil")
                        .answers(502)
                        .notAsHttpd(),
                row("a member that dies within the handshake", "RFC 9110 15.6.3")
                        .sends("GET /ws/a HTTP/1.1" + ASK)
                        .replies(Reply.closing("HTTP/1.1 101 Swi"))
                        .replies(Reply.closing("HTTP/1.1 101 Swi"))
                        .answers(502));
    }

    private static Reply echo(String withThe101) {
        return turn -> {
            turn.readBody();
            turn.send(SWITCH + withThe101);
            byte[] buffer = new byte[16 * 1024];
            int read = turn.input().read(buffer);
            while (read >= 0) {
                turn.output().write(buffer, 0, read);
                turn.output().flush();
                read = turn.input().read(buffer);
            }
            return false;
        };
    }

    private static WireMessage open(CaseRunner stage, String target, String early) throws IOException {
        stage.send("GET " + target + " HTTP/1.1" + ASK + early);
        WireMessage response = stage.client().readFinal();
        assertThat(response.status()).as(response.toString()).isEqualTo(101);
        return response;
    }

    private static String echoed(CaseRunner stage, String text) throws IOException {
        stage.send(text);
        return read(stage, text.length());
    }

    private static String read(CaseRunner stage, int count) throws IOException {
        return new String(stage.client().input().readNBytes(count), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
