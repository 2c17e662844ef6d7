package org.fairlead.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import org.fairlead.engine.Answer;
import org.fairlead.engine.ClientGoneException;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.exchange.Headers;
import org.fairlead.exchange.ResponseHead;
import org.fairlead.exchange.Tunnel;

/** The engine's {@link Answer} on a pooled connection. */
final class MemberAnswer implements Answer {
    /** A read that brings less than this means a trickle, for which the connection's own small array will do. */
    private static final int TRICKLE = 2048;

    private final String member;
    private final MemberPool pool;
    private final MemberConnection connection;
    private final Inlet inlet;
    private final ResponseHead head;
    private final Framing framing;
    private final AnswerBody body;
    private final long bytesSent;
    private final long connectedAt;
    private int lastRead;
    private boolean lastReadFull = true;
    private boolean broken;
    private boolean done;

    /** @param framing whose {@code reusable} already says whether the request was sent to its end */
    MemberAnswer(
            String member,
            MemberPool pool,
            MemberConnection connection,
            ResponseHead head,
            Framing framing,
            long bytesSent,
            long connectedAt) {
        this.member = member;
        this.pool = pool;
        this.connection = connection;
        this.inlet = connection.inlet();
        this.head = head;
        this.framing = framing;
        this.body = new AnswerBody(inlet, connection.parser(), framing);
        this.bytesSent = bytesSent;
        this.connectedAt = connectedAt;
    }

    @Override
    public ResponseHead head() {
        return head;
    }

    @Override
    public long connectedAt() {
        return connectedAt;
    }

    @Override
    public long length() {
        return framing.length() >= 0 ? framing.length() : -1;
    }

    @Override
    public long copyTo(OutputStream out) throws UpstreamException, ClientGoneException {
        long copied = 0;
        boolean flushed = false;
        for (int n = next(); n >= 0; n = next()) {
            if (n > 0) {
                write(out, n);
                copied += n;
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

    private int next() throws UpstreamException {
        try {
            if (broken) {
                throw new IOException("it has done so before");
            }
            return body.atHand();
        } catch (IOException e) {
            throw cut(e);
        }
    }

    /** Reads on without waiting; false = nothing is at hand. A read that left room has told that already. */
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

    private void fill() throws UpstreamException {
        suitArray();
        try {
            noted(inlet.fill());
        } catch (IOException e) {
            throw cut(e);
        }
    }

    private int noted(int n) {
        lastRead = n;
        lastReadFull = inlet.end == inlet.bytes.length;
        return n;
    }

    /** A big array while bytes come in bulk, the small one while they trickle. */
    private void suitArray() {
        if (!inlet.isEmpty()) {
            return;
        }
        if (inlet.usesOwn()) {
            if (lastReadFull && lastRead > 0 || body.remaining() > inlet.bytes.length) {
                inlet.use(pool.buffers().lend());
            }
        } else if (lastRead < TRICKLE) {
            pool.buffers().giveBack(inlet.useOwn());
        }
    }

    private UpstreamException cut(IOException e) {
        broken = true;
        String what = e instanceof SocketTimeoutException ? "was silent within its answer" : "broke off its answer";
        return new UpstreamException(
                Kind.CUT, member + ": " + what + ": " + e.getMessage(), connection.isReused(), bytesSent > 0, e);
    }

    @Override
    public InputStream body() {
        return new BodyStream();
    }

    private final class BodyStream extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int n = next();
            while (n == 0) {
                fill();
                n = next();
            }
            if (n < 0) {
                return -1;
            }
            int count = Math.min(n, length);
            System.arraycopy(inlet.bytes, inlet.position, target, offset, count);
            body.used(count);
            return count;
        }

        @Override
        public int available() throws IOException {
            return Math.max(0, next());
        }
    }

    @Override
    public Headers trailers() {
        return body.trailers();
    }

    @Override
    public long bytesSent() {
        return bytesSent;
    }

    @Override
    public Tunnel tunnel() {
        if (head.status() != 101 || done) {
            throw new IllegalStateException("no tunnel without a 101");
        }
        done = true;
        return new MemberTunnel(connection, pool);
    }

    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        if (!inlet.usesOwn()) {
            pool.buffers().giveBack(inlet.useOwn());
        }
        if (head.status() == 101 || !endsHere()) {
            pool.drop(connection);
        } else if (framing.reusable() && inlet.isEmpty()) {
            KeepAlive.note(head.headers(), connection);
            pool.giveBack(connection);
        } else {
            pool.part(connection);
        }
    }

    /** Whether the body is at its end, which a reader that stopped at the last byte has not been told. */
    private boolean endsHere() {
        try {
            return !broken && body.atHand() < 0;
        } catch (IOException e) {
            return false;
        }
    }
}
