package org.fairlead.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.fairlead.engine.UpstreamException;
import org.fairlead.model.PoolConfig;

/**
 * The connection pool of one member. The connection used last is lent first, so that surplus connections grow old and
 * are closed. It has no limit of its own: the balancer limits a member's concurrent requests. Thread-safe.
 */
final class MemberPool {
    /** The connections that one sweep examines, since no thread can lend or return one meanwhile. */
    private static final int MAX_CONNECTIONS_PER_SWEEP = 64;
    /** The limit of idle connections whose TLS was agreed on for other names, when one more is made. */
    private static final int MAX_OTHER_NAMES = 8;

    private final Dialer dialer;
    private final PoolConfig config;
    private final ByteArrayPool buffers;
    private final TimeoutMonitor watch;
    private final long ttlNanos;
    private final int keep;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<MemberConnection> idle = new ArrayDeque<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong staleDropped = new AtomicLong();
    private final BoundConnections bound = new BoundConnections();
    /** Whether any connection is bound to a client, so that the client's own is worth looking for. */
    private volatile boolean anyBound;

    private boolean retired;

    MemberPool(Dialer dialer, PoolConfig config, ByteArrayPool buffers, TimeoutMonitor watch) {
        this.watch = watch;
        this.dialer = dialer;
        this.config = config;
        this.buffers = buffers;
        this.ttlNanos = config.ttl().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        this.keep = Math.max(config.min(), config.smax().orElse(Integer.MAX_VALUE));
    }

    PoolConfig config() {
        return config;
    }

    ByteArrayPool buffers() {
        return buffers;
    }

    TimeoutMonitor watch() {
        return watch;
    }

    /**
     * Lends a connection that is open and quiet, or makes one. Blocks while connecting.
     *
     * @param name the name that TLS must have been agreed on for
     * @param client names the client's connection, as {@link org.fairlead.engine.OutgoingRequest#client} does
     * @throws UpstreamException as {@link Dialer#dial} does
     */
    MemberConnection lease(PeerName name, Supplier<Optional<String>> client) throws UpstreamException {
        Optional<String> owner = anyBound ? client.get() : Optional.empty();
        Optional<MemberConnection> candidate = poll(name, owner);
        while (candidate.isPresent()) {
            MemberConnection connection = candidate.get();
            if (!connection.isOverAge(System.nanoTime(), ttlNanos) && connection.isQuiet()) {
                return connection;
            }
            staleDropped.incrementAndGet();
            closeGracefully(connection);
            candidate = poll(name, owner);
        }
        return connect(name);
    }

    /** Makes a connection. Blocks. */
    MemberConnection connect(PeerName name) throws UpstreamException {
        Transport wire = dialer.dial(name);
        opened.incrementAndGet();
        open.incrementAndGet();
        try {
            MemberConnection connection = new MemberConnection(wire, name, config.responseFieldSize());
            connection.parser().limit(config.timeout());
            return connection;
        } catch (IOException e) {
            open.decrementAndGet();
            wire.close();
            throw new UpstreamException(UpstreamException.Kind.CONNECT, e.getMessage(), false, false, e);
        }
    }

    /** A connection bound to this client goes first: its next request is one of the user that is logged in. */
    private Optional<MemberConnection> poll(PeerName name, Optional<String> owner) {
        Optional<MemberConnection> found = Optional.empty();
        Optional<MemberConnection> surplus = Optional.empty();
        lock.lock();
        try {
            if (owner.isPresent()) {
                found = bound.take(owner.get(), name);
            }
            if (found.isEmpty()) {
                found = pollShared(name);
                // As httpd ends a connection that has the wrong name: names are the client's choice and without number.
                surplus = found.isEmpty() && idle.size() >= MAX_OTHER_NAMES
                        ? Optional.of(idle.removeLast())
                        : Optional.empty();
            }
        } finally {
            lock.unlock();
        }
        surplus.ifPresent(this::closeGracefully);
        return found;
    }

    private Optional<MemberConnection> pollShared(PeerName name) {
        MemberConnection first = idle.peekFirst();
        if (first == null || first.peerName().equals(name)) {
            return Optional.ofNullable(idle.pollFirst());
        }
        for (Iterator<MemberConnection> lastUsedFirst = idle.iterator(); lastUsedFirst.hasNext(); ) {
            MemberConnection connection = lastUsedFirst.next();
            if (connection.peerName().equals(name)) {
                lastUsedFirst.remove();
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    /** Takes back a connection whose last response was read to its end and that may carry another request. */
    void giveBack(MemberConnection connection) {
        if (!config.reuse() || connection.isBound() && connection.client().isEmpty()) {
            closeGracefully(connection);
            return;
        }
        long now = System.nanoTime();
        connection.idleSince(now);
        Optional<MemberConnection> surplus;
        lock.lock();
        try {
            if (retired) {
                surplus = Optional.of(connection);
            } else if (connection.isBound()) {
                anyBound = true;
                surplus = bound.put(connection.client().orElseThrow(), connection);
            } else {
                idle.addFirst(connection);
                surplus = surplus(now);
            }
        } finally {
            lock.unlock();
        }
        if (surplus.isPresent()) {
            closeGracefully(surplus.get());
        }
    }

    /**
     * Removes and returns one connection that need not be kept. Called with the lock, and when there is at least one.
     */
    private Optional<MemberConnection> surplus(long now) {
        MemberConnection oldest = idle.getLast();
        boolean tooMany = idle.size() > keep && (ttlNanos == Long.MAX_VALUE || oldest.idleNanos(now) >= ttlNanos);
        return tooMany || oldest.isOverAge(now, ttlNanos) ? Optional.of(idle.removeLast()) : Optional.empty();
    }

    /** Closes an idle connection gracefully. */
    void closeGracefully(MemberConnection connection) {
        connection.wire().closeNotify();
        abort(connection);
    }

    /** Aborts a connection that was lent. */
    void abort(MemberConnection connection) {
        open.decrementAndGet();
        connection.abort();
    }

    /** Closes idle connections that are over age, or that their member has closed. Never waits. */
    void sweep() {
        long now = System.nanoTime();
        List<MemberConnection> gone = new ArrayList<>();
        lock.lock();
        try {
            int looked = 0;
            Iterator<MemberConnection> oldestFirst = idle.descendingIterator();
            while (oldestFirst.hasNext() && looked++ < MAX_CONNECTIONS_PER_SWEEP) {
                MemberConnection connection = oldestFirst.next();
                if (connection.isOverAge(now, ttlNanos) || !connection.isQuiet()) {
                    oldestFirst.remove();
                    gone.add(connection);
                }
            }
        } finally {
            lock.unlock();
        }
        gone.addAll(sweepBound(now));
        gone.forEach(this::closeGracefully);
    }

    private List<MemberConnection> sweepBound(long now) {
        lock.lock();
        try {
            List<MemberConnection> gone = bound.sweep(now);
            anyBound = bound.size() > 0;
            return gone;
        } finally {
            lock.unlock();
        }
    }

    /** Closes idle connections now, and lent ones when they come back. */
    void retire() {
        List<MemberConnection> gone;
        lock.lock();
        try {
            retired = true;
            gone = new ArrayList<>(idle);
            gone.addAll(bound.drain());
            idle.clear();
        } finally {
            lock.unlock();
        }
        gone.forEach(this::closeGracefully);
    }

    PoolCounts counts() {
        int idleNow;
        lock.lock();
        try {
            idleNow = idle.size() + bound.size();
        } finally {
            lock.unlock();
        }
        int busy = (int) Math.max(0, open.get() - idleNow);
        return new PoolCounts(idleNow, busy, opened.get(), staleDropped.get());
    }
}
