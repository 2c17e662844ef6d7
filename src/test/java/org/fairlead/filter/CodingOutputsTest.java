package org.fairlead.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.fairlead.exchange.Environment;
import org.fairlead.filter.FilterOutput.BrokenBodyException;
import org.fairlead.model.DeflateConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The outputs of DEFLATE and INFLATE: every division of a body, what a flush makes readable, and broken bodies. */
class CodingOutputsTest {
    private static final long GIGABYTE = 1L << 30;

    private static byte[] text(int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(6));
        }
        return bytes;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes, boolean bare) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zip = new DeflaterOutputStream(out, new Deflater(6, bare))) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private static DeflateOutput deflate(OutputStream next) {
        return new DeflateOutput(next, DeflateConfig.NONE, new Environment());
    }

    private static void write(FilterOutput output, byte[] bytes, int piece) throws IOException {
        for (int i = 0; i < bytes.length; i += piece) {
            output.write(bytes, i, Math.min(piece, bytes.length - i));
        }
        output.finish();
        output.close();
    }

    @ParameterizedTest(name = "in pieces of {0} bytes, level {1}")
    @CsvSource({"1, 6", "7, 1", "8192, 9", "100000, 6"})
    void aBodyIsTheSameHoweverItComes(int piece, int level) throws IOException {
        byte[] body = text(100_000);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        DeflateConfig config = new DeflateConfig(Optional.of(level), Optional.empty(), DeflateConfig.Notes.NONE);

        write(new DeflateOutput(zipped, config, new Environment()), body, piece);
        write(new InflateOutput(back, true), zipped.toByteArray(), piece);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.toByteArray())).readAllBytes())
                .isEqualTo(body);
        assertThat(back.toByteArray()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void emptyAndTinyBodiesAreWholeToo(int length) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();

        write(deflate(zipped), text(length), 1);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.toByteArray())).readAllBytes())
                .isEqualTo(text(length));
    }

    @Test
    void aFlushMakesEverythingReadableThatWasWritten() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        DeflateOutput output = deflate(zipped);

        output.write("event: one\n\n".getBytes(StandardCharsets.US_ASCII));
        output.flush();
        int once = zipped.size();
        output.flush();

        assertThat(zipped.size()).as("a flush without new bytes adds none").isEqualTo(once);
        GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.toByteArray()));
        assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("event: one\n\n");
        output.close();
    }

    @Test
    void aFlushBeforeTheFirstByteWritesNone() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        DeflateOutput output = deflate(zipped);

        output.flush();

        assertThat(zipped.size()).isZero();
        output.close();
    }

    @ParameterizedTest(name = "bare {0}, in pieces of {1}")
    @CsvSource({"true, 1", "false, 1", "true, 5000", "false, 5000"})
    void deflateIsReadWithAndWithoutItsEnvelope(boolean bare, int piece) throws IOException {
        byte[] body = text(20_000);
        ByteArrayOutputStream back = new ByteArrayOutputStream();

        write(new InflateOutput(back, false), deflated(body, bare), piece);

        assertThat(back.toByteArray()).isEqualTo(body);
    }

    @ParameterizedTest(name = "in pieces of {0}")
    @ValueSource(ints = {1, 3, 1000})
    void everyPartOfAGzipHeaderAndEveryMemberIsRead(int piece) throws IOException {
        byte[] body = text(5000);
        byte[] plain = gzip(body);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        // Text, checksum, extra field of three bytes, name, comment.
        all.write(new byte[] {0x1f, (byte) 0x8b, 8, 0x1F, 1, 2, 3, 4, 0, 3});
        all.write(new byte[] {3, 0, 'x', 'y', 'z', 'n', 'a', 0, 'c', 0, 1, 2});
        all.write(plain, 10, plain.length - 10);
        all.write(plain);
        all.write("junk".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream back = new ByteArrayOutputStream();

        write(new InflateOutput(back, true), all.toByteArray(), piece);

        assertThat(back.size()).isEqualTo(2 * body.length);
        assertThat(back.toByteArray()).startsWith(body).endsWith(body);
    }

    @ParameterizedTest(name = "byte {0} is wrong")
    @ValueSource(ints = {0, 1, 2, 3, 10, -1, -5})
    void aWrongByteBreaksTheBody(int at) throws IOException {
        byte[] broken = gzip(text(300));
        broken[at < 0 ? broken.length + at : at] ^= (byte) 0xFF;

        assertThatThrownBy(() -> write(new InflateOutput(OutputStream.nullOutputStream(), true), broken, 50))
                .isInstanceOf(BrokenBodyException.class);
    }

    @Test
    void aBodyIsBrokenWhereverItEndsEarly() throws IOException {
        byte[] whole = gzip(text(300));
        for (int end = 0; end < whole.length; end++) {
            byte[] part = Arrays.copyOf(whole, end);
            assertThatThrownBy(() -> write(new InflateOutput(OutputStream.nullOutputStream(), true), part, 7))
                    .as("after %d bytes", end)
                    .isInstanceOf(BrokenBodyException.class);
        }
    }

    @Test
    void whatExpandsAThousandTimesIsPassedOnInPieces() throws IOException {
        long[] seen = new long[2];
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int b) {
                seen[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                seen[0] += length;
                seen[1] = Math.max(seen[1], length);
            }
        };
        byte[] zeros = new byte[1 << 20];
        InflateOutput back = new InflateOutput(counting, true);
        DeflateOutput zip = deflate(back);

        for (long done = 0; done < GIGABYTE / 4; done += zeros.length) {
            zip.write(zeros, 0, zeros.length);
        }
        zip.finish();
        back.finish();

        assertThat(seen[0]).isEqualTo(GIGABYTE / 4);
        assertThat(seen[1]).isLessThanOrEqualTo(8192);
        zip.close();
        back.close();
    }
}
