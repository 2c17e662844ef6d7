package org.fairlead.upstream;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * An upload under TLS, which blocks in writes. It waits on the plain connection below, where records come in. Used by
 * one thread, but for {@link #wake()}.
 */
final class TlsUpload implements Transport.Upload {
    private final TlsTransport tls;
    private final PlainTransport plain;
    private final BooleanSupplier atHand;
    private final Object waking = new Object();
    private Transport.Upload below;
    private boolean woken;

    /** @param atHand whether a read would return at once with what was received before */
    TlsUpload(TlsTransport tls, PlainTransport plain, BooleanSupplier atHand) {
        this.tls = tls;
        this.plain = plain;
        this.atHand = atHand;
    }

    @Override
    public boolean write(byte[] source, int offset, int length) throws IOException {
        tls.write(source, offset, length);
        return true;
    }

    @Override
    public void awaitWord() throws IOException {
        if (atHand.getAsBoolean()) {
            return;
        }
        try (Transport.Upload waiting = plain.upload()) {
            synchronized (waking) {
                if (woken) {
                    woken = false;
                    return;
                }
                below = waiting;
            }
            waiting.awaitWord();
        } finally {
            synchronized (waking) {
                below = null;
                woken = false;
            }
        }
    }

    @Override
    public void wake() {
        synchronized (waking) {
            woken = true;
            if (below != null) {
                below.wake();
            }
        }
    }

    @Override
    public void close() {
        // Nothing is open between two waits.
    }
}
