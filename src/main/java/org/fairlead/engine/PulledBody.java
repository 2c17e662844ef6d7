package org.fairlead.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The body of a member's response for an exchange that reads it itself. At its end the member's lease is settled; a
 * body that is closed before its end aborts the member's connection. Used by one thread.
 */
final class PulledBody extends InputStream {
    private final InputStream member;
    private final LongConsumer atEnd;
    private final Consumer<UpstreamException> broken;
    private final Runnable release;
    private long bytes;
    private boolean over;

    /**
     * @param atEnd is called with the number of bytes when all of them were read
     * @param broken is called with the failure when the member breaks off
     * @param release returns the connection and the lease; runs last, once or more often
     */
    PulledBody(InputStream member, LongConsumer atEnd, Consumer<UpstreamException> broken, Runnable release) {
        this.member = member;
        this.atEnd = atEnd;
        this.broken = broken;
        this.release = release;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (over) {
            return -1;
        }
        int n;
        try {
            n = member.read(target, offset, length);
        } catch (IOException e) {
            over = true;
            broken.accept(
                    e instanceof UpstreamException known
                            ? known
                            : new UpstreamException(UpstreamException.Kind.CUT, e.toString(), false, true, e));
            release.run();
            throw e;
        }
        if (n < 0) {
            over = true;
            atEnd.accept(bytes);
            release.run();
            return -1;
        }
        bytes += n;
        return n;
    }

    @Override
    public int available() throws IOException {
        return over ? 0 : member.available();
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            release.run();
        }
    }
}
