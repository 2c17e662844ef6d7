package org.fairlead.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The decrypting side of {@link TlsTransport}. Records are read ahead, so that one costs no more than one system call,
 * and are decrypted into the caller's array where that has room for them. Used by one thread at a time.
 */
final class TlsInput {
    private static final int HEADER = 5;
    /** The limit of application data that may come while a writer waits for the member's part of a handshake. */
    private static final int MAX_SPILL_BYTES = 1024 * 1024;

    private final PlainTransport plain;
    private final SSLEngine engine;
    /** What was received and is still encrypted; between position and limit. */
    private ByteBuffer received = ByteBuffer.allocate(TlsTransport.RECORD_BYTES).limit(0);
    /** What was decrypted and had no room in the caller's array; between position and limit. */
    private ByteBuffer spill = ByteBuffer.allocate(0);

    TlsInput(PlainTransport plain, SSLEngine engine) {
        this.plain = plain;
        this.engine = engine;
    }

    /** Whether a whole record, or what one held, can be read without waiting. */
    boolean isAtHand() {
        int length = received.remaining() < HEADER
                ? Integer.MAX_VALUE
                : received.getShort(received.position() + HEADER - 2) & 0xFFFF;
        return spill.hasRemaining() || received.remaining() - HEADER >= length;
    }

    boolean hasSpilled() {
        return spill.hasRemaining();
    }

    /** Moves what has spilled to the target, as far as it has room; returns the number of bytes. */
    int drain(ByteBuffer target) {
        int n = Math.min(target.remaining(), spill.remaining());
        target.put(spill.slice(spill.position(), n));
        spill.position(spill.position() + n);
        return n;
    }

    /**
     * Takes one record, or more encrypted bytes if there is none whole. Application data goes to {@code target}, or
     * spills if the room there is too small.
     *
     * @return 1 = something was taken; 0 = there is nothing now; −1 = the member has said that it ends its side
     * @throws SSLException if the connection ends and the member has not said so, which cuts what came last
     */
    int take(ByteBuffer target, boolean waits) throws IOException {
        SSLEngineResult result = engine.unwrap(received, target);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            result = unwrapToSpill();
        }
        return switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> receive(waits);
            case CLOSED -> -1;
            default -> 1;
        };
    }

    private SSLEngineResult unwrapToSpill() throws SSLException {
        int needed = spill.remaining() + engine.getSession().getApplicationBufferSize();
        if (needed > MAX_SPILL_BYTES) {
            throw new SSLException("the member sends data where its part of a handshake is due");
        }
        if (spill.capacity() < needed) {
            spill = ByteBuffer.allocate(needed).put(spill);
        } else {
            spill.compact();
        }
        try {
            return engine.unwrap(received, spill);
        } finally {
            spill.flip();
        }
    }

    private int receive(boolean waits) throws IOException {
        if (received.remaining() == received.capacity()) {
            int bigger = Math.max(engine.getSession().getPacketBufferSize(), 2 * received.capacity());
            received = ByteBuffer.allocate(bigger).put(received);
        } else {
            received.compact();
        }
        try {
            int n = waits ? plain.read(received) : plain.readNow(received);
            if (n < 0) {
                throw new SSLException("the member has ended the connection without close_notify");
            }
            return Math.min(n, 1);
        } finally {
            received.flip();
        }
    }
}
