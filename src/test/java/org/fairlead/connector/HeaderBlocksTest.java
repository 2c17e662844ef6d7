package org.fairlead.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fairlead.model.ReadTimeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderBlocksTest {
    private static final ReadTimeout LIMIT = new ReadTimeout(Duration.ofSeconds(20), Duration.ZERO, 0);
    private static final int ROOM = 1000;

    private final List<Integer> lengths = new ArrayList<>();
    private final HeaderBlocks blocks = new HeaderBlocks(lengths::add);

    /** Frames are written as type, flags and length: {@code 1.4.20} is a HEADERS frame that is whole. */
    @ParameterizedTest(name = "{0}: open {1}")
    @CsvSource({
        "'', false",
        "1.4.20, false",
        "1.5.20, false",
        "1.0.20, true",
        "1.1.20, true",
        "1.0.0, true",
        "4.0.6 1.0.20, true",
        "1.4.20 1.0.20, true",
        "1.4.300 8.0.4 6.0.8 1.1.300, true",
        "1.0.20 9.0.20, true",
        "1.0.20 9.4.20, false",
        "1.0.20 9.0.0 9.4.0 0.0.200, false",
        "0.0.50, false",
        "0.0.50 1.1.20, true",
        "99.0.20, false"
    })
    void aBlockIsOpenUntilEndHeaders(String frames, boolean open) {
        byte[] sent = frames(frames);
        receive(sent, sent.length);
        assertThat(isOpen()).isEqualTo(open);
    }

    @ParameterizedTest(name = "{1} bytes of {0}: open {2}")
    @CsvSource({
        "1.4.20, 8, false",
        "1.4.20, 9, true",
        "1.4.20, 28, true",
        "9.4.20, 12, true",
        "4.0.12, 12, true",
        "0.0.20, 12, false",
        "1.4.20 1.4.20, 40, true"
    })
    void aFrameInPartIsLimitedUnlessItIsData(String frames, int come, boolean open) {
        receive(frames(frames), come);
        assertThat(isOpen()).isEqualTo(open);
    }

    @Test
    void aPrefaceInPartIsLimited() {
        ByteBuffer preface = ByteBuffer.allocate(24);
        blocks.read(new ByteBuffer[] {preface, ByteBuffer.allocate(9), ByteBuffer.allocate(ROOM)});
        assertThat(isOpen()).isTrue();
        preface.position(24);
        assertThat(isOpen()).isFalse();
    }

    @Test
    void theLengthOfAnOpenBlockIsToldAndItsEnd() {
        for (String frame : List.of("1.4.5", "1.0.20", "9.0.300", "9.4.7", "1.4.9")) {
            byte[] sent = frames(frame);
            receive(sent, sent.length);
        }
        assertThat(lengths).containsExactly(20, 320, 0);
    }

    private boolean isOpen() {
        long now = System.nanoTime();
        assertThat(blocks.isOverdue(LIMIT, now)).as("at once").isFalse();
        return blocks.isOverdue(LIMIT, now + TimeUnit.SECONDS.toNanos(21));
    }

    /** As Tomcat reads: one frame's head, behind it what comes; whole frames are parsed, the rest is read again. */
    private void receive(byte[] sent, int come) {
        int at = 0;
        while (at + 9 <= come) {
            int length = length(sent, at);
            ByteBuffer[] read = begin();
            read[0].put(sent, at, 9);
            read[1].put(sent, at + 9, Math.min(come - at - 9, ROOM));
            if (at + 9 + length > come) {
                return;
            }
            read[1].flip();
            do {
                at += 9 + length;
                length = at + 9 <= come ? length(sent, at) : 0;
            } while (at + 9 <= come && at + 9 + length <= come);
        }
        begin()[0].put(sent, at, come - at);
    }

    private ByteBuffer[] begin() {
        ByteBuffer[] read = {ByteBuffer.allocate(9), ByteBuffer.allocate(ROOM)};
        blocks.read(read);
        return read;
    }

    private static int length(byte[] sent, int at) {
        return (sent[at] & 0xFF) << 16 | (sent[at + 1] & 0xFF) << 8 | sent[at + 2] & 0xFF;
    }

    private static byte[] frames(String written) {
        ByteBuffer all = ByteBuffer.allocate(ROOM);
        for (String frame : written.isEmpty() ? new String[0] : written.split(" ")) {
            String[] parts = frame.split("\\.");
            int length = Integer.parseInt(parts[2]);
            all.put((byte) 0).putShort((short) length);
            all.put(Byte.parseByte(parts[0])).put(Byte.parseByte(parts[1])).putInt(1);
            all.put(new byte[length]);
        }
        return java.util.Arrays.copyOf(all.array(), all.position());
    }
}
