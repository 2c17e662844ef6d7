package org.fairlead.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.fairlead.exchange.Environment;
import org.fairlead.model.DeflateConfig;

/** An output that compresses with gzip (RFC 1952). A flush ends the current block, so that the client can read it. */
final class DeflateOutput extends FilterOutput {
    /** Magic number, deflate, no flags, no time, no hint, Unix: mod_deflate's own. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 3};

    private static final int BUFFER_BYTES = 8192;

    private final OutputStream next;
    private final DeflateConfig.Notes notes;
    private final Environment environment;
    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private boolean begun;
    private boolean unflushed;

    DeflateOutput(OutputStream next, DeflateConfig config, Environment environment) {
        this.next = next;
        this.notes = config.notes();
        this.environment = environment;
        this.deflater = new Deflater(config.level().orElse(Deflater.DEFAULT_COMPRESSION), true);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        begin();
        checksum.update(bytes, offset, length);
        deflater.setInput(bytes, offset, length);
        while (!deflater.needsInput()) {
            pass(Deflater.NO_FLUSH);
        }
        unflushed = true;
    }

    @Override
    public void flush() throws IOException {
        if (unflushed) {
            unflushed = false;
            while (pass(Deflater.SYNC_FLUSH) == buffer.length) {
                // A full buffer means that there may be more.
            }
        }
        next.flush();
    }

    @Override
    public void finish() throws IOException {
        begin();
        deflater.finish();
        while (!deflater.finished()) {
            pass(Deflater.NO_FLUSH);
        }
        byte[] trailer = new byte[8];
        little(trailer, 0, (int) checksum.getValue());
        little(trailer, 4, (int) deflater.getBytesRead());
        next.write(trailer);
        note();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            next.write(HEADER);
        }
    }

    private int pass(int mode) throws IOException {
        int n = deflater.deflate(buffer, 0, buffer.length, mode);
        if (n > 0) {
            next.write(buffer, 0, n);
        }
        return n;
    }

    private static void little(byte[] target, int at, int value) {
        for (int i = 0; i < 4; i++) {
            target[at + i] = (byte) (value >>> 8 * i);
        }
    }

    private void note() {
        long read = deflater.getBytesRead();
        long written = deflater.getBytesWritten();
        set(notes.input(), Long.toString(read));
        set(notes.output(), Long.toString(written));
        set(notes.ratio(), read == 0 ? "-" : Long.toString(written * 100 / read));
    }

    private void set(Optional<String> name, String value) {
        name.ifPresent(n -> environment.set(n, value));
    }

    @Override
    public void close() {
        deflater.end();
    }
}
