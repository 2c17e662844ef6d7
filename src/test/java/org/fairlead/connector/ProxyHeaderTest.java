package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.fairlead.connector.ProxyHeader.Client;
import org.fairlead.connector.ProxyHeader.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers of both versions, whole and in single bytes, and what is none. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    /** A channel that brings so many bytes at a time, and nothing in between. */
    private static final class Pieces implements ReadableByteChannel {
        private final ByteArrayInputStream in;
        private final int piece;
        private boolean pause;

        Pieces(byte[] bytes, int piece) {
            this.in = new ByteArrayInputStream(bytes);
            this.piece = piece;
        }

        @Override
        public int read(ByteBuffer target) {
            pause = !pause;
            if (pause) {
                return 0;
            }
            byte[] some = new byte[Math.min(piece, target.remaining())];
            int n = in.read(some, 0, some.length);
            if (n > 0) {
                target.put(some, 0, n);
            }
            return n;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static byte[] bytes(String text) {
        return text.startsWith("v2 ")
                ? HexFormat.of().parseHex(text.substring(3).replace(" ", "").replace("SIG", SIGNATURE))
                : text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads until the header is judged, or no byte is left. */
    private static State read(ProxyHeader header, Pieces channel) throws IOException {
        State state = State.INCOMPLETE;
        while (state == State.INCOMPLETE) {
            state = header.read(channel);
        }
        return state;
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(textBlock = """
            PROXY TCP4 192.0.2.7 127.0.0.1 4711 443\\r\\n,                     192.0.2.7,   4711
            PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\\r\\n,       255.255.255.255, 65535
            PROXY TCP4 192.0.2.7 127.0.0.1 0 0\\r\\n,                          192.0.2.7,   0
            PROXY TCP6 2001:db8::7 ::1 4711 443\\r\\n,                         2001:db8::7, 4711
            PROXY TCP6 2001:0db8:0000:0000:0000:0000:0000:0007 ::1 4711 443\\r\\n, 2001:db8::7, 4711
            v2 SIG 21 11 000c c0000207 7f000001 1267 01bb,                     192.0.2.7,   4711
            v2 SIG 21 11 0013 c0000207 7f000001 1267 01bb 04000400000000,      192.0.2.7,   4711
            v2 SIG 21 21 0024 20010db8000000000000000000000007 00000000000000000000000000000001 1267 01bb, 2001:db8::7, 4711
            """)
    void aHeaderNamesTheClientAndIsReadToItsLastByte(String text, String address, int port) throws IOException {
        byte[] header = bytes(text);
        for (int piece : new int[] {1, 3, 1000}) {
            byte[] all = new byte[header.length + 4];
            System.arraycopy(header, 0, all, 0, header.length);
            Pieces channel = new Pieces(all, piece);
            ProxyHeader read = new ProxyHeader(piece == 3);

            assertThat(read(read, channel)).isEqualTo(State.DONE);
            assertThat(read.client()).contains(new Client(address, port));
            assertThat(channel.in.available()).isEqualTo(4);
            assertThat(read.rest().remaining()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "PROXY UNKNOWN\\r\\n",
                "PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\\r\\n",
                "v2 SIG 20 00 0000",
                "v2 SIG 20 11 000c c0000207 7f000001 1267 01bb",
                "v2 SIG 21 00 0000",
                "v2 SIG 21 00 0003 010203"
            })
    void aHeaderMayNameNoClient(String text) throws IOException {
        ProxyHeader read = new ProxyHeader(false);

        assertThat(read(read, new Pieces(bytes(text), 5))).isEqualTo(State.DONE);
        assertThat(read.client()).isEmpty();
        assertThat(read.rest().remaining()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n",
                "P",
                "PROXY",
                "proxy TCP4 192.0.2.7 127.0.0.1 4711 443\\r\\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 4711 443\\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 4711\\r\\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 4711 443 \\r\\n",
                "PROXY TCP4  192.0.2.7 127.0.0.1 4711 443\\r\\n",
                "PROXY TCP4 192.0.2.256 127.0.0.1 4711 443\\r\\n",
                "PROXY TCP4 192.0.2 127.0.0.1 4711 443\\r\\n",
                "PROXY TCP4 ::1 127.0.0.1 4711 443\\r\\n",
                "PROXY TCP6 192.0.2.7 ::1 4711 443\\r\\n",
                "PROXY TCP4 localhost 127.0.0.1 4711 443\\r\\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 65536 443\\r\\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 -1 443\\r\\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 4711 4x3\\r\\n",
                "PROXY UDP4 192.0.2.7 127.0.0.1 4711 443\\r\\n",
                "PROXY \\r\\n        \\r\\n",
                "PROXY UNKNOWN aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\r\\n",
                "v2 0d0a0d0a000d0a515549540b 21 11 000c c0000207 7f000001 1267 01bb",
                "v2 SIG 11 11 000c c0000207 7f000001 1267 01bb",
                "v2 SIG 22 11 000c c0000207 7f000001 1267 01bb",
                "v2 SIG 21 12 000c c0000207 7f000001 1267 01bb",
                "v2 SIG 21 31 00d8",
                "v2 SIG 21 11 000b c0000207 7f000001 1267 01",
                "v2 SIG 21 21 000c c0000207 7f000001 1267 01bb",
                "v2 SIG 21 11 ffff c0000207 7f000001 1267 01bb",
                "v2 SIG 21 11 000c c0000207"
            })
    void anythingElseClosesTheConnection(String text) throws IOException {
        for (int piece : new int[] {1, 1000}) {
            ProxyHeader read = new ProxyHeader(false);

            assertThat(read(read, new Pieces(bytes(text), piece))).isEqualTo(State.BROKEN);
            assertThat(read.client()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"GET / HTTP/1.1", "PRI * HTTP/2.0", "PUT / HTTP/1.1", "PROPFIND / HTTP/1.1", "v2 16030100"})
    void whereItIsOptionalWhatCameInsteadIsKept(String text) throws IOException {
        byte[] begin = bytes(text);
        for (int piece : new int[] {1, 1000}) {
            Pieces channel = new Pieces(begin, piece);
            ProxyHeader read = new ProxyHeader(true);

            assertThat(read(read, channel)).isEqualTo(State.DONE);

            byte[] kept = new byte[read.rest().remaining()];
            read.rest().get(kept);
            assertThat(kept.length + channel.in.available()).isEqualTo(begin.length);
            assertThat(begin).startsWith(kept);
        }
    }

    @Test
    void anOptionalHeaderMustNotBeBrokenEither() throws IOException {
        ProxyHeader read = new ProxyHeader(true);

        assertThat(read(read, new Pieces(bytes("PROXY TCP4 x y 1 2\\r\\n"), 1000)))
                .isEqualTo(State.BROKEN);
    }

    @Test
    void randomBytesBehindASignatureAreJudgedAndNeverThrow() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] begin = bytes(i % 2 == 0 ? "v2 SIG" : "PROXY ");
            byte[] all = new byte[begin.length + random.nextInt(60)];
            random.nextBytes(all);
            System.arraycopy(begin, 0, all, 0, begin.length);

            assertThat(read(new ProxyHeader(false), new Pieces(all, 1 + random.nextInt(20))))
                    .isIn(State.DONE, State.BROKEN);
        }
    }
}
