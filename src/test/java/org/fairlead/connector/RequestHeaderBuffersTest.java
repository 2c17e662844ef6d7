package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;

class RequestHeaderBuffersTest {
    private static final int LONGEST = 32_760;
    private static final int WHOLE = LONGEST + 8192;

    private final RequestHeaderBuffers heads = new RequestHeaderBuffers(LONGEST);
    private final Reader reader = new Reader();

    @Test
    void aReaderThatBeginsLooksAsIfItHadRoomForTheLongestHead() {
        reader.begin(heads);
        assertThat(reader.buffer.capacity()).isGreaterThanOrEqualTo(LONGEST);
        assertThat(reader.buffer.limit()).isZero();
    }

    @Test
    void itHoldsAsMuchAsHasCome() throws IOException {
        reader.begin(heads);
        assertThat(come("GET / HTTP/1.1\r\n\r\n")).isEqualTo(18);
        assertThat(reader.text()).isEqualTo("GET / HTTP/1.1\r\n\r\n");
        assertThat(reader.buffer.capacity()).isEqualTo(18);
    }

    @Test
    void twoReadersThatBeginDoNotShareWhatComes() throws IOException {
        Reader other = new Reader();
        reader.begin(heads);
        other.begin(heads);
        come("one");
        other.come(heads, "another");
        assertThat(reader.text()).isEqualTo("one");
        assertThat(other.text()).isEqualTo("another");
    }

    @Test
    void theRestOfAHeadStandsBehindItsBeginning() throws IOException {
        reader.begin(heads);
        String all = "";
        for (int i = 0; i < 100; i++) {
            String piece = "Field-" + i + ": " + "x".repeat(i) + "\r\n";
            all += piece;
            come(piece);
            assertThat(reader.text()).isEqualTo(all);
        }
    }

    @Test
    void bytesThatDripDoNotHaveAllCopiedForEach() throws IOException {
        reader.begin(heads);
        int copies = 0;
        for (int i = 0; i < LONGEST; i++) {
            ByteBuffer before = reader.buffer;
            come("x");
            copies += before == reader.buffer ? 0 : 1;
        }
        assertThat(reader.text()).isEqualTo("x".repeat(LONGEST));
        assertThat(copies).isLessThan(20);
    }

    @Test
    void aHeadThatGoesOnLaterFindsRoomForTheWholeOfIt() throws IOException {
        reader.begin(heads);
        come("GET / HT");
        reader.buffer.position(5);
        reader.begin(heads);
        assertThat(reader.buffer.capacity()).isEqualTo(WHOLE);
        assertThat(reader.buffer.position()).isEqualTo(5);
        assertThat(reader.text()).isEqualTo("GET / HT");
        come("TP/1.1");
        assertThat(reader.text()).isEqualTo("GET / HTTP/1.1");
        assertThat(reader.buffer.position()).isEqualTo(5);
    }

    @Test
    void aHeadThatComesInPiecesCostsWhatHasCome() throws IOException {
        reader.begin(heads);
        String all = "";
        for (int i = 0; i < 40; i++) {
            come("Field: " + i + "\r\n");
            all += "Field: " + i + "\r\n";
            // All of it was looked at, and there is no end in it.
            reader.buffer.position(reader.buffer.limit());
            for (int turn = 0; turn < 3; turn++) {
                reader.begin(heads);
                assertThat(reader.buffer.capacity()).isEqualTo(WHOLE);
                assertThat(reader.buffer.position()).isEqualTo(all.length());
                assertThat(reader.buffer.hasRemaining()).isFalse();
            }
            assertThat(come("")).isZero();
            assertThat(reader.text()).isEqualTo(all);
            assertThat(reader.buffer.capacity()).isLessThanOrEqualTo(2 * all.length());
            reader.begin(heads);
        }
        come("\r\n");
        assertThat(reader.text()).isEqualTo(all + "\r\n");
    }

    @Test
    void whatIsKeptOfOneHeadIsNotInTheNext() throws IOException {
        reader.begin(heads);
        come("GET / HT");
        reader.buffer.position(reader.buffer.limit());
        reader.begin(heads);
        // The reader was given to another connection meanwhile.
        reader.buffer.limit(0).position(0);
        reader.begin(heads);
        come("PUT");
        assertThat(reader.text()).isEqualTo("PUT");
    }

    @Test
    void aBodyGoesBehindItsHeadAgainAndAgain() throws IOException {
        reader.begin(heads);
        come("HEAD");
        for (int i = 0; i < 50; i++) {
            String piece = "" + (char) ('a' + i % 26);
            reader.buffer.limit(4).position(4);
            come(piece.repeat(1 + i * 150));
            assertThat(reader.text()).isEqualTo("HEAD" + piece.repeat(1 + i * 150));
        }
        assertThat(reader.buffer.capacity()).isLessThan(2 * WHOLE);
    }

    @Test
    void whereNothingHasComeTheReaderKeepsItsBuffer() throws IOException {
        reader.begin(heads);
        ByteBuffer first = reader.buffer;
        assertThat(come("")).isZero();
        assertThat(reader.buffer).isSameAs(first);
        come("HEAD");
        ByteBuffer second = reader.buffer;
        assertThat(come("")).isZero();
        assertThat(reader.buffer).isSameAs(second);
        assertThat(reader.text()).isEqualTo("HEAD");
    }

    @Test
    void anEndIsToldAsItCame() throws IOException {
        reader.begin(heads);
        assertThat(reader.read(heads, target -> -1)).isEqualTo(-1);
    }

    private int come(String text) throws IOException {
        return reader.come(heads, text);
    }

    /** Does with its buffer what Tomcat's reader does. */
    private static final class Reader implements ApplicationBufferHandler {
        private ByteBuffer buffer;
        private Optional<ByteBuffer> kept = Optional.empty();

        void begin(RequestHeaderBuffers heads) {
            kept = heads.begin(this, kept);
        }

        int come(RequestHeaderBuffers heads, String text) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            return read(heads, target -> {
                int n = Math.min(bytes.remaining(), target.remaining());
                target.put(bytes.slice().limit(n));
                return n;
            });
        }

        int read(RequestHeaderBuffers heads, RequestHeaderBuffers.Source source) throws IOException {
            int mark = buffer.position();
            buffer.position(buffer.limit());
            try {
                Optional<ByteBuffer> before = kept;
                kept = Optional.empty();
                return heads.read(source, this, before, buffer);
            } finally {
                buffer.limit(buffer.position());
                buffer.position(mark);
            }
        }

        String text() {
            return new String(buffer.array(), 0, buffer.limit(), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void setByteBuffer(ByteBuffer replaced) {
            buffer = replaced;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            throw new AssertionError("a reader is not asked for that");
        }
    }
}
