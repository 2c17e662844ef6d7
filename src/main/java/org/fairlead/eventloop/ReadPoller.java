package org.fairlead.eventloop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.fairlead.exchange.ReadinessNotifier;

/**
 * A selector over connections to members, for all requests that wait for a response.
 *
 * <p>A connection stays registered while it is in use and while it idles, which takes no system call. Only when bytes
 * arrive that no request waits for is its interest cleared. {@link #poll} is called by one thread at a time; everything
 * else by any thread. The waiter of a key and its interest change under the key's monitor.
 */
public final class ReadPoller implements ReadinessNotifier, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReadPoller.class.getName());

    private static final Runnable NO_WAITER = () -> {};

    private final Selector selector;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Consumer<SelectionKey> onReady = this::ready;

    /** The waiter of a channel; guarded by the key. */
    private static final class Waiting {
        private Runnable waiter;

        Waiting(Runnable waiter) {
            this.waiter = waiter;
        }
    }

    /** @throws UncheckedIOException if the system gives no selector */
    public ReadPoller() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
    }

    @Override
    public boolean watch(SelectableChannel channel, Runnable ready) {
        try {
            SelectionKey key = channel.keyFor(selector);
            if (key == null) {
                channel.register(selector, SelectionKey.OP_READ, new Waiting(ready));
                wake();
            } else if (await(key, ready)) {
                wake();
            }
            return true;
        } catch (IOException | CancelledKeyException | ClosedSelectorException e) {
            // It was closed, or has left a moment ago and the selector has not yet seen to that.
            LOG.log(System.Logger.Level.TRACE, "not watched", e);
            return false;
        }
    }

    /** Returns whether the selector has to be told. */
    private static boolean await(SelectionKey key, Runnable ready) {
        synchronized (key) {
            boolean silenced = key.interestOps() == 0;
            ((Waiting) key.attachment()).waiter = ready;
            if (silenced) {
                key.interestOps(SelectionKey.OP_READ);
            }
            return silenced;
        }
    }

    @Override
    public void leave(SelectableChannel channel) {
        SelectionKey key = channel.keyFor(selector);
        if (key == null) {
            return;
        }
        key.cancel();
        if (!channel.isOpen()) {
            // The next poll closes its descriptor.
            wake();
        }
    }

    /** Ends a poll that waits. Returns false where no poll waits. */
    public boolean wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            selector.wakeup();
            return true;
        }
        return false;
    }

    /**
     * Runs the waiters of the connections that can be read now.
     *
     * @param mayWait asked once, when waiters that come from then on end the wait; true = wait until there is one
     */
    public void poll(BooleanSupplier mayWait) {
        try {
            asleep.set(true);
            if (mayWait.getAsBoolean()) {
                selector.select(onReady);
            } else {
                selector.selectNow(onReady);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "members cannot be watched", e);
        } finally {
            asleep.set(false);
        }
    }

    private void ready(SelectionKey key) {
        // A watch from here on is seen by the next select; no wakeup needed.
        asleep.set(false);
        Runnable waiter;
        synchronized (key) {
            Waiting waiting = (Waiting) key.attachment();
            waiter = waiting.waiter;
            waiting.waiter = NO_WAITER;
            if (waiter == NO_WAITER && key.isValid()) {
                try {
                    key.interestOps(0);
                } catch (CancelledKeyException e) {
                    LOG.log(System.Logger.Level.TRACE, "has just left", e);
                }
            }
        }
        waiter.run();
    }

    /** Closes the selector; watches from then on are refused, and the connections stay open. */
    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a selector could not be closed", e);
        }
    }
}
