package org.fairlead.servlet;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.fairlead.exchange.DirectOutput;

/** Counts what goes through, to a stream or past its buffer; of one thread. */
final class CountedOutput extends FilterOutputStream implements DirectOutput {
    private final Optional<DirectOutput> direct;
    private long count;

    CountedOutput(OutputStream out) {
        this(out, Optional.empty());
    }

    /** @param direct where all bytes go that would go to the stream, which then only flushes and closes */
    CountedOutput(OutputStream out, Optional<DirectOutput> direct) {
        super(out);
        this.direct = direct;
    }

    long count() {
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (direct.isPresent()) {
            direct.get().write(ByteBuffer.wrap(bytes, offset, length));
        } else {
            out.write(bytes, offset, length);
        }
        count += length;
    }

    @Override
    public Optional<ByteBuffer> lend() {
        return direct.flatMap(DirectOutput::lend);
    }

    @Override
    public void giveBack(ByteBuffer lent) {
        direct.orElseThrow().giveBack(lent);
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        direct.orElseThrow().write(bytes);
        count += length;
    }

    /** Without the flush of the parent's, which would make two pieces of the last one. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
