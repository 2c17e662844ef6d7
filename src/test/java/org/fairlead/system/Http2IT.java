package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 from clients (RFC 9113), with the JDK's client, h2load, and frames of our own. */
class Http2IT {
    private static final Path H2LOAD = Path.of("/usr/bin/h2load");
    private static final byte[] LARGE = new byte[8 << 20];

    /** The members of those servers that several tests share. */
    private static final Members SHARED = new Members();

    private static FairleadJar secure;
    private static FairleadJar strict;
    /** Behind {@link #strict}, to which nothing is sent that may pass. */
    private static RawMember untouched;

    @RegisterExtension
    final Members members = new Members();

    @BeforeAll
    static void start() throws IOException {
        untouched = echo(SHARED);
        strict = FairleadJar.configured(FrontDoor.plain(untouched.port(), "Protocols h2c http/1.1"));
        secure = FairleadJar.configured(FrontDoor.secure(echo(SHARED).port()));
    }

    @AfterAll
    static void end() throws IOException {
        strict.close();
        secure.close();
        SHARED.close();
    }

    private RawMember echo() throws IOException {
        return echo(members);
    }

    private static RawMember echo(Members members) throws IOException {
        return members.answering(request -> {
            String head = "HTTP/1.1 200 OK\r\nX-Framing: " + request.framing() + "\r\nContent-Length: ";
            return request.startLine().startsWith("HEAD")
                    ? head + "77\r\n\r\n"
                    : head + request.body().length + "\r\n\r\n"
                            + new String(request.body(), StandardCharsets.ISO_8859_1);
        });
    }

    private static HttpClient client() throws Exception {
        // The certificate is for localhost, and so is the request.
        return HttpClient.newBuilder()
                .sslContext(FrontDoor.trustingAll())
                .version(HttpClient.Version.HTTP_2)
                .build();
    }

    private static HttpRequest.Builder request(FairleadJar jar) {
        return HttpRequest.newBuilder(URI.create(jar.uri().getScheme() + "://localhost:" + jar.port() + "/"))
                .timeout(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource({
        "true,  '',                        HTTP_2",
        "true,  Protocols http/1.1,        HTTP_1_1",
        "false, '',                        HTTP_1_1",
        "false, Protocols h2c http/1.1,    HTTP_2",
        "true,  Protocols h2c http/1.1,    HTTP_1_1",
        "false, Protocols h2 http/1.1,     HTTP_1_1",
    })
    void protocolsSaysWhatIsSpokenAndH2IsOnWhereThereIsTls(boolean tls, String line, HttpClient.Version spoken)
            throws Exception {
        RawMember member = echo();
        String configuration = tls ? FrontDoor.secure(member.port(), line) : FrontDoor.plain(member.port(), line);
        try (FairleadJar jar = FairleadJar.configured(configuration)) {
            HttpResponse<Void> answer = client().send(request(jar).build(), BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(spoken);
        }
    }

    @Test
    void headsAndLargeBodiesWithAndWithoutALengthPass() throws Exception {
        HttpClient client = client();
        HttpResponse<byte[]> known = client.send(
                request(secure).POST(BodyPublishers.ofByteArray(LARGE)).build(), BodyHandlers.ofByteArray());
        assertThat(known.body()).isEqualTo(LARGE);
        assertThat(known.headers().firstValue("X-Framing")).contains("LENGTH");
        HttpResponse<byte[]> unknown = client.send(
                request(secure)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE)))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(unknown.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(unknown.body()).isEqualTo(LARGE);
        assertThat(unknown.headers().firstValue("X-Framing")).contains("CHUNKED");
        HttpResponse<Void> head = client.send(
                request(secure).method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        assertThat(head.headers().firstValue("Content-Length")).contains("77");
    }

    @Test
    void aCutAnswerResetsItsStream() throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
        });
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.secure(member.port()))) {
            HttpClient client = client();
            HttpRequest request = request(jar).build();
            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(jar.output()).doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Upper|a",
                "connection|keep-alive",
                "transfer-encoding|chunked",
                "te|gzip",
                "x-crlf|a\r\nx-b: c",
                "x-nul|a\u0000b",
                "x y|a",
                ":path|/second",
                ":unknown|a",
                "content-length|5",
                "host|other"
            })
    void whatHttp2ForbidsIsRefusedAndNoMemberSeesIt(String field) throws Exception {
        String[] words = field.split("\\|");
        try (H2Frames frames = H2Frames.to(strict.port())) {
            byte[] head = H2Frames.block(
                    ":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/", words[0], words[1]);
            frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, 1, head);
            H2Frames.Frame verdict = refusalOf(frames);
            assertThat(isRefusal(verdict)).as("%s", verdict).isTrue();
            assertThat(untouched.requests()).isEmpty();
        }
    }

    @Test
    void whatAPseudoFieldMustNotHoldIsRefusedAndNoMemberSeesIt() throws Exception {
        String[][] heads = {
            {":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/a\r\nx-b: c"},
            {":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/a b"},
            {":method", "GET", ":scheme", "http", ":authority", "h", ":path", ""},
            {":method", "GET", ":scheme", "http", ":authority", "h", ":path", "a"},
            {":method", "GET", ":scheme", "http", ":authority", "h\r\nx-b: c", ":path", "/"},
            {":method", "GET", ":scheme", "http", ":authority", "h i", ":path", "/"},
            {":method", "GE T", ":scheme", "http", ":authority", "h", ":path", "/"},
            {":method", "GET / HTTP/1.1\r\nx: y", ":scheme", "http", ":authority", "h", ":path", "/"},
            {":method", "GET", ":authority", "h", ":path", "/"},
            {":scheme", "http", ":authority", "h", ":path", "/"},
            {":method", "GET", ":scheme", "http", ":authority", "h"}
        };
        for (String[] head : heads) {
            try (H2Frames frames = H2Frames.to(strict.port())) {
                frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, 1, H2Frames.block(head));
                H2Frames.Frame verdict = refusalOf(frames);
                assertThat(isRefusal(verdict))
                        .as("%s: %s", String.join(" ", head), verdict)
                        .isTrue();
            }
        }
        assertThat(untouched.requests()).isEmpty();
    }

    /** Whether the stream or connection was ended, or the answer is 400: 0x8c, behind a table's size (RFC 7541 6.3). */
    private static boolean isRefusal(H2Frames.Frame verdict) {
        if (verdict.type() != H2Frames.HEADERS) {
            return true;
        }
        byte[] block = verdict.payload();
        int status = 0;
        if ((block[0] & 0xe0) == 0x20) {
            while (status == 0 && (block[0] & 0x1f) == 0x1f || status > 0 && block[status] < 0) {
                status++;
            }
            status++;
        }
        return block[status] == (byte) 0x8c;
    }

    private static H2Frames.Frame refusalOf(H2Frames frames) throws IOException {
        try {
            return frames.readVerdict();
        } catch (java.io.EOFException | SocketException e) {
            return new H2Frames.Frame(H2Frames.GOAWAY, 0, 0, new byte[0]);
        }
    }

    @Test
    void rapidResetsAreSentAwayAndOthersAreServed() throws Exception {
        RawMember member = echo();
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "Protocols h2c http/1.1"));
                H2Frames frames = H2Frames.to(jar.port())) {
            byte[] head = H2Frames.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/");
            flood(() -> {
                for (int stream = 1; stream < 20_000; stream += 2) {
                    frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, stream, head);
                    frames.send(H2Frames.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
                }
            });
            assertThat(frames.isSentAway()).isTrue();
            assertServed(jar);
        }
    }

    @Test
    void endlessContinuationsAreSentAwayAndOthersAreServed() throws Exception {
        RawMember member = echo();
        try (FairleadJar jar = FairleadJar.configured(FrontDoor.plain(member.port(), "Protocols h2c http/1.1"));
                H2Frames frames = H2Frames.to(jar.port())) {
            flood(() -> {
                frames.send(
                        H2Frames.HEADERS,
                        0,
                        1,
                        H2Frames.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/"));
                for (int i = 0; i < 100_000; i++) {
                    frames.send(H2Frames.CONTINUATION, 0, 1, H2Frames.block("x-" + i, "y".repeat(100)));
                }
            });
            assertThat(frames.isSentAway()).isTrue();
            assertServed(jar);
        }
    }

    private interface Sending {
        void run() throws IOException;
    }

    private static void flood(Sending sending) throws IOException {
        try {
            sending.run();
        } catch (SocketException e) {
            assertThat(e).as("the server has had enough").isNotNull();
        }
    }

    private static void assertServed(FairleadJar jar) throws IOException {
        assertThat(RawClient.exchange(jar.port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theAuthorityChoosesTheHostAndReachesTheMemberAsHost() throws Exception {
        RawMember member = echo();
        String target = "ProxyPreserveHost On\nProxyPass / http://127.0.0.1:" + member.port();
        try (FairleadJar jar = FairleadJar.configured("Listen 127.0.0.1:0\nProtocols h2c http/1.1\n"
                        + "<VirtualHost *>\nServerName one.example\n" + target + "/one/\n</VirtualHost>\n"
                        + "<VirtualHost *>\nServerName two.example\n" + target + "/two/\n</VirtualHost>\n");
                H2Frames frames = H2Frames.to(jar.port())) {
            frames.send(
                    H2Frames.HEADERS,
                    H2Frames.END_HEADERS | H2Frames.END_STREAM,
                    1,
                    H2Frames.block(
                            ":method", "GET", ":scheme", "http", ":authority", "two.example:8080", ":path", "/x"));
            assertThat(frames.readVerdict().type()).isEqualTo(H2Frames.HEADERS);
            assertThat(member.requests()).singleElement().satisfies(request -> {
                assertThat(request.startLine()).startsWith("GET /two/x ");
                assertThat(request.headers("Host")).containsExactly("two.example:8080");
                assertThat(request.headers("X-Forwarded-Host")).containsExactly("two.example:8080");
            });
        }
    }

    /** By itself the idle connection would stay for a minute, and a busy one until the deadline. */
    @Test
    void atAStopEachClientIsSentAwayAndWhatRunsIsFinished() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Void> answers = new CompletableFuture<>();
        RawMember member = members.answering(request -> {
            if (request.startLine().contains("/slow")) {
                asked.countDown();
                answers.join();
            }
            return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        });
        Path log = Leftovers.directory("log").resolve("a.log");
        String configuration = FrontDoor.plain(
                member.port(),
                "Protocols h2c http/1.1",
                "KeepAliveTimeout 60",
                "CustomLog " + log
                        + " \"%H|%r|%s|%>s|%b|%X|%k|%m|%U|%q|%v|%V|%{User-Agent}i|%{Content-Type}o|%R|%I|%O|%L"
                        + "|%{c}L\"");
        try (FairleadJar jar = FairleadJar.configured(configuration);
                H2Frames idle = H2Frames.to(jar.port());
                H2Frames busy = H2Frames.to(jar.port())) {
            get(idle, 1, "/quick?a=b");
            assertThat(idle.readVerdict().type()).isEqualTo(H2Frames.HEADERS);
            get(busy, 1, "/slow");
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

            CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(jar::stop);
            assertThat(idle.readToEnd())
                    .containsExactly("DATA 1 end", "GOAWAY " + Integer.MAX_VALUE + " 0", "GOAWAY 1 0");
            assertThat(busy.readVerdict().type()).isEqualTo(H2Frames.GOAWAY);
            answers.complete(null);
            assertThat(busy.readToEnd()).containsExactly("HEADERS 1", "DATA 1 end", "GOAWAY 1 0");
            assertThat(stop.get(60, TimeUnit.SECONDS)).isZero();
            assertThat(jar.output()).doesNotContain("\tat ");
        } finally {
            answers.complete(null);
        }
        String id = "[A-Za-z0-9_-]+";
        String rest = "\\|proxy-server\\|[1-9]\\d*\\|[1-9]\\d*\\|" + id + "\\|" + id;
        assertThat(Files.readAllLines(log))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches(
                                        "HTTP/2\\.0\\|GET /quick\\?a=b HTTP/2\\.0\\|200\\|200\\|2\\|\\+\\|-\\|GET\\|/quick\\|\\?a=b"
                                                + "\\|127\\.0\\.0\\.1\\|h\\|-\\|-" + rest),
                        line -> assertThat(line)
                                .matches("HTTP/2\\.0\\|GET /slow HTTP/2\\.0\\|200\\|200\\|2\\|.\\|-\\|GET\\|/slow\\|"
                                        + "\\|127\\.0\\.0\\.1\\|h\\|-\\|-" + rest));
    }

    private static void get(H2Frames frames, int stream, String path) throws IOException {
        frames.send(
                H2Frames.HEADERS,
                H2Frames.END_HEADERS | H2Frames.END_STREAM,
                stream,
                H2Frames.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", path));
    }

    @Test
    void h2loadSeesNoFailure() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(H2LOAD), "SKIPPED: no " + H2LOAD + " (package nghttp2-client)");
        Process load = Leftovers.end(
                new ProcessBuilder(H2LOAD.toString(), "-n", "2000", "-c", "10", "-m", "20", secure.uri() + "/")
                        .redirectErrorStream(true)
                        .start());
        String output = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("2000 succeeded, 0 failed, 0 errored, 0 timeout");
    }
}
