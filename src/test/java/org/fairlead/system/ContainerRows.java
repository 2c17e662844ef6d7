package org.fairlead.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What is asked of every container, row by row as the manual's table has it. A measurement is {@code yes}, or says what
 * happens instead. One thread.
 */
final class ContainerRows {
    static final String YES = "yes";
    private static final String NOT_TOLD = "the client is not told";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_READ = Duration.ofSeconds(20);
    /** More than a container has threads for by default, but for those without a limit. */
    private static final int WAITING = 300;

    private static final int MOST_THREADS = 200;
    private static final int MEBIBYTE = 1 << 20;

    private final Container container;
    private final ContainerMembers members;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ContainerRows(Container container, ContainerMembers members) {
        this.container = container;
        this.members = members;
    }

    private interface Measurement {
        String run() throws Exception;
    }

    /** Measures every row; the last one ends the web applications. */
    Map<String, String> measure() {
        Map<String, Measurement> rows = new LinkedHashMap<>();
        rows.put("GET", () -> echoes("GET", "/x?q=%41", ""));
        rows.put("HEAD", this::head);
        rows.put("POST, small, with a length", () -> echoes("POST", "/x", body(10, false)));
        rows.put("POST, small, chunked", () -> echoes("POST", "/x", body(10, true)));
        rows.put("POST, 1 MiB, with a length", () -> echoes("POST", "/x", body(MEBIBYTE, false)));
        rows.put("POST, 1 MiB, chunked", () -> echoes("POST", "/x", body(MEBIBYTE, true)));
        rows.put("PUT with a body", () -> echoes("PUT", "/x", body(10, false)));
        rows.put("PATCH with a body", () -> echoes("PATCH", "/x", body(10, false)));
        rows.put("DELETE with a body", () -> echoes("DELETE", "/x", body(10, false)));
        rows.put("`Expect: 100-continue`", this::expect);
        rows.put("a refusal before the body's end", this::earlyRefusal);
        rows.put("304 without a length", this::notModified);
        rows.put("`%2F` in the path", () -> echoes("GET", "/a%2Fb", ""));
        rows.put("`;v=1` in the path", () -> echoes("GET", "/a;v=1/b", ""));
        rows.put("`//` in the path", () -> echoes("GET", "/a//b", ""));
        rows.put("server-sent events as they come", this::events);
        rows.put("WebSocket, both directions", this::webSocket);
        rows.put("WebSocket, ended by the client", this::endedByTheClient);
        rows.put("WebSocket, ended by the member", this::endedByTheMember);
        rows.put(
                "redirect with a host, under a context path",
                () -> field("/moved/absolute", "Location", "http://h/app/x?y"));
        rows.put("redirect without a host, under it", () -> field("/moved/relative", "Location", "/app/x?y"));
        rows.put("cookie's path, under it", () -> field("/cookie", "Set-Cookie", "a=b; Path=/app; HttpOnly"));
        rows.put("mapping `/`", () -> echoes("/mappings/any/x", "GET", "/any/x", ""));
        rows.put("mapping `/p/*`", () -> echoes("/mappings/p/x%20y", "GET", "/x%20y", ""));
        rows.put("mapping `*.ext`", () -> echoes("/mappings/a/b.ext", "GET", "/a/b.ext", ""));
        rows.put("mapping of one path", () -> echoes("/mappings/exact?q", "GET", "/exact?q", ""));
        rows.put("300 waiting requests without a thread each", this::waiting);
        rows.put("undeployed with an open tunnel", this::undeployed);
        awaitDeployments();
        Map<String, String> measured = new LinkedHashMap<>();
        rows.forEach((name, row) -> measured.put(name, outcome(row)));
        return measured;
    }

    /** Some containers listen before they deploy. */
    private void awaitDeployments() {
        await("the applications")
                .atMost(PATIENCE)
                .until(() -> echoes("GET", "/x", "").equals(YES)
                        && echoes("/mappings/exact", "GET", "/exact", "").equals(YES));
    }

    private static String outcome(Measurement row) {
        try {
            return row.run();
        } catch (SocketTimeoutException e) {
            return "hangs";
        } catch (RefusedUpgradeException e) {
            return e.getMessage();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private RawClient connect() throws IOException {
        return RawClient.to(container.port()).timeout(LONGEST_READ);
    }

    private WireMessage ask(String request) throws IOException {
        try (RawClient raw = connect()) {
            return raw.send(request).readFinal();
        }
    }

    /** Fields and body. */
    private static String body(int length, boolean chunked) {
        String bytes = "0123456789abcdef~".repeat(length / 17 + 1).substring(0, length);
        if (!chunked) {
            return "Content-Length: " + length + "\r\n\r\n" + bytes;
        }
        int half = length / 2;
        return "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(half) + "\r\n" + bytes.substring(0, half)
                + "\r\n" + Integer.toHexString(length - half) + "\r\n" + bytes.substring(half) + "\r\n0\r\n\r\n";
    }

    private String echoes(String method, String target, String body) throws IOException {
        return echoes("/app" + target, method, target, body);
    }

    private String echoes(String asked, String method, String expected, String body) throws IOException {
        String rest = body.isEmpty() ? "\r\n" : body;
        WireMessage response = ask(method + " " + asked + " HTTP/1.1\r\nHost: h\r\nCookie: c=1\r\n" + rest);
        String sent = rest.substring(rest.indexOf("\r\n\r\n") < 0 ? rest.length() : rest.indexOf("\r\n\r\n") + 4);
        String plain = rest.startsWith("Transfer") ? sent.replaceAll("(^|\r\n)[0-9a-f]+\r\n|\r\n", "") : sent;
        String wanted = method + " " + expected + " c=1 " + ContainerMembers.sum(WireReader.latin1(plain));
        return same(response, 200, wanted);
    }

    private static String same(WireMessage response, int status, String body) {
        if (response.status() != status) {
            return Integer.toString(response.status());
        }
        return response.bodyText().equals(body) ? YES : response.bodyText();
    }

    private String head() throws IOException {
        WireMessage response = ask("HEAD /app/x HTTP/1.1\r\nHost: h\r\n\r\n");
        String length = response.header("Content-Length").orElse("no length");
        return response.status() == 200 && length.equals("13") ? YES : response.status() + " " + length;
    }

    private String expect() throws IOException {
        try (RawClient raw = connect()) {
            raw.send("POST /app/x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            WireMessage interim = raw.read();
            if (interim.status() != 100) {
                return interim.status() + " for 100";
            }
            return same(raw.send("ok").readFinal(), 200, "POST /x - " + ContainerMembers.sum(new byte[] {'o', 'k'}));
        }
    }

    /** The client has sent half a body and waits. */
    private String earlyRefusal() throws IOException {
        try (RawClient raw = connect()) {
            raw.send("POST /app/early/x HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n" + "x".repeat(100_000));
            return same(raw.readFinal(), 403, "no");
        }
    }

    private String notModified() throws IOException {
        WireMessage response = ask("GET /app/304 HTTP/1.1\r\nHost: h\r\n\r\n");
        String length = response.header("Content-Length")
                .map(n -> "`Content-Length: " + n + "`")
                .orElse(YES);
        return response.status() == 304 ? length : Integer.toString(response.status());
    }

    private String field(String path, String name, String expected) throws IOException {
        WireMessage response = ask("GET /app" + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
        String value = response.header(name).orElse("no " + name);
        return value.equals(expected) ? YES : value;
    }

    private String events() throws IOException {
        try (RawClient raw = connect()) {
            raw.send("GET /app/events/x HTTP/1.1\r\nHost: h\r\n\r\n");
            members.events.release();
            StringBuilder seen = new StringBuilder(raw.readHead().status() + " ");
            for (int i = 0; i < 3; i++) {
                while (!seen.toString().contains("data: " + i + "\n\n")) {
                    seen.append((char) raw.input().read());
                }
                members.events.release();
            }
            return seen.toString().startsWith("200 ") ? YES : seen.toString();
        } finally {
            members.events.drainPermits();
        }
    }

    private EchoSession open() throws Exception {
        try (RawClient raw = connect()) {
            int status = raw.send(handshake()).readHead().status();
            if (status != 101) {
                throw new RefusedUpgradeException(status);
            }
        }
        EchoSession session = EchoSession.open(client, container.port(), "/app/ws/x");
        String greeting = session.next().text();
        if (!greeting.equals(WebSocketEcho.GREETING)) {
            throw new IllegalStateException("greeted by " + greeting);
        }
        return session;
    }

    private static final class RefusedUpgradeException extends Exception {
        RefusedUpgradeException(int status) {
            super(Integer.toString(status));
        }
    }

    private String webSocket() throws Exception {
        try (EchoSession session = open()) {
            String large = "ä".repeat(40_000);
            session.send(large);
            return session.next().text().equals(large) ? YES : "another text";
        }
    }

    private String endedByTheClient() throws Exception {
        try (EchoSession session = open()) {
            session.sayClose(4002, "enough");
            String end = session.next().code() + " " + members.webSockets.lastCode();
            return end.equals("4002 4002") ? memberIsLeft() : end;
        }
    }

    private String endedByTheMember() throws Exception {
        try (RawClient raw = connect()) {
            int status = raw.send(handshake()).readFinal().status();
            if (status != 101) {
                return Integer.toString(status);
            }
            // A text of a client is masked; a mask of zeros leaves it as it is.
            byte[] text = WireReader.latin1(WebSocketEcho.PLEASE_CLOSE);
            raw.send(new byte[] {(byte) 0x81, (byte) (0x80 | text.length), 0, 0, 0, 0})
                    .send(text);
            raw.input().readNBytes(2 + WebSocketEcho.GREETING.length());
            raw.input().readNBytes(2 + 2 + 3);
            raw.send(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
            return isEnded(raw) ? memberIsLeft() : NOT_TOLD;
        }
    }

    private static String handshake() {
        return "GET /app/ws/x HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    private String memberIsLeft() {
        await("the end at the member")
                .atMost(PATIENCE)
                .until(() -> members.upgraded().openConnections() == 0);
        return YES;
    }

    private String waiting() throws Exception {
        int before = Jvm.of(container).threads();
        try (Crowd crowd = new Crowd()) {
            Crowd.Group group = crowd.join(
                    container.port(), WAITING, Crowd.Manner.saying("GET /app/busy/hold HTTP/1.1\r\nHost: h\r\n\r\n"));
            await("all at the member")
                    .atMost(PATIENCE)
                    .until(() -> members.busy().held() == WAITING);
            String meanwhile = echoes("GET", "/x", "");
            int threads = Jvm.of(container).threads() - before;
            members.busy().release();
            await("their answers").atMost(PATIENCE).until(() -> group.received(1) == WAITING);
            return threads < MOST_THREADS ? meanwhile : threads + " threads";
        }
    }

    /** Both applications go; the client of an open tunnel is told, and nothing of ours stays. */
    private String undeployed() throws Exception {
        try (RawClient raw = connect()) {
            boolean tunnel = raw.send(handshake()).readFinal().status() == 101;
            if (!container.watchesItsFolder()) {
                return "by a restart";
            }
            Files.delete(container.webapps().resolve("app.war"));
            Files.delete(container.webapps().resolve("mappings.war"));
            await("the applications' end")
                    .atMost(PATIENCE)
                    .until(() -> ask("GET /app/x HTTP/1.1\r\nHost: h\r\n\r\n").status() == 404
                            && ask("GET /mappings/p/x HTTP/1.1\r\nHost: h\r\n\r\n")
                                            .status()
                                    == 404);
            if (tunnel && !isEnded(raw)) {
                return NOT_TOLD;
            }
        }
        await("the threads' end")
                .atMost(PATIENCE)
                .until(() -> !Jvm.of(container).threadDump().contains("\"fairlead"));
        return areClassesGone() ? YES : "classes stay";
    }

    /** Of a container that keeps a reference, no later collection frees the classes. */
    private boolean areClassesGone() {
        try {
            await("the classes' end")
                    .atMost(LONGEST_READ)
                    .until(() -> Jvm.of(container).collect().count("org.fairlead.runtime.ProxyRuntime") == 0);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private static boolean isEnded(RawClient raw) throws IOException {
        try {
            raw.input().readAllBytes();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
