package org.fairlead.upstream;

import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.concurrent.VirtualThreads;

/**
 * The threads of tunnels: virtual ones where they cost the platform nothing while they wait.
 *
 * <p>A wait for a member is one on a channel, which has released the platform's thread since Java 21. A wait for a
 * client is the container's: Tomcat's is an {@code Object.wait}, which pins it until Java 24 (JEP 491). By default 256
 * can be pinned so (JEP 444), and more silent clients than that would stop all virtual threads there are.
 */
final class TunnelThreads {
    private static final boolean VIRTUAL_THREADS_READ_CLIENTS =
            Runtime.version().feature() >= 24;

    private TunnelThreads() {}

    /** Runs a job that waits for a client on a thread of its own, a daemon. */
    static void startForClient(String name, Runnable job) {
        start(name, job, VIRTUAL_THREADS_READ_CLIENTS);
    }

    /** Runs a job that waits for a member on a thread of its own, a daemon. */
    static void startForMember(String name, Runnable job) {
        start(name, job, true);
    }

    private static void start(String name, Runnable job, boolean mayBeVirtual) {
        Optional<ThreadFactory> virtual = mayBeVirtual ? VirtualThreads.called(name) : Optional.empty();
        virtual.orElseGet(() -> DaemonThreads.called(name)).newThread(job).start();
    }
}
