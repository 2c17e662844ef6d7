package org.fairlead.upstream;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.fairlead.engine.ClientGoneException;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.DirectOutput;

/**
 * The copier of a response body: reads from its connection as much at once as comes, and passes it on. A client never
 * waits for bytes that are here. Used by one thread.
 */
final class ResponseBodyCopier {
    /** A read that brings less than this means a trickle, for which the connection's own small array will do. */
    private static final int MIN_DIRECT_READ_BYTES = 2048;

    private final String member;
    private final MemberConnection connection;
    private final ReadBuffer inlet;
    private final BodyDecoder body;
    private final ByteArrayPool buffers;
    private final long bytesSent;
    private int lastRead;
    private boolean lastReadFull = true;
    private boolean broken;

    /** @param bytesSent of the request, which decides what may follow if the response breaks off */
    ResponseBodyCopier(
            String member, MemberConnection connection, BodyDecoder body, ByteArrayPool buffers, long bytesSent) {
        this.member = member;
        this.connection = connection;
        this.inlet = connection.inlet();
        this.body = body;
        this.buffers = buffers;
        this.bytesSent = bytesSent;
    }

    /** Passes on all of the body, as {@link MemberResponse#copyTo}. */
    long copyTo(OutputStream out) throws UpstreamException, ClientGoneException {
        long copied = 0;
        boolean flushed = false;
        for (int n = next(); n >= 0; n = next()) {
            if (n > 0) {
                write(out, n);
                copied += n;
                flushed = false;
                continue;
            }
            long passed = pass(out);
            copied += passed;
            if (passed > 0) {
                flushed = false;
            } else if (flushed) {
                fill();
            } else if (!fillNow()) {
                flush(out);
                flushed = true;
            }
        }
        return copied;
    }

    /** Passes bytes on outside the heap while they come in bulk; 0 = this is not possible, and no byte was lost. */
    private long pass(OutputStream out) throws UpstreamException, ClientGoneException {
        boolean bulk = body.isCounted()
                && body.remaining() >= DirectOutput.WORTHWHILE
                && (lastRead == 0 || lastRead >= MIN_DIRECT_READ_BYTES);
        if (!bulk || !(out instanceof DirectOutput direct) || !(connection.wire() instanceof PlainTransport wire)) {
            return 0;
        }
        Optional<ByteBuffer> lent = direct.lend();
        if (lent.isEmpty()) {
            return 0;
        }
        try {
            long passed = 0;
            do {
                ByteBuffer buffer = lent.get().clear();
                buffer.limit((int) Math.min(Math.min(buffer.capacity(), buffers.size()), body.remaining()));
                if (!lastReadFull || read(wire, buffer, false) == 0) {
                    out.flush();
                    read(wire, buffer, true);
                }
                direct.write(buffer.flip());
                body.passed(lastRead);
                passed += lastRead;
            } while (body.remaining() > 0 && lastRead >= MIN_DIRECT_READ_BYTES);
            return passed;
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            throw new ClientGoneException("the client broke off", e);
        } finally {
            direct.giveBack(lent.get());
        }
    }

    private int read(PlainTransport wire, ByteBuffer buffer, boolean waits) throws UpstreamException {
        try {
            lastRead = waits ? wire.read(buffer) : wire.readNow(buffer);
            lastReadFull = !buffer.hasRemaining();
            if (lastRead < 0) {
                throw ResponseBodyDecoder.endedEarly();
            }
            return lastRead;
        } catch (IOException e) {
            throw cut(e);
        }
    }

    private void write(OutputStream out, int n) throws ClientGoneException {
        try {
            out.write(inlet.bytes, inlet.position, n);
        } catch (IOException e) {
            throw new ClientGoneException("the client broke off", e);
        }
        body.used(n);
    }

    private static void flush(OutputStream out) throws ClientGoneException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new ClientGoneException("the client broke off", e);
        }
    }

    int next() throws UpstreamException {
        try {
            if (broken) {
                throw new IOException("it has done so before");
            }
            return body.atHand();
        } catch (IOException e) {
            throw cut(e);
        }
    }

    /** Reads on without waiting; false = nothing is at hand. A read that left room has proved that already. */
    private boolean fillNow() throws UpstreamException {
        if (!lastReadFull && connection.wire().isDrainedByShortRead()) {
            return false;
        }
        suitArray();
        try {
            return noted(inlet.fillNow()) != 0;
        } catch (IOException e) {
            throw cut(e);
        }
    }

    void fill() throws UpstreamException, ClientGoneException {
        suitArray();
        try {
            noted(body.fill());
        } catch (RequestBodySender.ClientBodyException e) {
            broken = true;
            throw new ClientGoneException("the client broke off", e);
        } catch (IOException e) {
            throw cut(e);
        }
    }

    private int noted(int n) {
        lastRead = n;
        lastReadFull = inlet.end == inlet.bytes.length;
        return n;
    }

    /** Uses a big array while bytes come in bulk, the small one while they trickle. */
    private void suitArray() {
        if (!inlet.isEmpty()) {
            return;
        }
        if (inlet.usesOwn()) {
            if (lastReadFull && lastRead > 0 || body.remaining() > inlet.bytes.length) {
                inlet.use(buffers.lend());
            }
        } else if (lastRead < MIN_DIRECT_READ_BYTES) {
            buffers.giveBack(inlet.useOwn());
        }
    }

    private UpstreamException cut(IOException e) {
        broken = true;
        String what = e instanceof SocketTimeoutException ? "was silent within its answer" : "broke off its answer";
        return new UpstreamException(
                Kind.CUT, member + ": " + what + ": " + e.getMessage(), connection.isReused(), bytesSent > 0, e);
    }

    /** Whether the body is at its end, which a reader that stopped at the last byte has not seen. */
    boolean isAtEnd() {
        try {
            return !broken && body.atHand() < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Of the request. */
    long bytesSent() {
        return bytesSent;
    }

    /** Returns the borrowed arrays. */
    void close() {
        if (!inlet.usesOwn()) {
            buffers.giveBack(inlet.useOwn());
        }
    }
}
