package org.fairlead.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where messages of HTTP/2 end (RFC 9113 8.1), and frames that cost their sender nothing. */
class Http2MessagesIT {
    private static final int PRIORITY = 2;
    private static final int PING = H2Frames.PING;
    private static final int WINDOW_UPDATE = 8;
    private static final int PRIORITY_UPDATE = 16;
    private static final int TRIES = 60;

    private static final Members SHARED = new Members();

    /** What the member was told as a whole message; a body that breaks off is none. */
    private static final Queue<String> WHOLE = new ConcurrentLinkedQueue<>();

    private static FairleadJar jar;

    @RegisterExtension
    final Members members = new Members();

    @BeforeAll
    static void start() throws IOException {
        RawMember member = SHARED.answering(request -> {
            WHOLE.add(request.startLine() + " " + request.body().length);
            return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        });
        jar = FairleadJar.configured(FrontDoor.plain(member.port(), "Protocols h2c http/1.1"));
    }

    @AfterAll
    static void end() throws IOException {
        jar.close();
        SHARED.close();
    }

    private static byte[] head(String method, String path, String... more) {
        return H2Frames.block(Stream.concat(
                        Stream.of(":method", method, ":scheme", "http", ":authority", "h", ":path", path),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    static Stream<Arguments> endsThatAreNone() {
        byte[] cancel = H2Frames.frame(H2Frames.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
        byte[] noError = H2Frames.frame(H2Frames.RST_STREAM, 0, 1, new byte[4]);
        byte[] goAway = H2Frames.frame(H2Frames.GOAWAY, 0, 0, new byte[8]);
        byte[] data = H2Frames.frame(H2Frames.DATA, 0, 1, new byte[700]);
        return Stream.of(
                Arguments.of("DATA and RST_STREAM(CANCEL) at once", join(data, cancel), ""),
                Arguments.of("RST_STREAM(NO_ERROR)", join(data, noError), ""),
                Arguments.of("GOAWAY", join(data, goAway), ""),
                Arguments.of("the connection's end", data, ""),
                Arguments.of("RST_STREAM before any DATA", cancel, ""),
                Arguments.of("RST_STREAM behind all bytes of a length", join(data, cancel), "700"),
                Arguments.of("RST_STREAM before the last byte of a length", join(data, cancel), "701"),
                Arguments.of("the connection's end behind all bytes of a length", data, "700"));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endsThatAreNone")
    void anUploadWithoutEndStreamNeverReachesTheMemberWhole(String name, byte[] end, String length) throws Exception {
        WHOLE.clear();
        byte[] head = length.isEmpty() ? head("POST", "/cut") : head("POST", "/cut", "content-length", length);
        for (int i = 0; i < TRIES; i++) {
            try (H2Frames frames = H2Frames.to(jar.port())) {
                byte[] begin = H2Frames.frame(H2Frames.HEADERS, H2Frames.END_HEADERS, 1, head);
                if (i % 2 == 0) {
                    frames.write(begin);
                    frames.ping();
                    frames.write(end);
                } else {
                    frames.write(join(begin, end));
                }
            }
        }
        // What is served behind them shows that they are over.
        for (int i = 0; i < 5; i++) {
            assertThat(RawClient.exchange(jar.port(), "GET /after HTTP/1.1\r\nHost: h\r\n\r\n")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(WHOLE).as(name).noneMatch(line -> line.contains("/cut"));
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "'', 1", "'', 40000", "1, 1", "40000, 40000", "0, 0"})
    void anUploadWithEndStreamReachesTheMemberWhole(String length, int size) throws Exception {
        WHOLE.clear();
        byte[] head = length.isEmpty() ? head("PUT", "/whole") : head("PUT", "/whole", "content-length", length);
        for (boolean alone : new boolean[] {true, false}) {
            try (H2Frames frames = H2Frames.to(jar.port())) {
                frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS, 1, head);
                for (int left = size; left > 0; left -= 16_000) {
                    boolean last = left <= 16_000 && !alone;
                    frames.send(H2Frames.DATA, last ? H2Frames.END_STREAM : 0, 1, new byte[Math.min(left, 16_000)]);
                }
                if (alone || size == 0) {
                    frames.ping();
                    frames.send(H2Frames.DATA, H2Frames.END_STREAM, 1, new byte[0]);
                }
                assertThat(frames.readVerdict().type()).isEqualTo(H2Frames.HEADERS);
            }
        }
        assertThat(WHOLE).containsExactly("PUT /whole HTTP/1.1 " + size, "PUT /whole HTTP/1.1 " + size);
    }

    @ParameterizedTest
    @CsvSource({
        "+3,        3",
        "-3,        3",
        "+0,        0",
        "-1,        0",
        "'',        3",
        "3 3,       3",
        "'3, 3',    3",
        "3;3,       3",
        "0x3,       3",
        "3.0,       3",
        "\u0663,    3",
        "99999999999999999999, 3",
        "3|3,       3",
        "3|4,       3",
        "2,         3",
        "4,         3",
        "0,         3",
        "3,         0",
    })
    void aLengthThatIsNoneOrThatTheDataContradictsReachesNoMember(String lengths, int size) throws Exception {
        WHOLE.clear();
        String[] fields = Stream.of(lengths.split("\\|", -1))
                .flatMap(length -> Stream.of("content-length", length))
                .toArray(String[]::new);
        for (boolean late : new boolean[] {true, false}) {
            try (H2Frames frames = H2Frames.to(jar.port())) {
                frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS, 1, head("POST", "/length", fields));
                if (late) {
                    frames.ping();
                }
                frames.send(H2Frames.DATA, H2Frames.END_STREAM, 1, new byte[size]);
                assertThat(verdict(frames)).isIn("RST_STREAM", "GOAWAY", "end");
            } catch (SocketException e) {
                assertThat(e).as("the connection was ended").isNotNull();
            }
        }
        assertThat(WHOLE).noneMatch(line -> line.contains("/length"));
    }

    private static String verdict(H2Frames frames) throws IOException {
        try {
            return switch (frames.readVerdict().type()) {
                case H2Frames.RST_STREAM -> "RST_STREAM";
                case H2Frames.GOAWAY -> "GOAWAY";
                default -> "an answer";
            };
        } catch (IOException e) {
            return "end";
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 300, 100_000, 1_000_000})
    void anAnswerThatIsShorterThanItsLengthResetsItsStream(int length) throws Exception {
        RawMember member = members.raw(conversation -> {
            conversation.readRequest();
            conversation.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + "x".repeat(length / 2));
        });
        for (String configuration : List.of("Protocols h2c http/1.1")) {
            try (FairleadJar cut = FairleadJar.configured(FrontDoor.plain(member.port(), configuration));
                    H2Frames frames = H2Frames.to(cut.port())) {
                frames.send(WINDOW_UPDATE, 0, 0, new byte[] {0, 32, 0, 0});
                frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, 1, head("GET", "/"));
                frames.send(WINDOW_UPDATE, 0, 1, new byte[] {0, 32, 0, 0});
                assertThat(frames.readUntilReset(1)).noneMatch(frame -> frame.endsWith("end"));
                assertThat(cut.output()).doesNotContain("\tat ");
            }
        }
    }

    static Stream<Arguments> cheapFrames() {
        byte[] open = H2Frames.frame(H2Frames.HEADERS, H2Frames.END_HEADERS, 1, head("POST", "/flood"));
        byte[] unknownSettings = new byte[6 * 2000];
        for (int i = 0; i < unknownSettings.length; i += 6) {
            unknownSettings[i] = 99;
        }
        return Stream.of(
                Arguments.of("ACK of SETTINGS", H2Frames.frame(H2Frames.SETTINGS, 1, 0, new byte[0])),
                Arguments.of("SETTINGS", H2Frames.frame(H2Frames.SETTINGS, 0, 0, new byte[0])),
                Arguments.of("settings that are unknown", H2Frames.frame(H2Frames.SETTINGS, 0, 0, unknownSettings)),
                Arguments.of("ACK of PING", H2Frames.frame(PING, 1, 0, new byte[8])),
                Arguments.of("PING", H2Frames.frame(PING, 0, 0, new byte[8])),
                Arguments.of("an unknown type", H2Frames.frame(0xbe, 0, 0, new byte[0])),
                Arguments.of("an unknown type with a payload", H2Frames.frame(0x77, 0xff, 5, new byte[16])),
                Arguments.of("PRIORITY", H2Frames.frame(PRIORITY, 0, 3, new byte[5])),
                Arguments.of("PRIORITY_UPDATE", join(open, H2Frames.frame(PRIORITY_UPDATE, 0, 0, priority()))),
                Arguments.of("WINDOW_UPDATE", H2Frames.frame(WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1})),
                Arguments.of("empty DATA", join(open, H2Frames.frame(H2Frames.DATA, 0, 1, new byte[0]))),
                Arguments.of("padding", join(open, H2Frames.frame(H2Frames.DATA, 8, 1, new byte[] {3, 0, 0, 0}))),
                Arguments.of("RST_STREAM", join(open, H2Frames.frame(H2Frames.RST_STREAM, 0, 1, new byte[4]))),
                Arguments.of(
                        "CONTINUATION",
                        join(
                                H2Frames.frame(H2Frames.HEADERS, 0, 1, head("GET", "/flood")),
                                H2Frames.frame(H2Frames.CONTINUATION, 0, 1, new byte[0]))));
    }

    private static byte[] priority() {
        return join(new byte[] {0, 0, 0, 1}, "u=1".getBytes(StandardCharsets.US_ASCII));
    }

    /** The first frame of two opens a stream, the last one is sent again and again. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cheapFrames")
    void framesThatCostNothingAreSentAwayWithFewWordsInTheLog(String name, byte[] frames) throws Exception {
        int before = jar.output().length();
        try (H2Frames flood = H2Frames.to(jar.port())) {
            byte[] last = lastFrame(frames);
            byte[] many = join(Stream.generate(() -> last).limit(500).toArray(byte[][]::new));
            try {
                flood.write(frames);
                for (int i = 0; i < 40_000 / 500; i++) {
                    flood.write(many);
                }
            } catch (SocketException e) {
                assertThat(e).as("the server has had enough").isNotNull();
            }
            assertThat(flood.isSentAway()).isTrue();
        }
        assertThat(RawClient.exchange(jar.port(), "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(jar.output().substring(before)).hasSizeLessThan(1000);
    }

    private static byte[] lastFrame(byte[] frames) {
        int at = 0;
        while (true) {
            int end = at + 9 + ((frames[at] & 0xff) << 16 | (frames[at + 1] & 0xff) << 8 | frames[at + 2] & 0xff);
            if (end >= frames.length) {
                return java.util.Arrays.copyOfRange(frames, at, end);
            }
            at = end;
        }
    }

    /** A client that reads a stream of events, and one whose connection lives for long. */
    @Test
    void acknowledgementsThatAreAskedForAndWindowsThatAreUsedAreNoFlood() throws Exception {
        try (H2Frames frames = H2Frames.to(jar.port())) {
            for (int stream = 1; stream < 200; stream += 2) {
                frames.send(H2Frames.HEADERS, H2Frames.END_HEADERS | H2Frames.END_STREAM, stream, head("GET", "/"));
                assertThat(frames.readVerdict().type()).isEqualTo(H2Frames.HEADERS);
                frames.send(WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 8, 0});
                frames.send(PING, 1, 0, new byte[8]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096, 4097, 9000, 100_000})
    void anOfferOfH2cWithABodyIsPassedOverAndTheRequestServed(int size) throws Exception {
        for (String framing : List.of("Content-Length: " + size, "Transfer-Encoding: chunked")) {
            WHOLE.clear();
            String body = framing.startsWith("C")
                    ? "x".repeat(size)
                    : Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n";
            WireMessage answer = RawClient.exchange(
                    jar.port(),
                    "POST /offer HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                            + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n" + framing + "\r\n\r\n" + body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers("Upgrade")).isEmpty();
            assertThat(WHOLE).containsExactly("POST /offer HTTP/1.1 " + size);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 8192, 9000, 16_384, 20_000, 60_000})
    void whatComesBehindTheBeginningOfHttp2IsNotLost(int size) throws Exception {
        WHOLE.clear();
        List<byte[]> parts = Stream.concat(
                        Stream.of(H2Frames.frame(H2Frames.HEADERS, H2Frames.END_HEADERS, 1, head("PUT", "/early"))),
                        Stream.iterate(size, left -> left > 0, left -> left - 16_384)
                                .map(left -> H2Frames.frame(
                                        H2Frames.DATA,
                                        left <= 16_384 ? H2Frames.END_STREAM : 0,
                                        1,
                                        new byte[Math.min(left, 16_384)])))
                .collect(Collectors.toList());
        try (H2Frames frames = H2Frames.beginningWith(jar.port(), join(parts.toArray(byte[][]::new)))) {
            assertThat(frames.readVerdict().type()).isEqualTo(H2Frames.HEADERS);
        }
        assertThat(WHOLE).containsExactly("PUT /early HTTP/1.1 " + size);
    }
}
