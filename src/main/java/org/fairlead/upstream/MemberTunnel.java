package org.fairlead.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.fairlead.exchange.Tunnel;

/**
 * Bytes both ways between a client and a member after 101. Each direction has its thread, virtual where the JDK has
 * them; a side that ends is passed on as its end alone, and the other direction goes on. When nothing has moved either
 * way for the member's {@code timeout} both are closed. Thread-safe.
 */
final class MemberTunnel implements Tunnel, TimeoutMonitor.Monitored {
    private static final System.Logger LOG = System.getLogger(MemberTunnel.class.getName());
    private static final int BUFFER = 8192;

    private final MemberConnection connection;
    private final MemberPool pool;
    private final long idleNanos;
    private final AtomicInteger directions = new AtomicInteger(2);
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long lastMove = System.nanoTime();
    private volatile Runnable whenClosed = () -> {};
    private volatile OutputStream client = OutputStream.nullOutputStream();
    private volatile boolean memberEnded;
    private volatile boolean started;
    /** Held while bytes go to the member, so that its side is never ended in the middle of them. */
    private final ReentrantLock sending = new ReentrantLock();

    /** Whether the end was passed on to the member. Guarded by {@link #sending}. */
    private boolean memberTold;

    private volatile boolean finishing;
    private volatile long finishBy;

    MemberTunnel(MemberConnection connection, MemberPool pool) {
        this.connection = connection;
        this.pool = pool;
        this.idleNanos = pool.config().timeout().toNanos();
    }

    @Override
    public void start(InputStream fromClient, OutputStream toClient, Runnable closed) {
        whenClosed = closed;
        client = toClient;
        lastMove = System.nanoTime();
        connection.wire().limit(Duration.ZERO);
        started = true;
        pool.watch().add(this);
        TunnelThreads.startForClient("fairlead-tunnel-up", () -> carry(() -> up(fromClient)));
        TunnelThreads.startForMember("fairlead-tunnel-down", () -> carry(() -> down(toClient)));
        if (ended.get()) {
            // It was closed before this callback was set.
            closed.run();
        }
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
            pool.watch().remove(this);
        }
    }

    private void up(InputStream fromClient) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int n = fromClient.read(buffer); n >= 0; n = fromClient.read(buffer)) {
            lastMove = System.nanoTime();
            send(buffer, n);
            lastMove = System.nanoTime();
        }
        endMembersSide();
    }

    private void send(byte[] bytes, int length) throws IOException {
        sending.lock();
        try {
            // Bytes after the end are read all the same: left unread they would turn the client's end into a reset.
            if (!memberTold) {
                connection.wire().write(bytes, 0, length);
            }
        } finally {
            sending.unlock();
        }
    }

    private void endMembersSide() throws IOException {
        sending.lock();
        try {
            memberTold = true;
            connection.wire().shutdownOutput();
        } finally {
            sending.unlock();
        }
    }

    @Override
    public void finish(Duration longest) {
        if (!started) {
            close();
            return;
        }
        finishBy = System.nanoTime() + longest.toNanos();
        finishing = true;
        // On a thread of its own: a member that reads nothing would block the caller until the timeout.
        TunnelThreads.startForMember("fairlead-tunnel-end", () -> {
            try {
                endMembersSide();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a tunnel's member had ended before", e);
            }
        });
    }

    /** Bytes that came with the 101 lie in the read buffer already. */
    private void down(OutputStream toClient) throws IOException {
        ReadBuffer inlet = connection.inlet();
        while (!inlet.isEmpty() || inlet.fill() >= 0) {
            lastMove = System.nanoTime();
            toClient.write(inlet.bytes, inlet.position, inlet.length());
            toClient.flush();
            inlet.position = inlet.end;
            lastMove = System.nanoTime();
        }
        memberEnded = true;
        toClient.close();
    }

    @Override
    public void expire(long now) {
        if (now - lastMove > idleNanos || finishing && now - finishBy > 0) {
            close();
        }
        if (memberEnded || ended.get()) {
            closeClient();
        }
    }

    /** Closed a second time: the container may not yet have ended the thread that reads from the client. */
    private void closeClient() {
        try {
            client.close();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.TRACE, "a client's direction was closed before", e);
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
            pool.abort(connection);
            whenClosed.run();
        }
    }
}
