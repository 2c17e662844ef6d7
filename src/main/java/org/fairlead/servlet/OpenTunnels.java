package org.fairlead.servlet;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.fairlead.exchange.Tunnel;

/**
 * Open tunnels of this web application. A container ends requests before it undeploys, but does not track connections
 * that have left HTTP: they would go on, with threads and classes of an undeployed application. Thread-safe.
 */
final class OpenTunnels implements AutoCloseable {
    /** Time in which a member may send its last bytes and end its side. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration ALL = Duration.ofSeconds(3);

    private final Set<Tunnel> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    /** Returns the tunnel, tracked here from now until it has ended. */
    Tunnel follow(Tunnel tunnel) {
        Tunnel followed = new Followed(tunnel);
        open.add(followed);
        return followed;
    }

    /** How many there are now. */
    int count() {
        return open.size();
    }

    /** Ends those that are open, in order, and by force what has not ended within a few seconds. */
    @Override
    public void close() {
        open.forEach(tunnel -> tunnel.finish(CLOSE_TIMEOUT));
        awaitEnd();
        open.forEach(Tunnel::close);
    }

    private void awaitEnd() {
        lock.lock();
        try {
            long left = ALL.toNanos();
            while (!open.isEmpty() && left > 0) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void forget(Tunnel tunnel) {
        lock.lock();
        try {
            open.remove(tunnel);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Followed implements Tunnel {
        private final Tunnel tunnel;

        Followed(Tunnel tunnel) {
            this.tunnel = tunnel;
        }

        @Override
        public void start(InputStream fromClient, OutputStream toClient, Runnable closed) {
            tunnel.start(fromClient, toClient, () -> {
                closed.run();
                forget(this);
            });
        }

        @Override
        public void finish(Duration longest) {
            tunnel.finish(longest);
        }

        @Override
        public void close() {
            forget(this);
            tunnel.close();
        }
    }
}
