package org.fairlead.concurrent;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Named virtual threads, where the JDK has them: from Java 21 on (JEP 444). They are created by reflection, because the
 * sources are for Java 17. They do not keep the process alive.
 *
 * <p>Before Java 24 (JEP 491) one that waits in {@code Object.wait}, as Tomcat does for a client, pins its carrier, of
 * which there are 256 by default; code that waits so must check the version first.
 */
public final class VirtualThreads {
    private static final int SINCE = 21;

    private VirtualThreads() {}

    /** Each thread is called {@code name-0}, {@code name-1} and so on; empty where there are none. */
    public static Optional<ThreadFactory> numbered(String name) {
        return factory(List.of(String.class, long.class), name + "-", 0L);
    }

    /** Each thread has this name; empty where there are none. */
    public static Optional<ThreadFactory> called(String name) {
        return factory(List.of(String.class), name);
    }

    /** Runs each task on a thread of its own that has this name; empty where there are none. */
    public static Optional<ExecutorService> forEachTask(String name) {
        return called(name).map(VirtualThreads::forEachTask);
    }

    private static Optional<ThreadFactory> factory(List<Class<?>> types, Object... values) {
        if (Runtime.version().feature() < SINCE) {
            return Optional.empty();
        }
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Object threads = Thread.class.getMethod("ofVirtual").invoke(null);
            builder.getMethod("name", types.toArray(Class<?>[]::new)).invoke(threads, values);
            return Optional.of((ThreadFactory) builder.getMethod("factory").invoke(threads));
        } catch (ReflectiveOperationException e) {
            throw missing(e);
        }
    }

    private static ExecutorService forEachTask(ThreadFactory threads) {
        try {
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, threads);
        } catch (ReflectiveOperationException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(ReflectiveOperationException cause) {
        return new IllegalStateException("JDK " + Runtime.version() + " has no virtual threads", cause);
    }
}
