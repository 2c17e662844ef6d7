package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** httpd and Fairlead with the same log lines, asked the same: what they write must be the same, byte for byte. */
class AccessLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Everything that does not depend on the clock, the port, or whose error page it is; the last is the page's size. */
    private static final String FORMAT = "%h|%a|%{c}a|%A|%l|%u|%m|%U|%q|%H|%r|%s|%>s|%p|%v|%V|%X|%k|%%|%{User-Agent}i|"
            + "%{Referer}i|%{X-Strange}o|%{Content-Type}o|%{Set-Cookie}o|%{Location}o|%{isapp}e|%{BALANCER_NAME}e|"
            + "%{BALANCER_WORKER_NAME}e|%{BALANCER_WORKER_ROUTE}e|%{BALANCER_SESSION_ROUTE}e|%{BALANCER_ROUTE_CHANGED}e|"
            + "%{session-route}n|%{JSESSIONID}C|%{a}C|%{X-Added}i|%400,404{User-Agent}i|%!200{Referer}i|%f|%R|%{bogus}p|"
            + "%{bogus}T|%{%Y}t\\t|%200b|%200B";

    private static final int HTTP2_REQUESTS = 7;

    private static final String STRANGE = "a\"b\\c\td\u00e9";

    private static final String CONFIGURATION = """
            ServerName www.example.com
            Protocols h2c http/1.1
            <Proxy balancer://cl>
                BalancerMember http://127.0.0.1:@MEMBER@/app route=r1
                ProxySet stickysession=JSESSIONID
            </Proxy>
            SetEnvIf Request_URI secret dontlog
            SetEnvIf Request_URI ^/app isapp=yes
            <LocationMatch ^/app>
                RequestHeader set X-Added "by rule"
            </LocationMatch>
            <Location /denied>
                Require all denied
            </Location>
            Redirect 302 /old http://www.example.com/new
            ProxyPass /denied balancer://cl/denied
            ProxyPass /app balancer://cl
            LogFormat "@FORMAT@" all
            CustomLog @LOGS@/all.log all
            CustomLog @LOGS@/open.log "%U %>s" env=!dontlog
            CustomLog @LOGS@/secret.log "%U %>s" env=dontlog
            CustomLog @LOGS@/errors.log "%{%Y-%m-%d}t %m %>s" "expr=%{REQUEST_STATUS} -ge 400"
            CustomLog "|$cat >> @LOGS@/piped.log" "%m %U %>s"
            <VirtualHost *:@PORT@>
                ServerName www.example.com
            </VirtualHost>
            <VirtualHost *:@PORT@>
                ServerName own.example.com
                LogFormat "own %v %U"
                TransferLog @LOGS@/own.log
                ProxyPass /app balancer://cl
            </VirtualHost>
            """;

    private static RawMember member;
    private static Httpd httpd;
    private static FairleadJar fairlead;
    private static Path theirs;
    private static Path ours;

    @BeforeAll
    static void start() throws IOException {
        Httpd.assumeInstalled();
        member = RawMember.start(AccessLogIT::serve);
        theirs = Leftovers.directory("log");
        ours = Leftovers.directory("log");
        httpd = Httpd.start(
                "LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so\n" + configuration(theirs, "${PORT}"));
        fairlead = FairleadJar.configured(
                "Listen 127.0.0.1:0\n" + configuration(ours, "*") + """
                CustomLog %s/added.log "%%U %%{FAIRLEAD_ATTEMPTS}e %%{FAIRLEAD_MEMBERS}e %%{FAIRLEAD_MEMBER_STATUS}e \
                %%{FAIRLEAD_QUEUE_US}e %%{FAIRLEAD_CONNECT_US}e %%{FAIRLEAD_FIRST_BYTE_US}e %%D %%I %%O %%L %%{c}L %%t"
                CustomLog %s/debian.log combined
                ProxyPass /tunnel http://127.0.0.1:%d/tunnel upgrade=x
                """.formatted(ours, ours, member.port()));
    }

    private static String configuration(Path logs, String port) {
        return CONFIGURATION
                .replace("@FORMAT@", FORMAT)
                .replace("@MEMBER@", member.port() + "")
                .replace("@LOGS@", logs.toString())
                .replace("@PORT@", port);
    }

    private static void serve(Conversation conversation) throws Exception {
        while (true) {
            WireMessage request = conversation.readRequest().orElse(null);
            if (request == null || request.cut()) {
                return;
            }
            String line = request.startLine();
            if (request.text().contains("Upgrade: x")) {
                conversation.send(
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nwelcome");
                return;
            }
            int status =
                    line.contains("/status/") ? Integer.parseInt(line.replaceAll(".*/status/(\\d+).*", "$1")) : 200;
            String body = line.contains("/empty") ? "" : "hello world\n".repeat(lines(line));
            boolean bare = status == 204 || status == 304;
            conversation.send("HTTP/1.1 " + status + " Fine\r\nContent-Type: text/plain; charset=utf-8\r\nX-Strange: "
                    + STRANGE + "\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
                    + (bare ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n"
                    + (bare || line.startsWith("HEAD") ? "" : body));
        }
    }

    /** The longest is more than sockets hold. */
    private static int lines(String request) {
        return request.contains("/huge") ? 2_000_000 : request.contains("/big") ? 20_000 : 1;
    }

    @AfterAll
    static void stop() throws IOException {
        if (member != null) {
            fairlead.close();
            httpd.close();
            member.close();
        }
    }

    private static String request(String line, String... fields) {
        return line + " HTTP/1.1\r\nHost: www.example.com\r\n"
                + Stream.of(fields).map(field -> field + "\r\n").reduce("", String::concat)
                + "Connection: close\r\n\r\n";
    }

    private static List<String> requests() {
        return List.of(
                request("GET /app/x"),
                request("GET /app/x?q=1&b=%41"),
                request("GET /app/x?"),
                request("GET /app/a%20b"),
                request("GET /app/%C3%A9%22"),
                request("GET /app/x", "User-Agent: a\"b\\c\td"),
                request("GET /app/x", "User-Agent: \u00ff\u00fe\u0080\u00e9"),
                request("GET /app/x", "User-Agent: " + "A".repeat(4000)),
                request("GET /app/x", "User-Agent: one", "User-Agent: two"),
                request("GET /app/x", "User-Agent:", "Referer: http://r/?\"'<>"),
                request("GET /app/empty"),
                request("GET /app/big"),
                request("HEAD /app/x"),
                request("GET /app/status/204"),
                request("GET /app/status/304"),
                request("GET /app/status/404"),
                request("GET /app/status/500"),
                request("GET /denied/x", "User-Agent: evil"),
                request("GET /old"),
                request("GET /old/er?x=%22"),
                request("GET /app/x", "Cookie: a=1; b=2; JSESSIONID=abc.r1"),
                request("GET /app/x", "Cookie: JSESSIONID=abc.nope; A=\"q x\" "),
                request("GET /app/x", "Cookie: a=; =b; c", "Cookie: a=2"),
                request("GET /app/secret"),
                request("GET /app/x").replace("HTTP/1.1", "HTTP/1.0"),
                request("GET /app/x").replace("Host: www", "Host: OTHER").replace("example.com", "example.org:81"),
                request("POST /app/x", "Content-Length: 5") + "12345",
                request("PUT /app/x", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n",
                request("DELETE /app/x"),
                request("ODD /app/x"),
                request("GET /app/../app/x"),
                request("GET /app//x/./y"),
                request("GET /app/x;v=1"),
                request("GET http://www.example.com/app/abs?q"),
                // Refused before anything is looked for.
                request("GET /app/x\u0001y"),
                request("GET /app/x").replace("Host: www.example.com\r\n", ""),
                request("GET /app/x#f"),
                request("GET /app/x", "User-Agent: \u001b[31m"),
                request("GET /app/x", "User-Agent: a\rForged: b"),
                request("GET /app/x", "Bad Field: b"));
    }

    /** Of a request that is refused httpd has dropped all, and we not; what is said of it is what counts. */
    private static String comparable(String written) {
        // What becomes of the connection: with httpd each stream is one of its own.
        String line = written.contains("|HTTP/2.0|")
                ? written.replaceFirst("\\|[-+X]\\|[-0-9]+\\|%\\|", "|of h2|%|")
                : written;
        boolean refused = line.contains("|400|400|");
        return refused ? line.substring(0, line.indexOf("|%|")) : line;
    }

    private static List<String> lines(Path file, int count) {
        await(file + "").atMost(PATIENCE).until(() -> compared(file).size() >= count);
        return compared(file);
    }

    /** Without what the other tests have asked. */
    private static List<String> compared(Path file) {
        return read(file).stream()
                .filter(line -> !line.contains("/tunnel") && !line.contains("/sized") && !line.contains("/huge"))
                .toList();
    }

    private static List<String> read(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readString(file, StandardCharsets.ISO_8859_1)
                            .lines()
                            // A line is written when its client has its answer, and may be asking again.
                            .sorted()
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ask(int port) throws IOException {
        for (String request : requests()) {
            RawClient.exchange(port, request);
        }
        try (RawClient client = RawClient.to(port)) {
            String kept = request("GET /app/kept").replace("Connection: close\r\n", "");
            client.send(kept).readFinal();
            client.send(kept).readFinal();
        }
        RawClient.exchange(port, request("GET /app/own").replace("www", "own"));
        askHttp2(port, "GET", "/app/two?q=1&b=%41", "user-agent", "a\"b", "cookie", "a=1; JSESSIONID=abc.r1");
        askHttp2(port, "HEAD", "/app/two");
        askHttp2(port, "GET", "/app/status/404");
        askHttp2(port, "GET", "/app/empty");
        askHttp2(port, "GET", "/denied/two");
        askHttp2(port, "GET", "/old/two");
        askHttp2(port, "POST", "/app/two", "content-length", "5");
    }

    private static void askHttp2(int port, String method, String path, String... fields) throws IOException {
        List<String> head = new ArrayList<>(
                List.of(":method", method, ":scheme", "http", ":authority", "www.example.com", ":path", path));
        head.addAll(List.of(fields));
        boolean body = method.equals("POST");
        try (H2Frames client = H2Frames.to(port)) {
            client.send(
                    H2Frames.HEADERS,
                    H2Frames.END_HEADERS | (body ? 0 : H2Frames.END_STREAM),
                    1,
                    H2Frames.block(head.toArray(String[]::new)));
            if (body) {
                client.send(H2Frames.DATA, H2Frames.END_STREAM, 1, "12345".getBytes(StandardCharsets.US_ASCII));
            }
            H2Frames.Frame frame = client.read();
            while (frame.stream() != 1
                    || (frame.flags() & H2Frames.END_STREAM) == 0
                    || frame.type() > H2Frames.HEADERS) {
                assertThat(frame.type()).as(path).isNotIn(H2Frames.RST_STREAM, H2Frames.GOAWAY);
                frame = client.read();
            }
        }
    }

    @Test
    void sameRequestsMakeTheSameLines() throws IOException {
        ask(httpd.port());
        ask(fairlead.port());

        int all = requests().size() + 2 + HTTP2_REQUESTS;
        List<String> our = lines(ours.resolve("all.log"), all);
        List<String> their = lines(theirs.resolve("all.log"), all);
        assertThat(our).hasSize(all);
        assertThat(their).hasSize(all);
        SoftAssertions.assertSoftly(softly -> {
            for (int i = 0; i < all; i++) {
                softly.assertThat(comparable(our.get(i))).isEqualTo(comparable(their.get(i)));
            }
        });
        for (String log : List.of("open.log", "secret.log", "errors.log", "piped.log", "own.log")) {
            int count = read(theirs.resolve(log)).size();
            assertThat(count).as(log).isPositive();
            assertThat(lines(ours.resolve(log), count)).as(log).isEqualTo(lines(theirs.resolve(log), count));
        }
        assertThat(lines(ours.resolve("debian.log"), all))
                .anyMatch(line ->
                        line.matches("127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z][a-z]/\\d{4}(:\\d\\d){3} [+-]\\d{4}] "
                                + "\"GET /app/x HTTP/1\\.1\" 200 \\d{3} \"-\" \"-\""));
    }

    @Test
    void tellsOfAttemptsAndOfAllBytesOnTheWire() throws IOException {
        String request = request("POST /app/sized?", "Content-Length: 3") + "abc";
        int sent = RawClient.exchange(fairlead.port(), request).bytes().length;
        Path log = ours.resolve("added.log");
        await().atMost(PATIENCE).until(() -> read(log).stream().anyMatch(line -> line.startsWith("/app/sized ")));

        assertThat(read(log).stream().filter(line -> line.startsWith("/app/sized ")))
                .singleElement()
                .asString()
                .matches("/app/sized 1 http://127\\.0\\.0\\.1:\\d+/app 200 \\d+ \\d+ \\d+ \\d+ " + request.length()
                        + " " + sent + " [\\w-]+ \\w+ \\[.*]");
    }

    @Test
    void anAnswerThatTheClientDoesNotTakeToItsEndIsSaidToBeBrokenOff() throws IOException {
        try (RawClient client = RawClient.to(fairlead.port())) {
            client.send(request("GET /app/huge"));
            client.input().readNBytes(100_000);
        }
        Path log = ours.resolve("all.log");
        await().atMost(PATIENCE).until(() -> read(log).stream().anyMatch(line -> line.contains("|/app/huge|")));

        assertThat(read(log).stream().filter(line -> line.contains("|/app/huge|")))
                .singleElement()
                .asString()
                .contains("|200|200|", "|X|")
                .doesNotContain("|24000000");
    }

    @Test
    void aTunnelIsToldOfWhenItHasEnded() throws IOException {
        Path log = ours.resolve("debian.log");
        try (RawClient client = RawClient.to(fairlead.port())) {
            client.send("GET /tunnel HTTP/1.1\r\nHost: none.example\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
            assertThat(client.readFinal().status()).isEqualTo(101);
            assertThat(client.input().readAllBytes()).asString().isEqualTo("welcome");
        }
        await().atMost(PATIENCE)
                .until(() -> Files.readString(log).matches("(?s).*\"GET /tunnel HTTP/1.1\" 101 \\d\\d .*"));
    }

    @Test
    void aLogThatCannotBeWrittenIsFoundByCheckAndRefusedAtTheStart() {
        Path file = Leftovers.file(
                "a.conf", "Listen 127.0.0.1:0\nProxyPass / http://localhost:1/\nCustomLog gone/a.log common\n");
        FairleadJar.Result check = FairleadJar.run("--check", file + "");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.output()).contains("a.conf:3: access log '", "/gone/a.log': the folder is not there");
        assertThat(FairleadJar.run("--config", file + "").exitCode()).isEqualTo(1);
    }
}
