package org.fairlead.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.pool.StrictConnPool;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.fairlead.engine.UpstreamException;
import org.fairlead.model.PoolConfig;

/**
 * The connection pool of one member, which is HttpCore's. Its routes are the names that TLS was agreed on for; its state
 * is the client's connection that a login has bound a connection to ({@link ConnectionLogin}). The connection used last
 * is lent first, so that surplus connections grow old and are closed.
 *
 * <p>It has no limit of its own: the balancer limits a member's concurrent requests, over all generations of a
 * configuration, and its waiters may go to another member. Thread-safe.
 */
final class MemberPool {
    /** The connections that one sweep examines, since no thread can lend or return one meanwhile. */
    private static final int MAX_CONNECTIONS_PER_SWEEP = 64;
    /** The limit of idle connections whose TLS was agreed on for other names, when one more is made. */
    private static final int MAX_OTHER_NAMES = 8;
    /** The limit of idle bound connections: a client that connects only to leave must not exhaust the member. */
    static final int MAX_IDLE_BOUND = 256;
    /** After this time without a request the client has closed its connection, or logs in again. */
    private static final long MAX_IDLE_BOUND_MILLIS = 60_000;

    private final Dialer dialer;
    private final PoolConfig config;
    private final ByteArrayPool buffers;
    private final TimeoutMonitor watch;
    private final long ttlMillis;
    private final int keep;
    private final StrictConnPool<PeerName, MemberConnection> pool;
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong staleDropped = new AtomicLong();
    /** Whether any connection is bound to a client, so that the client's own is worth looking for. */
    private volatile boolean anyBound;

    private volatile boolean retired;

    MemberPool(Dialer dialer, PoolConfig config, ByteArrayPool buffers, TimeoutMonitor watch) {
        this.watch = watch;
        this.dialer = dialer;
        this.config = config;
        this.buffers = buffers;
        this.ttlMillis = config.ttl().map(Duration::toMillis).orElse(Long.MAX_VALUE);
        this.keep = Math.max(config.min(), config.smax().orElse(Integer.MAX_VALUE));
        this.pool = new StrictConnPool<>(
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                TimeValue.NEG_ONE_MILLISECOND,
                PoolReusePolicy.LIFO,
                this::dispose,
                null);
    }

    /** Closes a connection; one that idles until now has been found over age by a lease. */
    private void dispose(MemberConnection connection, CloseMode mode) {
        if (connection.endsIdling()) {
            staleDropped.incrementAndGet();
        }
        connection.close(mode);
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
     * @param client names the client's connection, as {@link org.fairlead.engine.OutgoingRequest#client} does; one bound
     *     to it goes first, because its next request is one of the user that is logged in
     * @throws UpstreamException as {@link Dialer#dial} does
     */
    MemberConnection lease(PeerName name, Supplier<Optional<String>> client) throws UpstreamException {
        Optional<String> owner = anyBound ? client.get() : Optional.empty();
        while (true) {
            PoolEntry<PeerName, MemberConnection> entry = take(name, owner);
            MemberConnection connection = entry.getConnection();
            if (connection == null) {
                limitOtherNames(name);
                return dial(entry);
            }
            if (connection.isQuiet()) {
                connection.endsIdling();
                return connection;
            }
            entry.discardConnection(CloseMode.GRACEFUL);
            pool.release(entry, false);
        }
    }

    /** Makes a connection, in the place of an idle one if there is one. Blocks. */
    MemberConnection connect(PeerName name) throws UpstreamException {
        PoolEntry<PeerName, MemberConnection> entry = take(name, Optional.empty());
        discard(entry);
        return dial(entry);
    }

    private MemberConnection dial(PoolEntry<PeerName, MemberConnection> entry) throws UpstreamException {
        boolean done = false;
        try {
            Transport wire = dialer.dial(entry.getRoute());
            MemberConnection connection = new MemberConnection(entry, wire, config.responseFieldSize());
            connection.parser().limit(config.timeout());
            entry.assignConnection(connection);
            opened.incrementAndGet();
            done = true;
            return connection;
        } finally {
            if (!done) {
                pool.release(entry, false);
            }
        }
    }

    /** Takes an entry, with or without a connection. An interrupt is kept for the caller, or the entry would be lost. */
    private PoolEntry<PeerName, MemberConnection> take(PeerName name, Optional<String> owner) {
        boolean interrupted = Thread.interrupted();
        try {
            Future<PoolEntry<PeerName, MemberConnection>> lease = lease(name, owner);
            while (true) {
                try {
                    if (!lease.isCancelled()) {
                        return lease.get();
                    }
                    interrupted |= Thread.interrupted();
                    lease = lease(name, owner);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a pool without limits has no reason to refuse", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Future<PoolEntry<PeerName, MemberConnection>> lease(PeerName name, Optional<String> owner) {
        return pool.lease(name, owner.orElse(null), Timeout.DISABLED, null);
    }

    /** As httpd ends a connection that has the wrong name: names are the client's choice and without number. */
    private void limitOtherNames(PeerName name) {
        if (!name.equals(PeerName.NONE) && pool.getTotalStats().getAvailable() >= MAX_OTHER_NAMES) {
            closeBeyond(MAX_OTHER_NAMES - 1, entry -> entry.getState() == null);
        }
    }

    /** Closes the idle connections of this kind that were not used for longest, but for so many. */
    private void closeBeyond(int kept, Predicate<PoolEntry<PeerName, MemberConnection>> kind) {
        int[] seen = {0};
        pool.enumAvailable(entry -> {
            if (kind.test(entry) && seen[0]++ >= kept) {
                discard(entry);
            }
        });
    }

    private static void discard(PoolEntry<PeerName, MemberConnection> entry) {
        if (entry.hasConnection()) {
            entry.getConnection().endsIdling();
            entry.discardConnection(CloseMode.GRACEFUL);
        }
    }

    /** Takes back a connection whose last response was read to its end and that may carry another request. */
    void giveBack(MemberConnection connection) {
        boolean bound = connection.isBound();
        long millis = Math.min(connection.mayIdleMillis(), bound ? MAX_IDLE_BOUND_MILLIS : ttlMillis);
        if (!config.reuse()
                || retired
                || millis <= 0
                || bound && connection.client().isEmpty()) {
            closeGracefully(connection);
            return;
        }
        if (!connection.endsLease()) {
            return;
        }
        PoolEntry<PeerName, MemberConnection> entry = connection.entry();
        entry.updateExpiry(millis == Long.MAX_VALUE ? TimeValue.NEG_ONE_MILLISECOND : TimeValue.ofMilliseconds(millis));
        if (bound) {
            entry.updateState(connection.client().orElseThrow());
            anyBound = true;
        }
        connection.beginsIdling();
        pool.release(entry, true);
        boolean limited = bound || ttlMillis == Long.MAX_VALUE;
        int limit = bound ? MAX_IDLE_BOUND : keep;
        if (limited && limit < Integer.MAX_VALUE && pool.getTotalStats().getAvailable() > limit) {
            closeBeyond(limit, other -> other.getState() != null == bound);
        }
        if (retired) {
            closeBeyond(0, other -> true);
        }
    }

    /** Closes a lent connection gracefully. */
    void closeGracefully(MemberConnection connection) {
        close(connection, CloseMode.GRACEFUL);
    }

    /** Aborts a connection that was lent. Any thread; once its lease has ended, it does nothing more. */
    void abort(MemberConnection connection) {
        close(connection, CloseMode.IMMEDIATE);
    }

    private void close(MemberConnection connection, CloseMode mode) {
        if (connection.endsLease()) {
            connection.entry().discardConnection(mode);
            pool.release(connection.entry(), false);
        }
    }

    /** Closes idle connections that are over age, or that their member has closed. Never waits. */
    void sweep() {
        int available = pool.getTotalStats().getAvailable();
        int[] seen = {0};
        boolean[] bound = {false};
        pool.enumAvailable(entry -> {
            boolean examined = ++seen[0] > available - MAX_CONNECTIONS_PER_SWEEP;
            if (entry.getExpiryDeadline().isExpired()
                    || examined && !entry.getConnection().isQuiet()) {
                discard(entry);
            } else {
                bound[0] |= entry.getState() != null;
            }
        });
        anyBound = bound[0];
    }

    /** Closes idle connections now, and lent ones when they come back. */
    void retire() {
        retired = true;
        closeBeyond(0, entry -> true);
    }

    PoolCounts counts() {
        PoolStats stats = pool.getTotalStats();
        return new PoolCounts(stats.getAvailable(), stats.getLeased(), opened.get(), staleDropped.get());
    }
}
