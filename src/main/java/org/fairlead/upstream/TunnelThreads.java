package org.fairlead.upstream;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/** Starts a tunnel's threads: virtual from Java 21 on, so that an idle tunnel costs none of the platform's. */
final class TunnelThreads {
    private static final Optional<MethodHandle> START_VIRTUAL = find();

    private TunnelThreads() {}

    private static Optional<MethodHandle> find() {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            return Optional.of(MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class)));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Runs {@code job} on a thread of its own, a daemon. */
    static void start(String name, Runnable job) {
        if (START_VIRTUAL.isPresent()) {
            Runnable named = () -> {
                Thread.currentThread().setName(name);
                job.run();
            };
            try {
                Thread started = (Thread) START_VIRTUAL.get().invokeExact(named);
                assert started.isDaemon();
            } catch (Throwable e) {
                throw new IllegalStateException("no thread for a tunnel", e);
            }
        } else {
            Thread thread = new Thread(job, name);
            thread.setDaemon(true);
            thread.start();
        }
    }
}
