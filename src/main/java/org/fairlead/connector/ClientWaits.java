package org.fairlead.connector;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairlead.exchange.RequestBody;

/**
 * Threads that wait for a client at present: for one that reads its response slowly, or that stalls in its request's
 * body. Such a thread is of no use to others, so another one may run in its place, up to a bound. Beyond that bound,
 * the connection that holds most threads is cut. Thread-safe.
 */
final class ClientWaits {
    /** Wait that a client which reads steadily does not exceed, as a rule. */
    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Minimum wait before a connection is cut, however many requests wait. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final System.Logger LOG = System.getLogger(ClientWaits.class.getName());

    /** Whether the present thread is one that requests wait for. */
    private static final ThreadLocal<Boolean> SERVING = new ThreadLocal<>();

    private final Room room;
    private final int maxReplaced;
    private final AtomicInteger replaced = new AtomicInteger();
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();

    /** @param maxReplaced for how many waiting threads others may run at once, beyond what there is room for */
    ClientWaits(Room room, int maxReplaced) {
        this.room = room;
        this.maxReplaced = maxReplaced;
    }

    /** Permits for threads that serve requests. They can be taken back, also where none is left. */
    static final class Room extends Semaphore {
        Room(int permits) {
            super(permits);
        }

        private void takeBack() {
            reducePermits(1);
        }
    }

    /** A connection that can be cut from any thread. */
    interface Connection {
        /** Closes it. Threads that wait for it are interrupted afterwards. */
        void cut();

        /** The client's address, for the log. */
        String client();
    }

    /** Wait of one thread. */
    static final class Wait {
        private final Connection connection;
        private final Thread thread = Thread.currentThread();
        private final boolean serving;
        private final long since = System.nanoTime();
        private boolean replaced;
        private boolean over;
        private boolean interrupted;

        private Wait(Connection connection, boolean serving) {
            this.connection = connection;
            this.serving = serving;
        }

        /** Returns whether another thread may run in its place from now on. */
        private synchronized boolean replace() {
            boolean begins = !over && !replaced;
            replaced |= begins;
            return begins;
        }

        private synchronized void interrupt() {
            if (!over) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /** Returns whether another thread ran in this one's place. */
        private synchronized boolean end() {
            over = true;
            if (interrupted) {
                Thread.interrupted();
            }
            return replaced;
        }
    }

    /** Runs a task on a thread that requests wait for. */
    void serve(Runnable task) {
        if (SERVING.get() == null) {
            SERVING.set(true);
        }
        task.run();
    }

    /** Runs a call that may wait for a client. */
    void run(Connection connection, RequestBody.Wait call) throws IOException {
        Wait begun = new Wait(connection, SERVING.get() != null);
        waits.add(begun);
        try {
            call.run();
        } finally {
            waits.remove(begun);
            if (begun.end()) {
                replaced.decrementAndGet();
                room.takeBack();
            }
        }
    }

    /** Number of waiting threads in whose place others run. */
    int replaced() {
        return replaced.get();
    }

    /** Makes room for others in place of threads that stall. Called by one thread at a time. */
    void replace(long now) {
        for (Wait wait : waits) {
            if (replaced.get() >= maxReplaced) {
                return;
            }
            if (wait.serving && now - wait.since > STALL_NANOS && wait.replace()) {
                replaced.incrementAndGet();
                room.release();
            }
        }
    }

    /**
     * Cuts the connection that holds most threads beyond the time limit, if the bound of replaced threads is reached.
     * Among equals it is the one with the longest wait. Called by one thread at a time.
     */
    void cutWorst(long now) {
        if (replaced.get() < maxReplaced) {
            return;
        }
        Map<Connection, Stalled> stalled = new HashMap<>();
        for (Wait wait : waits) {
            if (wait.serving && now - wait.since > PATIENCE_NANOS) {
                stalled.merge(wait.connection, new Stalled(1, now - wait.since), Stalled::and);
            }
        }
        stalled.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(worst -> {
            worst.getKey().cut();
            waits.stream().filter(wait -> wait.connection == worst.getKey()).forEach(Wait::interrupt);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: connection cut, {1} threads waited for its client and requests for threads",
                    worst.getKey().client(),
                    worst.getValue().threads);
        });
    }

    /**
     * Threads that one connection holds.
     *
     * @param nanos the longest wait
     */
    private record Stalled(int threads, long nanos) implements Comparable<Stalled> {
        Stalled and(Stalled other) {
            return new Stalled(threads + other.threads, Math.max(nanos, other.nanos));
        }

        @Override
        public int compareTo(Stalled other) {
            return threads != other.threads
                    ? Integer.compare(threads, other.threads)
                    : Long.compare(nanos, other.nanos);
        }
    }
}
