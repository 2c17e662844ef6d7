package org.fairlead.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/**
 * Request body that came over HTTP/2, where a container's stream ends in the same way at END_STREAM and at a reset (RFC
 * 9113 8.1). Its last byte is read only when the body is whole, so that no member gets a message that its client
 * cancelled. Used by one thread at a time.
 */
final class Http2Body extends ServletInputStream {
    private final ServletInputStream in;
    private final End end;
    private long left;

    /** Knowledge of how a body ended. */
    interface End {
        /** Whether END_STREAM has come; false where the container does not report it. */
        boolean hasCome();

        /** Whether it was END_STREAM that has ended the stream; asked once the stream has ended. */
        boolean isWhole();
    }

    /**
     * @param length {@code Content-Length}; −1 = unknown: nothing is held back, as the member waits for the last chunk
     */
    Http2Body(ServletInputStream in, long length, End end) {
        this.in = in;
        this.end = end;
        this.left = length < 0 ? Long.MAX_VALUE : length;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        boolean settled = end.hasCome();
        int n = in.read(target, offset, settled ? length : (int) Math.min(length, Math.max(1, left - 1)));
        if (n < 0) {
            checkWhole();
            return n;
        }
        left -= n;
        if (left <= 0 && !settled) {
            if (in.read() >= 0) {
                throw new IOException("the body is longer than its Content-Length");
            }
            checkWhole();
        }
        return n;
    }

    private void checkWhole() throws IOException {
        if (!end.isWhole()) {
            throw new IOException("the client has reset its stream before the body's end");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Without the last byte, whose read may wait, unless all has come. */
    @Override
    public int available() throws IOException {
        int there = in.available();
        return there < left || end.hasCome() ? there : (int) Math.max(0, left - 1);
    }

    @Override
    public boolean isFinished() {
        return in.isFinished();
    }

    @Override
    public boolean isReady() {
        return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        in.setReadListener(listener);
    }
}
