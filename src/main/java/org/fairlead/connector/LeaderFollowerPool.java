package org.fairlead.connector;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.fairlead.concurrent.OutOfMemory;

/**
 * Small thread pool that runs ready tasks and polls for more itself.
 *
 * <p>Usually one thread, a poller, polls the connections and wakes another one for each readable connection; the waking
 * costs more than a small request's reading and writing. Here a thread that finds no ready task polls: it leads, one
 * thread for each source. It queues what it finds, and takes the first task. An idle thread goes on polling; without
 * one, the first thread that is done does (Leader/Followers: Schmidt and others, Pattern-Oriented Software
 * Architecture, volume 2). While all of them are blocked no thread polls: then another thread has to
 * {@link #pollInstead}.
 *
 * <p>Thread-safe. Ordering rule: a thread that queues a task, or leaves a source, checks afterwards for a thread to
 * wake. A thread that goes to rest, or waits at a source, publishes that first and checks afterwards for work.
 */
final class LeaderFollowerPool {
    private static final System.Logger LOG = System.getLogger(LeaderFollowerPool.class.getName());

    /** After so many tasks a thread polls for responses of members before it begins with another new request. */
    private static final int TASKS_BETWEEN_POLLS = 16;

    private final RunQueue ready = new RunQueue();
    private final AtomicReference<List<PollSlot>> posts = new AtomicReference<>(List.of());
    private final int size;
    private final IdleWorkers crew;
    private final AtomicInteger turns = new AtomicInteger();
    private final LongAdder done = new LongAdder();
    private final Runnable nobodyLeft;

    /** Source of tasks, to be polled. */
    interface Pollable {
        /**
         * Polls once, and executes what has come. Called by one thread at a time.
         *
         * @param mayWait is asked when {@link #wake} has begun to count: whether to wait until something comes
         */
        void look(BooleanSupplier mayWait);

        /** Ends a blocking poll; returns whether there was one. Any thread. */
        boolean wake();

        /** Whether what comes there resumes requests that have begun. */
        boolean resumes();
    }

    /** A source with the lock that its polling thread holds. */
    static final class PollSlot {
        private final Pollable source;
        private final ReentrantLock lead = new ReentrantLock();
        private volatile boolean left;

        /** Changes with each poll. */
        private volatile long looks;

        private PollSlot(Pollable source) {
            this.source = source;
        }

        long looks() {
            return looks;
        }

        boolean isLed() {
            return lead.isLocked();
        }

        /** Polls, unless {@linkplain #detach detached} meanwhile. Called by the leading thread only. */
        private void look(BooleanSupplier mayWait) {
            if (left) {
                return;
            }
            looks++;
            try {
                source.look(() -> !left && mayWait.getAsBoolean());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "connections cannot be watched", e);
            }
        }
    }

    /**
     * @param size maximum number of threads, at least 1; they are started when they are needed
     * @param threads makes them
     * @param nobodyLeft is told when a task is ready, or a source is unpolled, and all threads are at work
     */
    LeaderFollowerPool(int size, ThreadFactory threads, Runnable nobodyLeft) {
        this.size = size;
        crew = new IdleWorkers(size, threads, this::work, this::isQuiet);
        this.nobodyLeft = nobodyLeft;
    }

    /** Adds a source, which these threads poll from now on. */
    PollSlot attach(Pollable source) {
        PollSlot post = new PollSlot(source);
        posts.updateAndGet(
                before -> Stream.concat(before.stream(), Stream.of(post)).toList());
        ensurePolled();
        return post;
    }

    /** Removes a source; returns when no thread polls it any more. */
    void detach(PollSlot post) {
        posts.updateAndGet(
                before -> before.stream().filter(other -> other != post).toList());
        post.left = true;
        post.source.wake();
        post.lead.lock();
        post.lead.unlock();
    }

    List<PollSlot> posts() {
        return posts.get();
    }

    /** Queues a task behind all that are ready. */
    void add(Task turn) {
        ready.add(turn);
        added();
    }

    /** Queues a task that resumes a begun request, before all that are new. */
    void resume(Task turn) {
        ready.resume(turn);
        added();
    }

    private void added() {
        for (PollSlot post : posts.get()) {
            if (post.lead.isHeldByCurrentThread()) {
                // The polling thread wakes workers for what it found when its poll is complete.
                return;
            }
        }
        wakeWorker();
    }

    /** Hands a task to an idle thread; returns whether there was one. */
    boolean handOver(Task turn) {
        return crew.wakeOne(() -> ready.add(turn));
    }

    /** The task that has been ready for the longest time. */
    Optional<Task> first() {
        return ready.oldest();
    }

    /** Takes the next task, for another thread to run. */
    Optional<Task> take() {
        return ready.take();
    }

    /** Whether all threads may come to wait at sources at once, each at another, and leave none to run tasks. */
    boolean mayAllBeLooking() {
        return posts.get().size() >= size;
    }

    /** Whether no task is ready and each source is being polled. */
    boolean isQuiet() {
        return ready.isEmpty() && !isAnyPostFree();
    }

    private boolean isAnyPostFree() {
        for (PollSlot post : posts.get()) {
            if (!post.isLed()) {
                return true;
            }
        }
        return false;
    }

    /** Wakes a thread to run what is ready. */
    private void wakeWorker() {
        if (crew.wakeWorker()) {
            return;
        }
        for (PollSlot post : posts.get()) {
            if (post.source.wake()) {
                return;
            }
        }
        nobodyLeft.run();
    }

    /** Wakes a worker if tasks are queued or a source is unpolled. */
    private void ensurePolled() {
        if (!ready.isEmpty()) {
            wakeWorker();
        } else if (isAnyPostFree() && !crew.wakeWorker()) {
            nobodyLeft.run();
        }
    }

    private void work() {
        int sinceLook = 0;
        while (true) {
            Optional<Task> turn = ready.take();
            if (turn.isPresent()) {
                ensurePolled();
                run(turn.get());
                sinceLook++;
                if (sinceLook >= TASKS_BETWEEN_POLLS && ready.isFresh()) {
                    sinceLook = 0;
                    lookForAnswers();
                }
            } else if (!lead()) {
                crew.rest();
            }
        }
    }

    private void lookForAnswers() {
        for (PollSlot post : posts.get()) {
            if (post.source.resumes() && post.lead.tryLock()) {
                try {
                    post.look(() -> false);
                } finally {
                    post.lead.unlock();
                }
            }
        }
    }

    private void run(Task turn) {
        try {
            turn.run();
        } catch (RuntimeException | Error e) {
            OutOfMemory.endIfOutOfMemory(e);
            LOG.log(System.Logger.Level.ERROR, "a request's thread goes on after", e);
        }
        // The interrupt was meant for the task; a selector would return at once.
        Thread.interrupted();
        done.increment();
    }

    /** Number of tasks that these threads have run since they exist. */
    long done() {
        return done.sum();
    }

    /** Polls one unpolled source once, at another source each time; returns whether there was one. */
    private boolean lead() {
        List<PollSlot> all = posts.get();
        int first = turns.getAndIncrement();
        for (int i = 0; i < all.size(); i++) {
            PollSlot post = all.get(Math.floorMod(first + i, all.size()));
            if (post.lead.tryLock()) {
                try {
                    if (isAnyPostFree()) {
                        // It may be the source that this thread comes from.
                        crew.wakeWorker();
                    }
                    post.look(ready::isEmpty);
                } finally {
                    post.lead.unlock();
                }
                return true;
            }
        }
        return false;
    }

    /**
     * Polls a source as long as it should, in place of these threads, which run what is found. Returns at once if
     * another thread polls it.
     */
    void pollInstead(PollSlot post, BooleanSupplier goesOn) {
        if (!post.lead.tryLock()) {
            return;
        }
        try {
            while (!post.left && goesOn.getAsBoolean()) {
                // Asked again when a wake counts: one that came just before would else be lost.
                post.look(goesOn);
                if (!ready.isEmpty()) {
                    wakeWorker();
                }
            }
        } finally {
            post.lead.unlock();
        }
        ensurePolled();
    }
}
