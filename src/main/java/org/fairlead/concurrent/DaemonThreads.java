package org.fairlead.concurrent;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Named daemon threads: they do not keep the process alive. */
public final class DaemonThreads {
    private static final long IDLE_SECONDS = 60;

    private DaemonThreads() {}

    /** Each thread is called {@code name-1}, {@code name-2} and so on. */
    public static ThreadFactory numbered(String name) {
        AtomicLong count = new AtomicLong();
        return task -> daemon(task, name + "-" + count.incrementAndGet());
    }

    /** Creates threads that all have this name: for a single thread, or for threads that need not be distinguished. */
    public static ThreadFactory called(String name) {
        return task -> daemon(task, name);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** An executor of at most so many threads, with an unbounded queue of tasks; idle threads end. */
    public static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), numbered(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
