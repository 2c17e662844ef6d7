package org.fairlead.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * An output that undoes gzip (RFC 1952, one or more members) or deflate (RFC 1950, or RFC 1951 without its envelope). A
 * body that is no such thing, or ends early, is broken. It holds a few kilobytes, however much a byte expands to.
 */
final class InflateOutput extends FilterOutput {
    private static final int BUFFER_BYTES = 8192;
    private static final int TRAILER_BYTES = 8;

    private final OutputStream next;
    private final boolean gzip;
    private final CRC32 checksum = new CRC32();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] trailer = new byte[TRAILER_BYTES];
    private Inflater inflater = new Inflater(true);
    private GzipHeader header = new GzipHeader();
    private State state;
    private int trailerBytes;

    private enum State {
        HEADER,
        BODY,
        TRAILER,
        /** Behind a whole body. */
        END
    }

    InflateOutput(OutputStream next, boolean gzip) {
        this.next = next;
        this.gzip = gzip;
        this.state = State.HEADER;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            at = switch (state) {
                case HEADER -> gzip ? gzipHeader(bytes, at, end) : envelope(bytes, at);
                case BODY -> body(bytes, at, end);
                case TRAILER -> trailer(bytes, at, end);
                case END -> again(bytes, at, end);
            };
        }
    }

    private int gzipHeader(byte[] bytes, int at, int end) throws IOException {
        int used = header.read(bytes, at, end);
        if (header.isComplete()) {
            state = State.BODY;
        }
        return used;
    }

    /** Tells zlib's envelope from bare deflate by its first byte: deflate in windows of at most 32 KiB. */
    private int envelope(byte[] bytes, int at) {
        boolean zlib = (bytes[at] & 0x0F) == 8 && (bytes[at] & 0xF0) <= 0x70;
        if (zlib) {
            inflater.end();
            inflater = new Inflater();
        }
        state = State.BODY;
        return at;
    }

    private int body(byte[] bytes, int at, int end) throws IOException {
        inflater.setInput(bytes, at, end - at);
        if (!inflate()) {
            return end;
        }
        state = gzip ? State.TRAILER : State.END;
        return end - inflater.getRemaining();
    }

    /** Passes on what the input expands to; returns whether the compressed data has ended. */
    private boolean inflate() throws IOException {
        try {
            while (!inflater.finished()) {
                int n = inflater.inflate(buffer);
                if (n > 0) {
                    checksum.update(buffer, 0, n);
                    next.write(buffer, 0, n);
                } else if (inflater.needsDictionary()) {
                    throw new BrokenBodyException("a compressed body that needs a dictionary");
                } else if (!inflater.finished() && inflater.needsInput()) {
                    return false;
                }
            }
            return true;
        } catch (DataFormatException e) {
            throw new BrokenBodyException(
                    "a body that is not compressed as its Content-Encoding says: " + e.getMessage());
        }
    }

    private int trailer(byte[] bytes, int at, int end) throws IOException {
        int n = Math.min(end - at, TRAILER_BYTES - trailerBytes);
        System.arraycopy(bytes, at, trailer, trailerBytes, n);
        trailerBytes += n;
        if (trailerBytes == TRAILER_BYTES) {
            if (little(0) != (int) checksum.getValue() || little(4) != (int) inflater.getBytesWritten()) {
                throw new BrokenBodyException("a compressed body with a wrong checksum");
            }
            state = State.END;
        }
        return at + n;
    }

    private int little(int at) {
        int value = 0;
        for (int i = 3; i >= 0; i--) {
            value = value << 8 | trailer[at + i] & 0xFF;
        }
        return value;
    }

    /** Another member of a gzip body follows; bytes behind anything else are dropped, as in httpd. */
    private int again(byte[] bytes, int at, int end) {
        if (!gzip || bytes[at] != GzipHeader.MAGIC) {
            return end;
        }
        inflater.reset();
        checksum.reset();
        header = new GzipHeader();
        trailerBytes = 0;
        state = State.HEADER;
        return at;
    }

    @Override
    public void flush() throws IOException {
        next.flush();
    }

    @Override
    public void finish() throws IOException {
        if (state == State.BODY && !gzip) {
            // Without an envelope zlib sees the end only when there is a byte behind it.
            body(new byte[1], 0, 1);
        }
        if (state != State.END) {
            throw new BrokenBodyException("a compressed body that ends early");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
