package org.fairlead.upstream;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.pool.LaxConnPool;
import org.apache.hc.core5.pool.ManagedConnPool;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.StrictConnPool;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one lease and return cost: HttpCore's two pools, and a deque under a lock, which is as little as a pool can be.
 * Each has eight idle connections.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PoolBenchmark {
    private static final int IDLE = 8;

    private final ManagedConnPool<PeerName, MemberConnection> strict =
            new StrictConnPool<>(Integer.MAX_VALUE, Integer.MAX_VALUE);
    private final ManagedConnPool<PeerName, MemberConnection> lax = new LaxConnPool<>(Integer.MAX_VALUE);
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<MemberConnection> deque = new ArrayDeque<>();

    /** Fills the pools. */
    @Setup
    public void fill() throws Exception {
        fill(strict);
        fill(lax);
        for (int i = 0; i < IDLE; i++) {
            deque.add(new MemberConnection(new PoolEntry<>(PeerName.NONE), new ScriptedTransport(), 0));
        }
    }

    private static void fill(ManagedConnPool<PeerName, MemberConnection> pool) throws Exception {
        ArrayDeque<PoolEntry<PeerName, MemberConnection>> taken = new ArrayDeque<>();
        for (int i = 0; i < IDLE; i++) {
            PoolEntry<PeerName, MemberConnection> entry =
                    pool.lease(PeerName.NONE, null, Timeout.DISABLED, null).get();
            entry.assignConnection(new MemberConnection(entry, new ScriptedTransport(), 0));
            taken.add(entry);
        }
        taken.forEach(entry -> pool.release(entry, true));
    }

    @Benchmark
    public Object strictConnPool() throws Exception {
        return leaseAndReturn(strict);
    }

    @Benchmark
    public Object laxConnPool() throws Exception {
        return leaseAndReturn(lax);
    }

    private static Object leaseAndReturn(ManagedConnPool<PeerName, MemberConnection> pool) throws Exception {
        PoolEntry<PeerName, MemberConnection> entry =
                pool.lease(PeerName.NONE, null, Timeout.DISABLED, null).get();
        MemberConnection connection = entry.getConnection();
        entry.updateExpiry(TimeValue.NEG_ONE_MILLISECOND);
        pool.release(entry, true);
        return connection;
    }

    @Benchmark
    public Object dequeUnderALock() {
        Optional<MemberConnection> taken;
        lock.lock();
        try {
            taken = Optional.ofNullable(deque.pollFirst());
        } finally {
            lock.unlock();
        }
        long now = System.nanoTime();
        lock.lock();
        try {
            deque.addFirst(taken.orElseThrow());
        } finally {
            lock.unlock();
        }
        return now;
    }
}
