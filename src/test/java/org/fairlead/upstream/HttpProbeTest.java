package org.fairlead.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.fairlead.balancer.Member;
import org.fairlead.health.Probe.Reply;
import org.fairlead.model.HealthCheckConfig;
import org.fairlead.model.HealthCheckConfig.Method;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a health check asks and hears (mod_proxy_hcheck). */
@Timeout(60)
class HttpProbeTest {
    private final PooledUpstream upstream = new PooledUpstream();

    @AfterEach
    void close() {
        upstream.close();
    }

    private static HealthCheckConfig check(Method method, String uri, Duration timeout) {
        return new HealthCheckConfig(method, Duration.ofSeconds(30), 1, 1, uri, "", timeout);
    }

    private Optional<Reply> ask(Member member, Method method, String uri) throws IOException {
        return upstream.probe().ask(member, check(method, uri, Duration.ofSeconds(10)));
    }

    @ParameterizedTest(name = "{0} path ''{1}'' uri ''{2}'': {3}")
    @CsvSource({
        "OPTIONS,   '',    '',      OPTIONS * HTTP/1.0",
        "OPTIONS,   /app,  /up,     OPTIONS * HTTP/1.0",
        "OPTIONS11, '',    '',      OPTIONS * HTTP/1.1",
        "HEAD,      '',    '',      HEAD / HTTP/1.0",
        "HEAD,      /app,  '',      HEAD /app HTTP/1.0",
        "HEAD11,    '',    /up,     HEAD /up HTTP/1.1",
        "GET,       '',    up,      GET /up HTTP/1.0",
        "GET,       /app,  up?a=b,  GET /app/up?a=b HTTP/1.0",
        "GET,       /app/, /up,     GET /app/up HTTP/1.0",
        "GET11,     /app,  /up,     GET /app/up HTTP/1.1"
    })
    void theQuestionIsHttpds(Method method, String path, String uri, String line) throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> {
            heads.add(with.readHead());
            with.send("HTTP/1.1 204 Fine\r\nX: y\r\n\r\n");
        })) {
            Member member = MemberBuilder.http(raw.port()).path(path).build();
            Reply reply = ask(member, method, uri).orElseThrow();
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.headers().first("X")).hasValue("y");
            assertThat(reply.body()).isEmpty();
            String close = line.endsWith("1") ? "Connection: close\r\n" : "";
            assertThat(RawMember.next(heads))
                    .isEqualTo(line + "\r\nHost: 127.0.0.1:" + raw.port() + "\r\n" + close + "\r\n");
        }
    }

    @Test
    void tcpAsksForAConnectionAlone() throws Exception {
        BlockingQueue<String> got = new LinkedBlockingQueue<>();
        try (RawMember raw = new RawMember(with -> got.add(with.readAll()))) {
            assertThat(ask(raw.member(), Method.TCP, "")).isEmpty();
            assertThat(RawMember.next(got)).isEmpty();
        }
        int port;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        Member gone = MemberBuilder.http(port).build();
        assertThatThrownBy(() -> ask(gone, Method.TCP, "")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'HTTP/1.0 200 OK\r\n\r\nUP', 200, UP",
        "'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nUP and more', 200, UP",
        "'HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nDOWN\r\n0\r\n\r\n', 503, DOWN",
        "'HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nUP', 200, UP"
    })
    void theBodyIsRead(String answer, int status, String body) throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(answer);
        })) {
            Reply reply = ask(raw.member(), Method.GET11, "").orElseThrow();
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.body()).isEqualTo(body);
        }
    }

    @Test
    void noMoreThan64KiBOfABodyAreRead() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\n\r\n");
            byte[] block = new byte[10_000];
            while (true) {
                with.send(block, block.length);
            }
        })) {
            assertThat(ask(raw.member(), Method.GET, "").orElseThrow().body()).hasSize(65_536);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "''",
        "'rubbish\r\n\r\n'",
        "'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nUP'",
        "'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nUP'",
        "'HTTP/1.1 101 Switch\r\n\r\n'"
    })
    void aBrokenAnswerIsNone(String answer) throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send(answer);
        })) {
            assertThatThrownBy(() -> ask(raw.member(), Method.GET, ""))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("http://127.0.0.1");
        }
    }

    @Test
    void theTimeoutBoundsTheWholeProbeHoweverTheMemberDrips() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                with.send(".");
                with.socket().setSoTimeout(20);
                try {
                    if (with.readByte() < 0) {
                        return;
                    }
                } catch (java.net.SocketTimeoutException e) {
                    // A drop falls every 20 ms.
                    continue;
                }
            }
        })) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> upstream.probe().ask(raw.member(), check(Method.GET, "", Duration.ofMillis(200))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("200 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void probesLeaveThePoolAlone() throws Exception {
        try (RawMember raw = new RawMember(with -> {
            with.readHead();
            with.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            with.readAll();
        })) {
            Member member = raw.member();
            ask(member, Method.HEAD11, "");
            ask(member, Method.HEAD11, "");
            assertThat(raw.connections()).isEqualTo(2);
            assertThat(upstream.counts(member)).isEqualTo(PoolCounts.NONE);
        }
    }
}
