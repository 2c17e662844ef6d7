package org.fairlead.servlet;

import jakarta.servlet.ServletContext;
import java.util.Optional;
import org.fairlead.eventloop.ReadPollerThread;
import org.fairlead.exchange.ReadinessNotifier;

/**
 * Notifier of readable member connections: our launcher's, or where the container is not ours, a thread of the
 * servlet's own, which is started at its first use. Thread-safe.
 */
final class MemberReadiness implements AutoCloseable {
    private Optional<ReadPollerThread> poller = Optional.empty();

    synchronized ReadinessNotifier in(ServletContext context) {
        if (context.getAttribute(ReadinessNotifier.ATTRIBUTE) instanceof ReadinessNotifier own) {
            return own;
        }
        if (poller.isEmpty()) {
            poller = Optional.of(new ReadPollerThread("fairlead-member-poller"));
        }
        return poller.get();
    }

    @Override
    public synchronized void close() {
        poller.ifPresent(ReadPollerThread::close);
        poller = Optional.empty();
    }
}
