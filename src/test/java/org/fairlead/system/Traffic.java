package org.fairlead.system;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everything that comes to a proxy's door, as fast as it goes: honest clients, whose every answer is checked, hostile
 * ones, some that break off wherever one can, tunnels, and requests for members that answer badly.
 *
 * <p>For a proxy that passes {@code /alone/} and {@code /} to a {@link BusyMember}. Each kind has a thread of its own.
 */
final class Traffic {
    private static final String END = " HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int REQUESTS_PER_CONNECTION = 50;
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int MOST_PROBLEMS = 20;

    /** {@code :status: 200}, perhaps behind a change of the table's size (RFC 7541 6.3, appendix A). */
    private static final String STATUS_200 = "(3fe11f)?88.*";

    /** Messages that could smuggle, confuse or exhaust; whatever becomes of them, nobody else may feel it. */
    private static final List<String> HOSTILE = List.of(
            "POST /sum HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /bytes/1"
                    + END,
            "POST /sum HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
            "POST /sum HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "POST /sum HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a\nabcde\r\n0\r\n\r\n",
            "POST /sum HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST /sum HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
            "GET /bytes/5 HTTP/1.1\r\nHost : h\r\n\r\n",
            "GET /bytes/5 HTTP/1.1\r\n\r\n",
            "GET /bytes/5 HTTP/1.1\r\nHost: h\r\nHost: g\r\n\r\n",
            "GET /bytes/5 HTTP/9.9\r\nHost: h\r\n\r\n",
            "GET http://169.254.169.254/bytes/5" + END,
            "GET /../../etc/passwd" + END,
            "GET /%2e%2e/%00" + END,
            "GET /bytes/5 HTTP/1.1\r\nHost: h\r\nX-A: b\u0000c\r\n\r\n",
            "GET /bytes/5 HTTP/1.1\r\nHost: h\r\nX-A: " + "a".repeat(40_000) + "\r\n\r\n",
            "GET /bytes/5 HTTP/1.1\r\nHost: h\r\n" + "X-A: b\r\n".repeat(300) + "\r\n",
            "GET /" + "a".repeat(20_000) + END,
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0004\u0001\u0004\u0000\u0000\u0000\u0001abcd",
            "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /tunnel HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
            "POST /sum HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");

    private final int port;
    private final Map<String, AtomicLong> done = new LinkedHashMap<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean over;

    Traffic(int port) {
        this.port = port;
    }

    /** One round of a kind of client. */
    private interface Round {
        void play(Random dice) throws IOException;
    }

    /** Runs all kinds for so long and returns when the last round has ended. */
    void run(Duration span) throws InterruptedException {
        over = false;
        List<Thread> threads = new ArrayList<>();
        threads.add(start("answers", this::answers));
        threads.add(start("more answers", this::answers));
        threads.add(start("uploads", this::uploads));
        threads.add(start("large answers", this::largeAnswer));
        threads.add(start("HTTP/2", this::http2));
        threads.add(start("tunnels", this::tunnel));
        threads.add(start("bad members", this::badMember));
        threads.add(start("hostile", this::hostile));
        threads.add(start("broken off", this::brokenOff));
        threads.add(start("more broken off", this::brokenOff));
        Thread end = new Thread(() -> over = true);
        end.setDaemon(true);
        long deadline = System.nanoTime() + span.toNanos();
        for (long left = span.toMillis(); left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            threads.get(0).join(left);
        }
        end.start();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** How often honest traffic did not get what it should. */
    long failures() {
        return failures.get();
    }

    /** The first of them in words. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Rounds played so far, by kind. */
    @Override
    public String toString() {
        return done.toString();
    }

    private Thread start(String name, Round round) {
        AtomicLong count;
        synchronized (done) {
            count = done.computeIfAbsent(name, unused -> new AtomicLong());
        }
        Thread thread = new Thread(
                () -> {
                    Random dice = new Random(name.hashCode());
                    while (!over) {
                        try {
                            round.play(dice);
                            count.incrementAndGet();
                        } catch (IOException | RuntimeException | AssertionError e) {
                            problem(name + ": " + e);
                        }
                    }
                },
                "traffic-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void problem(String text) {
        if (failures.incrementAndGet() <= MOST_PROBLEMS) {
            problems.add(text);
        }
    }

    private static void check(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private void answers(Random dice) throws IOException {
        try (RawClient client = RawClient.to(port)) {
            for (int i = 0; i < REQUESTS_PER_CONNECTION && !over; i++) {
                int length = 1 + dice.nextInt(30_000);
                String path = (dice.nextBoolean() ? "/bytes/" : "/chunks/") + length;
                checkBody(client.send("GET " + path + END).readFinal(), length);
            }
        }
    }

    private void largeAnswer(Random dice) throws IOException {
        int length = 2_000_000 + dice.nextInt(1_000_000);
        checkBody(RawClient.exchange(port, "GET /bytes/" + length + END), length);
    }

    private static void checkBody(WireMessage answer, int length) {
        check(answer.status() == 200, answer.startLine());
        byte[] body = answer.body();
        check(body.length == length, body.length + " instead of " + length + " bytes");
        for (int i = 0; i < length; i++) {
            check(body[i] == BusyMember.pattern(i), "another byte at " + i);
        }
    }

    private void uploads(Random dice) throws IOException {
        try (RawClient client = RawClient.to(port)) {
            for (int i = 0; i < REQUESTS_PER_CONNECTION && !over; i++) {
                byte[] body = new byte[1 + dice.nextInt(60_000)];
                dice.nextBytes(body);
                int sum = 0;
                for (byte b : body) {
                    sum = BusyMember.sum(sum, b);
                }
                String text = new String(body, StandardCharsets.ISO_8859_1);
                client.send(
                        dice.nextBoolean()
                                ? "POST /sum HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length + "\r\n\r\n" + text
                                : "POST /sum HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + Integer.toHexString(body.length) + "\r\n" + text + "\r\n0\r\n\r\n");
                WireMessage answer = client.readFinal();
                check(answer.status() == 200, answer.startLine());
                check(answer.bodyText().equals(body.length + " " + sum), answer.bodyText());
            }
        }
    }

    private void http2(Random dice) throws IOException {
        try (H2Frames frames = H2Frames.to(port)) {
            for (int stream = 1; stream < 2 * REQUESTS_PER_CONNECTION && !over; stream += 2) {
                byte[] head = H2Frames.block(
                        ":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/bytes/" + dice.nextInt(500));
                frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, stream, head);
                if (dice.nextInt(5) == 0) {
                    frames.send(H2Frames.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
                    return;
                }
                H2Frames.Frame verdict = frames.readVerdict();
                String answer = HexFormat.of().formatHex(verdict.payload());
                check(verdict.type() == H2Frames.HEADERS && answer.matches(STATUS_200), verdict.type() + " " + answer);
            }
        }
    }

    private void tunnel(Random dice) throws IOException {
        try (RawClient client = RawClient.to(port)) {
            client.send("GET /tunnel HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            WireMessage answer = client.readFinal();
            check(answer.status() == 101, answer.startLine());
            byte[] bytes = new byte[1 + dice.nextInt(20_000)];
            dice.nextBytes(bytes);
            for (int i = 0; i < 3; i++) {
                client.send(bytes);
                check(Arrays.equals(client.input().readNBytes(bytes.length), bytes), "another echo");
            }
            switch (dice.nextInt(4)) {
                case 0 -> client.reset();
                case 1 -> check(client.finishSending().isClosedByServer(), "no end of a tunnel");
                // With bytes on their way back that nobody will take.
                case 2 -> client.send(bytes).reset();
                default -> client.send(bytes);
            }
        }
    }

    private void badMember(Random dice) throws IOException {
        switch (dice.nextInt(4)) {
            case 0 -> {
                WireMessage answer = RawClient.exchange(port, "GET /alone/cut/50000" + END);
                check(answer.cut(), "a cut answer that does not look so");
            }
            case 1 -> {
                WireMessage answer = RawClient.exchange(port, "GET /alone/surplus" + END);
                check(answer.bodyText().equals("ok"), answer);
            }
            case 2 -> {
                WireMessage answer = RawClient.exchange(port, "GET /alone/bad" + END);
                check(answer.status() == 502, answer.startLine());
            }
            default -> {
                WireMessage answer = RawClient.exchange(port, "GET /alone/late/20" + END);
                check(answer.status() == 200, answer.startLine());
            }
        }
    }

    /** Whether an answer comes does not matter here, nor which. */
    private void hostile(Random dice) {
        try (RawClient client = RawClient.to(port).timeout(SHORT)) {
            client.send(HOSTILE.get(dice.nextInt(HOSTILE.size())));
            client.readFinal();
            client.reset();
        } catch (EOFException | SocketException | SocketTimeoutException e) {
            return;
        } catch (IOException e) {
            problem("hostile: " + e);
        }
    }

    private void brokenOff(Random dice) throws IOException {
        try (RawClient client = RawClient.to(port)) {
            switch (dice.nextInt(7)) {
                case 0 -> client.send("GET /bytes/5 HTTP/1.1\r\nHo");
                case 1 -> client.send("GET /bytes/5000000" + END).input().readNBytes(1 + dice.nextInt(50_000));
                case 2 ->
                    client.send("POST /sum HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"
                            + "a".repeat(dice.nextInt(50_000)));
                case 3 ->
                    client.send("POST /sum HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + "4000\r\n"
                            + "a".repeat(dice.nextInt(16_384)));
                case 4 -> client.send("GET /late/" + (10 + dice.nextInt(100)) + END);
                case 5 -> client.send(("GET /bytes/3000" + END).repeat(1 + dice.nextInt(10)));
                default ->
                    client.send("POST /sum HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
                            .finishSending();
            }
            if (dice.nextBoolean()) {
                client.reset();
            }
        } catch (SocketException e) {
            // The proxy was quicker.
            return;
        }
    }
}
