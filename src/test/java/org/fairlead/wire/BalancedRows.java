package org.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fairlead.wire.PoolRows.ask;
import static org.fairlead.wire.Row.row;

import java.util.List;
import org.fairlead.system.WireMessage;

/** Two members behind one name: what goes to the other one, and what must not. */
final class BalancedRows {
    private BalancedRows() {}

    static List<Row> rows() {
        List<Row> rows = List.of(
                row("GET goes to the other member when one refuses", "mod_proxy_balancer failover")
                        .run(stage -> {
                            stage.memberA().kill();
                            try {
                                ask(stage, "GET /p HTTP/1.1|Host: h||", 200);
                            } finally {
                                stage.memberA().restart();
                            }
                            assertThat(stage.memberB().requests()).hasSize(1);
                        }),
                row("POST goes to the other member when one refuses", "RFC 9110 9.2.2: nothing was sent")
                        .run(stage -> {
                            stage.memberA().kill();
                            try {
                                ask(stage, "POST /p HTTP/1.1|Host: h|Content-Length: 5||hello", 200);
                            } finally {
                                stage.memberA().restart();
                            }
                            assertThat(stage.memberB().requests().get(0).bodyText())
                                    .isEqualTo("hello");
                        }),
                row("GET of which no byte was answered goes to the other member", "our decision; RFC 9110 9.2.2")
                        .replies(Reply.closing(""))
                        .replies(Reply.closing(""))
                        .answers(200)
                        .notAsHttpd(),
                row("GET that times out is asked at most twice", "our decision; RFC 9110 9.2.2")
                        .replies(Reply.hanging(""))
                        .answers(200, 504)
                        .notAsHttpd(),
                row("POST of which no byte was answered goes nowhere else", "RFC 9110 9.2.2")
                        .sends("POST /p HTTP/1.1|Host: h|Content-Length: 5||hello")
                        .replies(Reply.closing(""))
                        .answers(502, 503)
                        .andPasses("POST /p||hello")
                        .notAsHttpd(),
                row("PUT with a body goes nowhere else once it was sent", "our decision")
                        .sends("PUT /p HTTP/1.1|Host: h|Content-Length: 5||hello")
                        .replies(Reply.closing(""))
                        .answers(502, 503)
                        .andPasses("PUT /p||hello")
                        .notAsHttpd(),
                row("503 from both is asked at most twice", "retry storm")
                        .replies("HTTP/1.1 503 Service Unavailable|Content-Length: 2||no")
                        .repliesOfB(Reply.of("HTTP/1.1 503 Service Unavailable|Content-Length: 2||no"))
                        .run(stage -> {
                            WireMessage response = stage.client()
                                    .send("GET /p HTTP/1.1\r\nHost: h\r\n\r\n")
                                    .readFinal();
                            assertThat(response.status()).isEqualTo(503);
                            assertThat(stage.requests()).hasSizeLessThanOrEqualTo(2);
                        }),
                row("503 is the member's answer and goes to the client", "mod_proxy 1.8")
                        .replies("HTTP/1.1 503 Service Unavailable|X-A: a|Content-Length: 2||no")
                        .shows("503|X-A: a||no")
                        .andPasses("GET /p"),
                row("500 is the member's answer and goes to the client", "mod_proxy 1.8")
                        .replies("HTTP/1.1 500 Internal Server Error|X-A: a|Content-Length: 2||no")
                        .shows("500|X-A: a||no")
                        .andPasses("GET /p"),
                row("nobody is left", "RFC 9110 15.6.4").run(stage -> {
                    stage.memberA().kill();
                    stage.memberB().kill();
                    try {
                        ask(stage, "GET /p HTTP/1.1|Host: h||", 503);
                    } finally {
                        stage.memberA().restart();
                        stage.memberB().restart();
                    }
                }),
                session("a session of nobody goes to somebody", "Cookie: SID=x.nobody"),
                session("a session of a member that is switched off does not reach it", "Cookie: SID=x.b"),
                session("a session of 4 KiB is none", "Cookie: SID=" + "x".repeat(4200) + ".b"),
                session("a session with odd signs", "Cookie: SID=x.%0d%0aX-B:%20c; SID=\"x.b\"; SID=x.b\u00ff"),
                session("two sessions that differ", "Cookie: SID=x.b; SID=x.a|Cookie: SID=x.b"),
                row("a redirect of any member is mapped back", "mod_proxy ProxyPassReverse balancer://")
                        .run(stage -> {
                            stage.memberA()
                                    .play(List.of(Reply.of("HTTP/1.1 302 Found|Location: http://127.0.0.1:"
                                            + stage.memberB().port() + "/x?y|Content-Length: 0||")));
                            WireMessage response = stage.client()
                                    .send("GET /p HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                                    .readFinal();
                            assertThat(response.header("Location")).contains("http://shop.example/x?y");
                        }));
        rows.forEach(row -> row.under(Setup.BALANCED));
        return rows;
    }

    /** Whatever a client says of its session, the member that may serve answers, and gets the cookie as it was. */
    private static Row session(String name, String fields) {
        return row(name, "mod_proxy_balancer stickysession; forged routes")
                .sends("GET /s/p HTTP/1.1|Host: h|" + fields + "||")
                .run(stage -> {
                    stage.dialogue();
                    assertThat(stage.memberA().requests()).hasSize(1);
                })
                .passes("GET /s/p|" + fields);
    }
}
