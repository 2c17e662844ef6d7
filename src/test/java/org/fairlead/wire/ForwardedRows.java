package org.fairlead.wire;

import static org.fairlead.wire.Row.row;

import java.util.List;

/** Fields between neighbours: what a proxy removes, what it adds, and whom it believes. */
final class ForwardedRows {
    private static final String TRUST = "RFC 7239 8.1; CVE-2025-41235";

    private ForwardedRows() {}

    static List<Row> rows() {
        return java.util.stream.Stream.of(hopByHop(), added(), answers())
                .flatMap(List::stream)
                .toList();
    }

    private static Row with(String name, String source, String fields) {
        return row(name, source).sends("GET /p HTTP/1.1|Host: h|" + fields + "||");
    }

    private static List<Row> hopByHop() {
        String source = "RFC 9110 7.6.1";
        return List.of(
                with("what Connection names goes no further", source, "Connection: X-Hop|X-Hop: 1|X-A: a")
                        .passes("GET /p|X-A: a"),
                with(
                                "Connection names several",
                                source,
                                "Connection: X-Hop, close , x-hop-2|X-Hop: 1|X-HOP-2: 2|X-A: a")
                        .passes("GET /p|X-A: a")
                        .closes(),
                with("two Connection lines", source, "Connection: X-Hop|X-Hop: 1|Connection: X-Hop2|X-Hop2: 2|X-A: a")
                        .passes("GET /p|X-A: a"),
                with("empty members in Connection", source, "Connection: ,,X-Hop,|X-Hop: 1|X-A: a")
                        .passes("GET /p|X-A: a")
                        .refused(400),
                with("a named field comes twice", source, "X-Hop: 1|Connection: x-hop|X-hop: 2|X-A: a")
                        .passes("GET /p|X-A: a"),
                with("Keep-Alive", source, "Connection: keep-alive|Keep-Alive: timeout=5|X-A: a")
                        .passes("GET /p|¬Keep-Alive|X-A: a"),
                with("Keep-Alive that Connection does not name", source, "Keep-Alive: timeout=5|X-A: a")
                        .passes("GET /p|¬Keep-Alive|X-A: a"),
                with("Proxy-Connection", source, "Proxy-Connection: keep-alive|X-A: a")
                        .passes("GET /p|X-A: a")
                        .notAsHttpd(),
                with("TE", "RFC 9110 10.1.4", "Connection: TE|TE: trailers, deflate;q=0.5|X-A: a")
                        .passes("GET /p|X-A: a")
                        .passes("GET /p|TE: trailers|X-A: a"),
                with("TE that Connection does not name", "RFC 9110 10.1.4", "TE: trailers|X-A: a")
                        .passes("GET /p|X-A: a"),
                with("Trailer is announced again or dropped", "RFC 9110 6.6.2", "Trailer: X-T|X-A: a")
                        .passes("GET /p|X-A: a")
                        .passes("GET /p|Trailer: X-T|X-A: a"),
                with("Upgrade alone is dropped", "RFC 9110 7.8", "Upgrade: foo|X-A: a")
                        .passes("GET /p|X-A: a"),
                with(
                                "Upgrade to a name that is not allowed here",
                                "RFC 9110 7.8",
                                "Connection: upgrade|Upgrade: foo|X-A: a")
                        .passes("GET /p|X-A: a"),
                with(
                                "HTTP2-Settings",
                                "RFC 7540 3.2.1; Bishop Fox 2020",
                                "Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|HTTP2-Settings: AAMAAABkAAQAAP__|X-A: a")
                        .passes("GET /p|X-A: a"),
                with(
                                "HTTP2-Settings that Connection does not name",
                                "RFC 7540 3.2.1; Bishop Fox 2020",
                                "Connection: Upgrade|Upgrade: h2c|HTTP2-Settings: AAMAAABkAAQAAP__|X-A: a")
                        .passes("GET /p|X-A: a")
                        .notAsHttpd(),
                with("Connection cannot take away the Host", "CVE-2022-31813", "Connection: Host|X-A: a")
                        .refused(400)
                        .passes("GET /p|X-A: a"),
                with(
                                "Connection cannot take away the Host when it is preserved",
                                "CVE-2022-31813",
                                "Connection: Host|X-A: a")
                        .under(Setup.PRESERVING)
                        .refused(400)
                        .passes("GET /p|Host: h|X-A: a")
                        .notAsHttpd(),
                with(
                                "Connection cannot take away what we add",
                                "CVE-2022-31813",
                                "Connection: X-Forwarded-For, X-Forwarded-Host, X-Forwarded-Server, Via|X-A: a")
                        .under(Setup.PRESERVING)
                        .refused(400)
                        .passes("GET /p|X-Forwarded-For: 127.0.0.1|X-Forwarded-Host: h"
                                + "|X-Forwarded-Server: proxy.example|Via: 1.1 proxy.example|X-A: a"),
                with(
                                "Connection can take away an end-to-end field, as it says",
                                source,
                                "Connection: Cookie|Cookie: a=b|X-A: a")
                        .passes("GET /p|X-A: a")
                        .refused(400),
                with("no token in Connection", source, "Connection: a b, \"c\"|X-A: a")
                        .refused(400)
                        .passes("GET /p|X-A: a"),
                with(
                                "Proxy-Authorization is for the proxy that asks",
                                "RFC 9110 11.7.2",
                                "Proxy-Authorization: Basic YTpi|X-A: a")
                        .passes("GET /p|X-A: a")
                        .passes("GET /p|Proxy-Authorization: Basic YTpi|X-A: a"),
                with("Proxy becomes no environment variable", "CVE-2016-5387", "Proxy: http://evil.example/|X-A: a")
                        .passes("GET /p|X-A: a")
                        .notAsHttpd());
    }

    private static List<Row> added() {
        return List.of(
                with("the client's address, Host and our name are added", "mod_proxy ProxyAddHeaders", "X-A: a")
                        .passes(
                                "GET /p|X-Forwarded-For: 127.0.0.1|X-Forwarded-Host: h|X-Forwarded-Server: proxy.example|X-A: a"),
                with("scheme and port are added", "our decision", "X-A: a")
                        .passes("GET /p|X-Forwarded-Proto: http|X-A: a")
                        .notAsHttpd(),
                with("X-Forwarded-For of a stranger is replaced", TRUST, "X-Forwarded-For: 10.0.0.1|X-A: a")
                        .passes("GET /p|X-Forwarded-For: 127.0.0.1|X-A: a")
                        .notAsHttpd(),
                with(
                                "X-Forwarded-For of a stranger on two lines",
                                TRUST,
                                "X-Forwarded-For: 10.0.0.1|x-forwarded-for: 10.0.0.2|X-A: a")
                        .passes("GET /p|X-Forwarded-For: 127.0.0.1|¬x-forwarded-for: 10|X-A: a")
                        .notAsHttpd(),
                with("X-Forwarded-Host of a stranger is replaced", TRUST, "X-Forwarded-Host: evil|X-A: a")
                        .passes("GET /p|X-Forwarded-Host: h|X-A: a")
                        .notAsHttpd(),
                with("X-Forwarded-Proto of a stranger is replaced", TRUST, "X-Forwarded-Proto: https|X-A: a")
                        .passes("GET /p|X-Forwarded-Proto: http|X-A: a")
                        .notAsHttpd(),
                with("X-Forwarded-Port of a stranger is replaced", TRUST, "X-Forwarded-Port: 443|X-A: a")
                        .run(stage -> {
                            stage.dialogue();
                            String port = stage.requests()
                                    .get(0)
                                    .values("X-Forwarded-Port")
                                    .get(0);
                            org.assertj.core.api.Assertions.assertThat(port).isNotEqualTo("443");
                        })
                        .passes("GET /p|X-A: a")
                        .notAsHttpd(),
                with("X-Forwarded-Server of a stranger is replaced", TRUST, "X-Forwarded-Server: evil|X-A: a")
                        .passes("GET /p|X-Forwarded-Server: proxy.example|X-A: a")
                        .notAsHttpd(),
                with("Forwarded of a stranger is dropped or replaced", TRUST, "Forwarded: for=10.0.0.1|X-A: a")
                        .passes("GET /p|¬Forwarded|X-A: a")
                        .notAsHttpd(),
                trusted(
                        "a trusted proxy says whose request it is",
                        "X-Client-IP: 192.0.2.1",
                        "X-Forwarded-For: 192.0.2.1"),
                trusted(
                        "a trusted proxy's own X-Forwarded-For is appended to",
                        "X-Client-IP: 192.0.2.1|X-Forwarded-For: 203.0.113.9",
                        "X-Forwarded-For: 203.0.113.9, 192.0.2.1"),
                trusted(
                        "a trusted proxy's scheme and port stand",
                        "X-Forwarded-Proto: https|X-Forwarded-Port: 443",
                        "X-Forwarded-Proto: https|X-Forwarded-Port: 443"),
                trusted(
                        "a trusted proxy's Host is appended to",
                        "X-Forwarded-Host: shop.example",
                        "X-Forwarded-Host: shop.example, h"),
                trusted(
                        "a trusted proxy's Forwarded is appended to",
                        "Forwarded: for=192.0.2.1",
                        "Forwarded: for=192.0.2.1, for=127.0.0.1;host=\"h\";proto=http"),
                trusted("what is no address is not believed", "X-Client-IP: 010.0.0.1", "X-Forwarded-For: 127.0.0.1"),
                with("the field of trusted proxies is a claim like others", TRUST, "X-Real-IP: 192.0.2.1|X-A: a")
                        .passes("GET /p|¬X-Real-IP|X-A: a")
                        .notAsHttpd(),
                with("Host is the member's", "mod_proxy ProxyPreserveHost Off", "X-A: a")
                        .run(stage -> {
                            stage.dialogue();
                            org.assertj.core.api.Assertions.assertThat(
                                            stage.requests().get(0).values("Host"))
                                    .containsExactly(
                                            "127.0.0.1:" + stage.memberA().port());
                        })
                        .passes("GET /p|X-A: a"),
                row("Host is the client's where that is preserved", "mod_proxy ProxyPreserveHost On")
                        .under(Setup.PRESERVING)
                        .sends("GET /p HTTP/1.1|Host: Shop.Example:8443|X-A: a||")
                        .passes("GET /p|Host: Shop.Example:8443|X-A: a"),
                with("Via is added", "RFC 9110 7.6.3; mod_proxy ProxyVia", "X-A: a")
                        .under(Setup.PRESERVING)
                        .passes("GET /p|Via: 1.1 proxy.example|X-A: a"),
                with("Via is appended", "RFC 9110 7.6.3", "Via: 1.0 fred|X-A: a")
                        .under(Setup.PRESERVING)
                        .passes("GET /p|Via: 1.0 fred, 1.1 proxy.example|X-A: a")
                        .passes("GET /p|Via: 1.0 fred|Via: 1.1 proxy.example|X-A: a"),
                row("Via of a 1.0 client names its version", "RFC 9110 7.6.3")
                        .under(Setup.PRESERVING)
                        .sends("GET /p HTTP/1.0|Host: h|X-A: a||")
                        .passes("GET /p|Via: 1.0 proxy.example|X-A: a"),
                with("Via is added to requests where nobody said a word of it", "RFC 9110 7.6.3", "X-A: a")
                        .passes("GET /p|Via: 1.1 proxy.example|X-A: a")
                        .notAsHttpd(),
                with("Via is appended where nobody said a word of it", "RFC 9110 7.6.3", "Via: 1.0 fred|X-A: a")
                        .passes("GET /p|Via: 1.0 fred, 1.1 proxy.example|X-A: a")
                        .notAsHttpd(),
                with("Via is left alone by ProxyVia Off", "mod_proxy ProxyVia Off", "Via: 1.0 fred|X-A: a")
                        .under(Setup.LIMITED)
                        .passes("GET /p|Via: 1.0 fred|X-A: a"),
                row("Via is taken away by ProxyVia Block", "mod_proxy ProxyVia Block")
                        .under(Setup.ROUTED)
                        .sends("GET /app/p HTTP/1.1|Host: h|Via: 1.0 fred|X-A: a||")
                        .passes("GET /site/p|¬Via|X-A: a"),
                loop("a request that was here eleven times is a loop", 11, "X-A: a", 508),
                loop("a request that was here ten times goes on", 10, "X-A: a", 200),
                loop(
                        "a request that was here more often than Max-Forwards allows is a loop",
                        3,
                        "Max-Forwards: 2",
                        508),
                loop("a request that was here as often as Max-Forwards allows goes on", 2, "Max-Forwards: 2", 200));
    }

    /** A request of a proxy that the operator named. */
    private static Row trusted(String name, String fields, String expected) {
        return row(name, "mod_remoteip; RFC 7239 4")
                .under(Setup.PRESERVING)
                .sends("GET /p HTTP/1.1|Host: h|" + fields + "||")
                .run(stage -> {
                    stage.send("GET /p HTTP/1.1|Host: h|" + fields + "||");
                    org.assertj.core.api.Assertions.assertThat(
                                    stage.client().readFinal().status())
                            .isEqualTo(200);
                    org.assertj.core.api.Assertions.assertThat(
                                    stage.requests().get(0).fields())
                            .contains(expected.split("\\|"));
                })
                .notAsHttpd();
    }

    /** A request whose Via names this proxy so often, in one line and by the port that the row runs on. */
    private static Row loop(String name, int passes, String field, int status) {
        return row(name, "RFC 9110 7.6.3; RFC 5842 7.2")
                .run(stage -> {
                    String entry = "1.1 proxy.example:" + stage.port();
                    String via = String.join(", ", java.util.Collections.nCopies(passes, entry));
                    stage.send("GET /p HTTP/1.1|Host: h|Via: " + via + "|" + field + "||");
                    org.assertj.core.api.Assertions.assertThat(
                                    stage.client().readFinal().status())
                            .isEqualTo(status);
                })
                .notAsHttpd();
    }

    private static Row answer(String name, String source, String fields) {
        return row(name, source).replies("HTTP/1.1 200 OK|" + fields + "|Content-Length: 2||ok");
    }

    private static List<Row> answers() {
        String source = "RFC 9110 7.6.1";
        return List.of(
                answer("what a member's Connection names goes no further", source, "Connection: X-Hop|X-Hop: 1|X-A: a")
                        .shows("200|X-A: a||ok"),
                answer("Keep-Alive of a member", source, "Keep-Alive: timeout=99|X-A: a")
                        .shows("200|¬Keep-Alive: timeout=99|X-A: a||ok"),
                answer("Proxy-Connection of a member", source, "Proxy-Connection: close|X-A: a")
                        .shows("200|X-A: a||ok")
                        .notAsHttpd(),
                answer(
                                "Upgrade of a member that was not asked",
                                "RFC 9110 7.8; CVE-2025-49812",
                                "Connection: Upgrade|Upgrade: h2c|X-A: a")
                        .shows("200|X-A: a||ok"),
                answer("TE of a member", source, "TE: trailers|X-A: a").shows("200|X-A: a||ok"),
                answer("Proxy-Authenticate of a member", "RFC 9110 11.7.1", "Proxy-Authenticate: Basic|X-A: a")
                        .shows("200|X-A: a||ok")
                        .shows("200|Proxy-Authenticate: Basic|X-A: a||ok"),
                answer("close of a member is the member's alone", source, "Connection: close|X-A: a")
                        .shows("200|X-A: a||ok")
                        .staysOpen(),
                answer("a member's Connection cannot name the framing", source, "Connection: content-length|X-A: a")
                        .shows("200|X-A: a||ok")
                        .shows("502")
                        .notAsHttpd(),
                answer("Via is not added to answers where nobody said a word of it", "our decision", "X-A: a")
                        .shows("200|¬Via|X-A: a||ok"),
                answer("Via is added to answers", "RFC 9110 7.6.3; mod_proxy ProxyVia", "X-A: a")
                        .under(Setup.PRESERVING)
                        .shows("200|Via: 1.1 proxy.example|X-A: a||ok"));
    }
}
