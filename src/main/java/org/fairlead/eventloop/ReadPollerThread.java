package org.fairlead.eventloop;

import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import org.fairlead.concurrent.DaemonThreads;
import org.fairlead.exchange.ReadinessNotifier;

/**
 * A {@link ReadPoller} with one thread of its own: what a container needs whose threads do not poll themselves.
 *
 * <p>The thread is started by the first watch and ends with {@link #close}. Waiters run on it, so they must not block.
 * Thread-safe.
 */
public final class ReadPollerThread implements ReadinessNotifier, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReadPollerThread.class.getName());

    private final ReadPoller poller = new ReadPoller();
    private final String name;
    private volatile boolean started;
    private volatile boolean closed;

    /** @param name of the thread */
    public ReadPollerThread(String name) {
        this.name = name;
    }

    @Override
    public boolean watch(SelectableChannel channel, Runnable ready) {
        if (!started) {
            start();
        }
        return !closed && poller.watch(channel, ready);
    }

    private synchronized void start() {
        if (!started && !closed) {
            DaemonThreads.called(name).newThread(this::run).start();
            started = true;
        }
    }

    @Override
    public void leave(SelectableChannel channel) {
        try {
            poller.leave(channel);
        } catch (ClosedSelectorException e) {
            LOG.log(System.Logger.Level.TRACE, "left after the end", e);
        }
    }

    private void run() {
        while (!closed) {
            try {
                poller.poll(() -> !closed);
            } catch (ClosedSelectorException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a waiting request could not be resumed", e);
            }
        }
    }

    /** Ends the thread; waiters that have not run by then never do. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        poller.close();
    }
}
