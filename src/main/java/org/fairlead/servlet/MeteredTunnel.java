package org.fairlead.servlet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fairlead.exchange.Tunnel;

/** Tunnel whose bytes are counted, and whose end is reported once, whichever peer ends it. */
final class MeteredTunnel implements Tunnel {
    private final Tunnel tunnel;
    private final End end;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Meter received;
    private volatile CountedOutput sent;

    /** Observer of the tunnel's end. */
    interface End {
        /**
         * @param received bytes from the client
         * @param sent bytes to the client
         */
        void ended(long received, long sent);
    }

    MeteredTunnel(Tunnel tunnel, End end) {
        this.tunnel = tunnel;
        this.end = end;
    }

    @Override
    public void start(InputStream fromClient, OutputStream toClient, Runnable closed) {
        Meter in = new Meter(fromClient);
        CountedOutput out = new CountedOutput(toClient);
        received = in;
        sent = out;
        tunnel.start(in, out, () -> {
            tell();
            closed.run();
        });
    }

    @Override
    public void finish(Duration longest) {
        tunnel.finish(longest);
    }

    @Override
    public void close() {
        tunnel.close();
        tell();
    }

    private void tell() {
        if (!told.getAndSet(true)) {
            end.ended(received == null ? 0 : received.count, sent == null ? 0 : sent.count());
        }
    }

    private static final class Meter extends FilterInputStream {
        private long count;

        Meter(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            count += Math.max(0, n);
            return n;
        }
    }
}
