package org.fairlead.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairlead.exchange.Tunnel;

/**
 * Bytes both ways between a client and a member after 101. Each direction has its thread, virtual where the JDK has
 * them; a side that ends is passed on as its end alone, and the other direction goes on. When nothing has moved either
 * way for the member's {@code timeout} both are closed. Thread-safe.
 */
final class MemberTunnel implements Tunnel, Watch.Watched {
    private static final System.Logger LOG = System.getLogger(MemberTunnel.class.getName());
    private static final int BUFFER = 8192;

    private final MemberConnection connection;
    private final MemberPool pool;
    private final long idleNanos;
    private final AtomicInteger directions = new AtomicInteger(2);
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long lastMove = System.nanoTime();
    private volatile Runnable whenClosed = () -> {};

    MemberTunnel(MemberConnection connection, MemberPool pool) {
        this.connection = connection;
        this.pool = pool;
        this.idleNanos = pool.config().timeout().toNanos();
    }

    @Override
    public void start(InputStream fromClient, OutputStream toClient, Runnable closed) {
        whenClosed = closed;
        lastMove = System.nanoTime();
        connection.wire().limit(Duration.ZERO);
        pool.watch().add(this);
        TunnelThreads.startForClient("fairlead-tunnel-up", () -> carry(() -> up(fromClient)));
        TunnelThreads.startForMember("fairlead-tunnel-down", () -> carry(() -> down(toClient)));
    }

    /** One direction. */
    private interface Direction {
        void carry() throws IOException;
    }

    private void carry(Direction direction) {
        try {
            direction.carry();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "tunnel broke", e);
            close();
        }
        if (directions.decrementAndGet() == 0) {
            end();
        }
    }

    private void up(InputStream fromClient) throws IOException {
        byte[] buffer = new byte[BUFFER];
        Wire wire = connection.wire();
        for (int n = fromClient.read(buffer); n >= 0; n = fromClient.read(buffer)) {
            lastMove = System.nanoTime();
            wire.write(buffer, 0, n);
            lastMove = System.nanoTime();
        }
        wire.shutdownOutput();
    }

    /** What came with the 101 lies in the inlet already. */
    private void down(OutputStream toClient) throws IOException {
        Inlet inlet = connection.inlet();
        while (!inlet.isEmpty() || inlet.fill() >= 0) {
            lastMove = System.nanoTime();
            toClient.write(inlet.bytes, inlet.position, inlet.length());
            toClient.flush();
            inlet.position = inlet.end;
            lastMove = System.nanoTime();
        }
        toClient.close();
    }

    @Override
    public void expire(long now) {
        if (now - lastMove > idleNanos) {
            close();
        }
    }

    /**
     * Breaks the member's side, which ends one thread, and runs {@code closed}, whose part it is to break the client's:
     * that ends the other.
     */
    @Override
    public void close() {
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            pool.watch().remove(this);
            pool.drop(connection);
            whenClosed.run();
        }
    }
}
