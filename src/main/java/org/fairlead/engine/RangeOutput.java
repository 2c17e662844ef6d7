package org.fairlead.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.fairlead.filter.FilterOutput;

/**
 * An output that passes on the ranges of a body written to it whole, each after its preface, and drops the rest. It
 * buffers no byte. Used by one thread.
 */
final class RangeOutput extends FilterOutput {
    /**
     * The limit of bytes read beyond the last range to keep the member's connection; a longer rest costs the
     * connection.
     */
    static final long MAX_SKIPPED_BYTES = 64 * 1024;

    private final OutputStream client;
    private final List<Part> parts;
    private final String end;
    private final long whole;
    private int part;
    private long position;

    /** @param preface what goes ahead of the range, such as the head of a part */
    record Part(String preface, ByteRange range) {}

    /**
     * @param parts in ascending order, at least one
     * @param end what goes behind the last part
     * @param whole bytes of the body
     */
    RangeOutput(OutputStream client, List<Part> parts, String end, long whole) {
        this.client = client;
        this.parts = parts;
        this.end = end;
        this.whole = whole;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long start = position;
        position += length;
        while (part < parts.size() && parts.get(part).range().first() < position) {
            Part now = parts.get(part);
            long from = Math.max(start, now.range().first());
            long to = Math.min(position, now.range().last() + 1);
            if (from == now.range().first()) {
                text(now.preface());
            }
            client.write(bytes, offset + (int) (from - start), (int) (to - from));
            if (to <= now.range().last()) {
                return;
            }
            next();
        }
        if (part == parts.size() && whole - position > MAX_SKIPPED_BYTES) {
            throw new CompleteException();
        }
    }

    private void next() throws IOException {
        part++;
        if (part == parts.size()) {
            text(end);
            client.flush();
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        client.write(bytes);
    }

    /** The last range was passed on, or the member has broken off, which ends the response anyway. */
    @Override
    public void finish() {}

    @Override
    public void flush() throws IOException {
        client.flush();
    }
}
