package org.fairlead.connector;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.concurrent.VirtualThreads;
import org.fairlead.connector.LeaderFollowerPool.PollSlot;
import org.fairlead.connector.LeaderFollowerPool.Pollable;

/**
 * Executor of requests: a few warm platform threads, and more threads for tasks that would wait behind slow members.
 *
 * <p>Members that respond at once keep few threads busy, however many clients there are, and a warm thread costs
 * neither a start nor a stack; so a request may wait for one. The warm threads poll for requests themselves, see
 * {@link LeaderFollowerPool}. When a request has waited for {@link StallDetector#STALL_NANOS} although processors are
 * to spare, members are slow and not this process. Then, and for {@link #SLOW_NANOS}, a task that finds no idle worker
 * runs on a new thread at once, a virtual one where the JDK has them. Where processors are short more threads would
 * make it worse: there a request waits for a tenth of a second, and longer as long as earlier ones are served quickly.
 * A request that waits for its member may {@linkplain #trySuspend release its thread} meanwhile, which saves the switch
 * to another thread and back. {@code MaxRequestWorkers} bounds all of them together; beyond it requests wait in their
 * order. Thread-safe.
 */
final class RequestExecutor implements Executor {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int CORE_THREADS_PER_PROCESSOR = 4;
    private static final long KEEP_ALIVE_SECONDS = 60;

    /**
     * How many requests may be suspended while members are quick. They share the processors' caches: a few hundred on
     * two processors cost more there than the switching that they save.
     */
    private static final int SUSPENDED_PER_PROCESSOR = 64;

    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** After so many polls of an empty queue the monitor thread sleeps. */
    private static final int IDLE_MONITOR_TICKS = 20;

    private static final String MAX_CARRIERS_PROPERTY = "jdk.virtualThreadScheduler.maxPoolSize";

    /** Limit of a fork-join pool. */
    private static final int MAX_CARRIERS = 32_767;

    private final LeaderFollowerPool warm;
    private final Executor more;
    private final int most;
    private final ClientWaits.Room room;
    private final ClientWaits clients;
    private final Thread lookout;
    private volatile boolean asleep;
    private volatile long slowUntil = System.nanoTime();

    private final StallDetector slowness;

    /** How many threads may run beyond the limit while others wait for clients that stall. */
    private static final int MAX_REPLACED_PLATFORM = 800;

    private static final int MAX_REPLACED_VIRTUAL = 8192;

    /** Used by the monitor thread alone. */
    private final Map<PollSlot, Seen> seen = new HashMap<>();

    /** The monitor's record of a source: its number of polls, at that time. */
    private record Seen(long looks, long at) {}

    /** @param load how much of the machine's processors is in use, from 0 to 1; negative if unknown */
    RequestExecutor(int limit, DoubleSupplier load) {
        int size = Math.min(limit, CORE_THREADS_PER_PROCESSOR * PROCESSORS);
        warm = new LeaderFollowerPool(size, DaemonThreads.numbered("fairlead-request"), this::callLookout);
        this.more = VirtualThreads.numbered("fairlead-virtual")
                .map(RequestExecutor::each)
                .orElseGet(RequestExecutor::platform);
        slowness = new StallDetector(load, warm::done, size, System.nanoTime());
        most = limit - size;
        room = new ClientWaits.Room(most);
        clients = new ClientWaits(room, areVirtual() ? MAX_REPLACED_VIRTUAL : MAX_REPLACED_PLATFORM);
        lookout = DaemonThreads.called("fairlead-request-lookout").newThread(this::look);
        lookout.start();
    }

    /** Returns the threads for at most so many requests at once. */
    static RequestExecutor start(int limit) {
        carriers(Runtime.version().feature(), limit)
                .filter(carriers -> System.getProperty(MAX_CARRIERS_PROPERTY) == null)
                .ifPresent(carriers -> System.setProperty(MAX_CARRIERS_PROPERTY, carriers));
        return new RequestExecutor(limit, load());
    }

    private static DoubleSupplier load() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system::getCpuLoad
                : () -> -1;
    }

    /** Whether the JDK has virtual threads. */
    static boolean areVirtual() {
        return Runtime.version().feature() >= 21;
    }

    /**
     * How many platform threads the JDK may use to carry virtual ones, where its default would not do. Before Java 24
     * (JEP 491) each wait for a slow client, an {@code Object.wait} of Tomcat's, holds one, and 256 such clients would
     * stop all others (JEP 444). Must be set before the first virtual thread.
     */
    static Optional<String> carriers(int feature, int limit) {
        return feature < 21 || feature >= 24
                ? Optional.empty()
                : Optional.of(Integer.toString(Math.max(256, Math.min(limit, MAX_CARRIERS))));
    }

    private static Executor each(ThreadFactory factory) {
        return task -> factory.newThread(task).start();
    }

    private static Executor platform() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThreads.numbered("fairlead-request-more"));
    }

    /** The threads that wait for clients. */
    ClientWaits clients() {
        return clients;
    }

    /** Adds a source, which these threads poll for requests. */
    PollSlot attach(Pollable source) {
        return warm.attach(source);
    }

    /** Removes a source; returns when none of these threads polls it any more. */
    void detach(PollSlot post) {
        warm.detach(post);
    }

    @Override
    public void execute(Runnable task) {
        Task turn = new Task(() -> clients.serve(task), System.nanoTime());
        if (!runAtOnce(turn)) {
            warm.add(turn);
        }
    }

    /**
     * Runs a task on an idle or new thread while members are slow; false where the warm threads keep up with the load.
     */
    private boolean runAtOnce(Task turn) {
        if (slowness.isBrisk() || slowUntil - turn.since() <= 0) {
            return false;
        }
        if (warm.handOver(turn)) {
            return true;
        }
        if (room.tryAcquire()) {
            start(turn);
            return true;
        }
        return false;
    }

    /**
     * Reserves a place for a suspended request, which is {@linkplain #resume resumed} or {@linkplain #cancel cancelled}
     * later, and counts as one in flight meanwhile.
     *
     * @return whether it may be suspended; false = as many are in flight as may be, but for those of the warm threads,
     *     or members are quick and enough are suspended
     */
    boolean trySuspend() {
        boolean fewAreGone = most - room.availablePermits() < SUSPENDED_PER_PROCESSOR * PROCESSORS;
        return (fewAreGone || isSlow()) && room.tryAcquire();
    }

    /** Maximum number of requests under way at once, as long as members are quick. */
    static int usuallyAtOnce() {
        return (CORE_THREADS_PER_PROCESSOR + SUSPENDED_PER_PROCESSOR) * PROCESSORS;
    }

    void resume(Runnable task) {
        cancel();
        Task turn = new Task(task, System.nanoTime());
        if (!runAtOnce(turn)) {
            warm.resume(turn);
        }
    }

    void cancel() {
        room.release();
    }

    /** Whether so many requests are under way, or wait for their clients, that no client may have many more. */
    boolean isCrowded() {
        return most - room.availablePermits() + clients.replaced() > most / 4;
    }

    private boolean isSlow() {
        return slowUntil - System.nanoTime() > 0;
    }

    private void start(Task first) {
        more.execute(() -> {
            try {
                for (Optional<Task> next = Optional.of(first);
                        next.isPresent();
                        next = isSlow() ? warm.take() : Optional.empty()) {
                    next.get().run();
                }
            } finally {
                room.release();
            }
        });
    }

    private void callLookout() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(lookout);
        }
    }

    /** Monitors whether a task has waited too long, for as long as any task waits. */
    private void look() {
        int quiet = 0;
        while (true) {
            LockSupport.parkNanos(this, StallDetector.STALL_NANOS);
            long now = System.nanoTime();
            Optional<Task> first = warm.first();
            slowness.look(now, first.isPresent());
            if (first.isPresent() && slowness.isSeenIn(now - first.get().since())) {
                slowUntil = now + SLOW_NANOS;
                clients.replace(now);
                moveOn();
                if (room.availablePermits() <= 0 && warm.first().isPresent()) {
                    clients.cutWorst(now);
                }
            }
            warm.posts().forEach(post -> lookAfter(post, now));
            quiet = warm.isQuiet() ? quiet + 1 : 0;
            if (quiet >= IDLE_MONITOR_TICKS) {
                quiet = 0;
                sleep();
                slowness.look(System.nanoTime(), false);
            }
        }
    }

    private void sleep() {
        seen.clear();
        asleep = true;
        // A thread that queued a task before that was set has not woken this one.
        while (asleep && warm.isQuiet()) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    /** Starts another thread that polls a source if the warm ones have not for too long. */
    private void lookAfter(PollSlot post, long now) {
        Seen before = seen.get(post);
        if (before == null || post.isLed() || before.looks != post.looks()) {
            seen.put(post, new Seen(post.looks(), now));
        } else if (slowness.isSeenAround(now - before.at)) {
            seen.remove(post);
            long until = now + SLOW_NANOS;
            DaemonThreads.called("fairlead-request-poller")
                    .newThread(() -> warm.pollInstead(
                            post, () -> until - System.nanoTime() > 0 || isSlow() || warm.mayAllBeLooking()))
                    .start();
        }
    }

    private void moveOn() {
        while (room.tryAcquire()) {
            Optional<Task> next = warm.take();
            if (next.isEmpty()) {
                room.release();
                return;
            }
            start(next.get());
        }
    }
}
