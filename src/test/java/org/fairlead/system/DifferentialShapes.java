package org.fairlead.system;

import java.util.List;
import java.util.Map;

/** What is put through httpd and Fairlead, and where they may differ; {@code |} is CR LF. */
final class DifferentialShapes {
    /** {@code %M} is the member's port. */
    static final String CONFIGURATION = """
            ServerName proxy.example
            AllowEncodedSlashes NoDecode
            ProxyVia On
            Timeout 5
            RequestHeader set X-Set "one"
            RequestHeader append X-Append "two"
            RequestHeader unset X-Unset
            RequestHeader edit X-Edit "^a(.*)z$" "<$1>"
            Header set X-Answer-Set "one"
            Header append X-Answer-Append "two"
            Header unset X-Answer-Unset
            Header always set X-Always "yes"
            <Proxy balancer://pool>
            BalancerMember http://127.0.0.1:%M/x
            </Proxy>
            <Location /section/>
            ProxyPass http://127.0.0.1:%M/l/ nocanon
            ProxyPassReverse http://127.0.0.1:%M/l/
            RequestHeader set X-Section "here"
            </Location>
            ProxyPass /deep/excluded !
            ProxyPass /deep/ http://127.0.0.1:%M/x/y/ nocanon
            ProxyPassReverse /deep/ http://127.0.0.1:%M/x/y/
            ProxyPassMatch ^/match/([a-z]+)/(.*)$ http://127.0.0.1:%M/g/$1/$2
            ProxyPassMatch ^/whole/.*$ http://127.0.0.1:%M
            ProxyPass /pool/ balancer://pool/
            ProxyPassReverse /pool/ balancer://pool/
            ProxyPassReverseCookieDomain member.example proxy.example
            ProxyPassReverseCookiePath /x/ /pool/
            ProxyPass /exact http://127.0.0.1:%M/exact
            ProxyPass /canon/ http://127.0.0.1:%M/c/
            """;

    /** Every request; its name is itself. */
    static final List<String> REQUESTS = List.of(
            get("/deep/a"),
            get("/deep/"),
            get("/deep"),
            get("/deeper"),
            get("/deep/a?b=c&d=%20e"),
            get("/deep/a%2Fb"),
            get("/deep/a;b=c/d"),
            get("/deep/excluded"),
            get("/deep/excluded/a"),
            get("/deep/excludedx"),
            get("/deep/a%20b"),
            get("/deep/a?"),
            get("/deep/a??b"),
            get("/deep/%7Ea"),
            get("/deep/a+b:c@d!$&'()*,="),
            get("/deep/%E2%82%AC"),
            get("/section/a"),
            get("/section/"),
            get("/section"),
            get("/section/a%2Fb?c"),
            get("/match/abc/d/e"),
            get("/match/ABC/d"),
            get("/match/abc/"),
            get("/match/abc/d?e=f"),
            get("/whole/a/b?c"),
            get("/exact"),
            get("/exact/"),
            get("/exact/a"),
            get("/exacta"),
            get("/nothing"),
            get("/pool/a"),
            get("/pool/a?b"),
            get("/canon/a"),
            get("/canon/a?b=%2F"),
            get("/canon/a;b"),
            get("/canon/a%2Fb"),
            get("/canon/a%20b"),
            get("/canon/%41"),
            get("/canon/a//b"),
            get("/deep//a"),
            get("/deep/./a"),
            get("/deep/b/../a"),
            get("/deep/%2e%2e/a"),
            get("/deep/../nothing"),
            get("/canon/%E2%82%AC"),
            get("/canon/a%3Fb"),
            get("/canon/a%25b"),
            "HEAD /deep/a HTTP/1.1|Host: h||",
            "OPTIONS /deep/a HTTP/1.1|Host: h||",
            "POST /deep/a HTTP/1.1|Host: h|Content-Length: 5||hello",
            "POST /deep/a HTTP/1.1|Host: h|Content-Length: 0||",
            "POST /deep/a HTTP/1.1|Host: h||",
            "PUT /deep/a HTTP/1.1|Host: h|Content-Type: text/plain|Content-Length: 5||hello",
            "PUT /deep/a HTTP/1.1|Host: h|Transfer-Encoding: chunked||5|hello|0||",
            "DELETE /deep/a HTTP/1.1|Host: h|If-Match: \"x\"||",
            "PATCH /deep/a HTTP/1.1|Host: h|Content-Length: 2||{}",
            "PROPFIND /deep/a HTTP/1.1|Host: h|Depth: 1|Content-Length: 2||<>",
            "GET /deep/a HTTP/1.0|Host: h||",
            "GET /deep/a HTTP/1.0||",
            "GET /deep/a HTTP/1.1|Host: shop.example:8443||",
            with("X-Set: mine"),
            with("X-Append: mine"),
            with("X-Unset: mine"),
            with("X-Edit: a b z"),
            with("X-Edit: b"),
            with("Connection: X-Hop|X-Hop: 1"),
            with("Keep-Alive: 5|Connection: keep-alive"),
            with("TE: trailers|Connection: TE"),
            with("Upgrade: foo|Connection: Upgrade"),
            with("Via: 1.0 fred"),
            with("Cookie: a=b; c=d=e"),
            with("Range: bytes=0-1"),
            with("If-None-Match: \"a\""),
            with("Accept: a/b|Accept-Language: de"),
            with("Authorization: Basic YTpi"),
            with("User-Agent: x/1"),
            with("Referer: http://a/"),
            with("X-High: \u00FC"),
            with("X-Forwarded-For: 10.0.0.1"),
            with("X-Forwarded-Host: evil"),
            with("X-A: 1|X-A: 2"),
            with("Proxy: http://evil/"),
            with("Max-Forwards: 3"),
            get("/deep/status/404"),
            get("/deep/status/500"),
            get("/deep/status/503"),
            get("/deep/status/204"),
            get("/deep/status/304"),
            get("/deep/status/401"),
            get("/deep/chunked"),
            get("/deep/location"),
            get("/deep/location/path"),
            get("/deep/location/other"),
            get("/deep/location/relative"),
            get("/pool/location/pool"),
            get("/section/location/section"),
            get("/deep/content-location"),
            get("/pool/cookie/domain"),
            get("/pool/cookie/path"),
            get("/pool/cookie/two"),
            get("/pool/cookie/other"),
            get("/deep/hop"),
            get("/deep/fields"),
            get("/deep/answer-fields"),
            get("/deep/date"),
            get("/deep/type"));

    /** What was decided otherwise: request → the reason, and the pattern that our way fits. */
    static final Map<String, Map.Entry<String, String>> DECISIONS = Map.ofEntries(
            Map.entry(
                    with("X-Forwarded-For: 10.0.0.1"),
                    Map.entry(
                            "what a stranger says of itself is replaced", "(?m)^> X-Forwarded-For: 127\\.0\\.0\\.1$")),
            Map.entry(
                    with("X-Forwarded-Host: evil"),
                    Map.entry("what a stranger says of itself is replaced", "(?m)^> X-Forwarded-Host: h$")),
            Map.entry(
                    with("X-A: 1|X-A: 2"),
                    Map.entry("a field on several lines stays on several lines", "(?m)^> X-A: 1\n> X-A: 2$")),
            Map.entry(
                    with("Proxy: http://evil/"),
                    Map.entry("Proxy is dropped (CVE-2016-5387)", "(?s)^(?!.*> Proxy:).*< 200")),
            Map.entry(
                    get("/deep/./a"),
                    Map.entry("dot segments are resolved before anyone routes by them", "(?m)^> GET /x/y/a HTTP/1.1$")),
            Map.entry(
                    get("/deep/b/../a"),
                    Map.entry("dot segments are resolved before anyone routes by them", "(?m)^> GET /x/y/a HTTP/1.1$")),
            Map.entry(
                    get("/canon/a%25b"),
                    Map.entry("what follows the prefix is passed on byte for byte", "(?m)^> GET /c/a%25b HTTP/1.1$")),
            Map.entry(
                    "POST /deep/a HTTP/1.1|Host: h||",
                    Map.entry("a POST without a body says so (RFC 9110 8.6)", "(?m)^> Content-Length: 0$")),
            Map.entry(
                    "PUT /deep/a HTTP/1.1|Host: h|Transfer-Encoding: chunked||5|hello|0||",
                    Map.entry(
                            "bodies are streamed: what came in chunks goes on in chunks",
                            "(?s)^(?!.*> Content-Length).*> body hello")),
            Map.entry(
                    "GET /deep/a HTTP/1.0|Host: h||",
                    Map.entry(
                            "Via of an answer names the version that the member spoke (RFC 9110 7.6.3)",
                            "(?m)^< Via: 1\\.1 proxy\\.example$")),
            Map.entry(
                    "GET /deep/a HTTP/1.0||",
                    Map.entry(
                            "Via of an answer names the version that the member spoke (RFC 9110 7.6.3)",
                            "(?m)^< Via: 1\\.1 proxy\\.example$")),
            Map.entry(
                    get("/pool/location/pool"),
                    Map.entry("a mapped Location has no slash too many", "(?m)^< Location: http://h/pool/z$")),
            Map.entry(
                    get("/canon/%41"),
                    Map.entry("what follows the prefix is passed on byte for byte", "(?m)^> GET /c/%41 HTTP/1.1$")),
            Map.entry(
                    get("/canon/a//b"),
                    Map.entry("what follows the prefix is passed on byte for byte", "(?m)^> GET /c/a//b HTTP/1.1$")),
            Map.entry(
                    get("/pool/cookie/path"),
                    Map.entry(
                            "of a cookie's path the matched prefix is replaced and the rest kept",
                            "(?m)^< Set-Cookie: a=b; Path=/pool/y$")));

    private DifferentialShapes() {}

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1|Host: h||";
    }

    private static String with(String fields) {
        return "GET /deep/a HTTP/1.1|Host: h|" + fields + "||";
    }

    /** What the member answers, told by the end of the target. */
    static String answer(WireMessage request) {
        String target = request.startLine().split(" ")[1];
        String self = "http://" + request.header("Host").orElse("");
        String ok = "HTTP/1.1 200 OK|Content-Type: text/plain|";
        String answer;
        if (target.contains("/status/")) {
            String status = target.substring(target.indexOf("/status/") + 8);
            boolean bodiless = status.equals("204") || status.equals("304");
            answer = "HTTP/1.1 " + status + " Any|WWW-Authenticate: Basic|ETag: \"a\"|"
                    + (bodiless ? "|" : "Content-Length: 2||no");
        } else {
            answer = switch (target.substring(Math.max(0, target.indexOf('/', 1)))) {
                case "/y/chunked" -> ok + "Transfer-Encoding: chunked||2|ok|0||";
                case "/y/location" -> redirect(self + "/x/y/z?q");
                case "/y/location/path" -> redirect("/x/y/z");
                case "/y/location/other" -> redirect("https://other.example/x/y/z");
                case "/y/location/relative" -> redirect("z");
                case "/location/pool" -> redirect(self + "/x/z");
                case "/location/section" -> redirect(self + "/l/z");
                case "/y/content-location" -> ok + "Content-Location: " + self + "/x/y/z|Content-Length: 2||ok";
                case "/cookie/domain" -> ok + "Set-Cookie: a=b; Domain=member.example; Secure|Content-Length: 2||ok";
                case "/cookie/path" -> ok + "Set-Cookie: a=b; Path=/x/y|Content-Length: 2||ok";
                case "/cookie/two" ->
                    ok + "Set-Cookie: a=b; Path=/x/|Set-Cookie: c=d; HttpOnly; SameSite=Lax|Content-Length: 2||ok";
                case "/cookie/other" -> ok + "Set-Cookie: a=b; Path=/other; Domain=other.example|Content-Length: 2||ok";
                case "/y/hop" -> ok + "Connection: X-Hop|X-Hop: 1|Keep-Alive: timeout=5|Content-Length: 2||ok";
                case "/y/fields" -> ok + "X-A: 1|X-A: 2|x-b: \u00FC|Content-Length: 2||ok";
                case "/y/answer-fields" ->
                    ok + "X-Answer-Set: mine|X-Answer-Append: mine|X-Answer-Unset: mine|Content-Length: 2||ok";
                case "/y/date" -> ok + "Date: Sun, 06 Nov 1994 08:49:37 GMT|Server: odd/1|Content-Length: 2||ok";
                case "/y/type" -> "HTTP/1.1 200 OK|Content-Type: Text/Odd; charset=\"x\"; y=z|Content-Length: 2||ok";
                default -> ok + "Content-Length: 2||" + (request.startLine().startsWith("HEAD") ? "" : "ok");
            };
        }
        return answer.replace("|", "\r\n");
    }

    private static String redirect(String location) {
        return "HTTP/1.1 302 Found|Location: " + location + "|Content-Length: 0||";
    }
}
