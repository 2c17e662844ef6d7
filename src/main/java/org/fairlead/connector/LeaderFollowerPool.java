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
 * A few threads that run what is ready, and look for more themselves.
 *
 * <p>Usually one thread, a poller, looks at the connections and wakes another one for each that has something to say; the
 * waking costs more than a small request's reading and writing. Here a thread that finds nothing ready looks (it leads, one
 * thread for each source), makes ready what it finds, and takes the first of it. If others rest, one of them goes on
 * looking; if all are at work, whoever is done first does (Leader/Followers: Schmidt and others, Pattern-Oriented Software
 * Architecture, volume 2). While all of them wait for somebody nobody looks: then another thread has to {@link #pollInstead}.
 *
 * <p>Thread-safe. The rule behind it: who makes something ready, or leaves a source, looks afterwards for somebody to wake;
 * who goes to rest, or waits for a source, says so first and looks afterwards whether there is something to do.
 */
final class LeaderFollowerPool {
    private static final System.Logger LOG = System.getLogger(LeaderFollowerPool.class.getName());

    /** After so many turns a thread looks for answers of members before it begins with another new request. */
    private static final int TASKS_BETWEEN_POLLS = 16;

    private final RunQueue ready = new RunQueue();
    private final AtomicReference<List<PollSlot>> posts = new AtomicReference<>(List.of());
    private final int size;
    private final IdleWorkers crew;
    private final AtomicInteger turns = new AtomicInteger();
    private final LongAdder done = new LongAdder();
    private final Runnable nobodyLeft;

    /** Where something may come. */
    interface Pollable {
        /**
         * Looks once, and executes what has come. For one thread at a time.
         *
         * @param mayWait is asked when {@link #wake} has begun to count: whether to wait until something comes
         */
        void look(BooleanSupplier mayWait);

        /** Ends a wait for something to come; returns whether there was one. Any thread. */
        boolean wake();

        /** Whether what comes there goes on with requests that have begun. */
        boolean resumes();
    }

    /** A source, and whose turn it is to look there. */
    static final class PollSlot {
        private final Pollable source;
        private final ReentrantLock lead = new ReentrantLock();
        private volatile boolean left;

        /** Changes with each look. */
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

        /** For who leads only. Who was about to when it was {@linkplain #detach detached} does not look any more. */
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
     * @param size how many threads there are at most, at least 1; they are started when they are needed
     * @param threads makes them
     * @param nobodyLeft is told when something is ready, or a source is left alone, and all threads are at work
     */
    LeaderFollowerPool(int size, ThreadFactory threads, Runnable nobodyLeft) {
        this.size = size;
        crew = new IdleWorkers(size, threads, this::work, this::isQuiet);
        this.nobodyLeft = nobodyLeft;
    }

    /** Has somebody look there from now on. */
    PollSlot attach(Pollable source) {
        PollSlot post = new PollSlot(source);
        posts.updateAndGet(
                before -> Stream.concat(before.stream(), Stream.of(post)).toList());
        ensurePolled();
        return post;
    }

    /** Returns when nobody looks there any more. */
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

    /** Makes it ready, behind all that are. */
    void add(Task turn) {
        ready.add(turn);
        added();
    }

    /** Makes ready what goes on with a request that has begun, before all that are new. */
    void resume(Task turn) {
        ready.resume(turn);
        added();
    }

    private void added() {
        for (PollSlot post : posts.get()) {
            if (post.lead.isHeldByCurrentThread()) {
                // Whoever looks cares for what he found when he has seen it all.
                return;
            }
        }
        wakeWorker();
    }

    /** Gives it to somebody who rests; returns whether anybody did. */
    boolean handOver(Task turn) {
        return crew.wakeOne(() -> ready.add(turn));
    }

    /** What has been ready for the longest time. */
    Optional<Task> first() {
        return ready.oldest();
    }

    /** Takes what is next, for another thread to run. */
    Optional<Task> take() {
        return ready.take();
    }

    /** Whether all of them may come to wait at sources at once, each at another, and leave none to run anything. */
    boolean mayAllBeLooking() {
        return posts.get().size() >= size;
    }

    /** Whether everything has its thread: nothing is ready, and somebody looks everywhere. */
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

    /** Has somebody run what is ready. */
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

    /** Has somebody care for what this thread leaves to others. */
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
        // It was meant for the task; a selector would return at once.
        Thread.interrupted();
        done.increment();
    }

    /** How many turns these threads have run since they exist. */
    long done() {
        return done.sum();
    }

    /** Looks once where nobody does, at another source each time; returns whether there was one. */
    private boolean lead() {
        List<PollSlot> all = posts.get();
        int first = turns.getAndIncrement();
        for (int i = 0; i < all.size(); i++) {
            PollSlot post = all.get(Math.floorMod(first + i, all.size()));
            if (post.lead.tryLock()) {
                try {
                    if (isAnyPostFree()) {
                        // It may be the one that this thread comes from.
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
     * Looks there as long as it should, in place of these threads, which run what is found. Returns at once if one of them
     * does, or somebody else.
     */
    void pollInstead(PollSlot post, BooleanSupplier goesOn) {
        if (!post.lead.tryLock()) {
            return;
        }
        try {
            while (!post.left && goesOn.getAsBoolean()) {
                post.look(() -> true);
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
