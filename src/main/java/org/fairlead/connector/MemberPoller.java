package org.fairlead.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.fairlead.exchange.ReadinessNotifier;

/**
 * Watches connections to members for all requests that wait for an answer. The threads that serve requests look, one at a
 * time, as they do for clients ({@link NioPoller}). A connection stays watched while it is in use and while it idles, which
 * takes no call of the kernel; only if something comes that nobody waits for is the kernel told to be silent about it.
 *
 * <p>Looking is for one thread at a time; everything else is for any. Who waits, and whether the selector watches, is changed
 * under the key's monitor.
 */
final class MemberPoller implements ReadinessNotifier, LeaderFollowerPool.Pollable {
    private static final System.Logger LOG = System.getLogger(MemberPoller.class.getName());

    private static final Runnable NO_WAITER = () -> {};

    private final Selector selector;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Consumer<SelectionKey> onFound = this::found;
    private Optional<RequestExecutor> threads = Optional.empty();
    private Optional<LeaderFollowerPool.PollSlot> post = Optional.empty();

    /** Who waits for a channel; guarded by the key. */
    private static final class Waiting {
        private Runnable ready;

        Waiting(Runnable ready) {
            this.ready = ready;
        }
    }

    MemberPoller() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
    }

    /** Has these threads look, instead of those before. To be called by one thread at a time. */
    void lookedAfterBy(RequestExecutor those) {
        post.ifPresent(left -> threads.orElseThrow().detach(left));
        threads = Optional.of(those);
        post = Optional.of(those.attach(this));
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
            ((Waiting) key.attachment()).ready = ready;
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
            // Its descriptor is closed by whoever looks next.
            wake();
        }
    }

    @Override
    public boolean wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            selector.wakeup();
            return true;
        }
        return false;
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public void look(BooleanSupplier mayWait) {
        try {
            asleep.set(true);
            if (mayWait.getAsBoolean()) {
                selector.select(onFound);
            } else {
                selector.selectNow(onFound);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "members cannot be watched", e);
        } finally {
            asleep.set(false);
        }
    }

    private void found(SelectionKey key) {
        // Whoever begins to wait now need not wake anybody.
        asleep.set(false);
        Runnable ready;
        synchronized (key) {
            Waiting waiting = (Waiting) key.attachment();
            ready = waiting.ready;
            waiting.ready = NO_WAITER;
            if (ready == NO_WAITER && key.isValid()) {
                try {
                    key.interestOps(0);
                } catch (CancelledKeyException e) {
                    LOG.log(System.Logger.Level.TRACE, "has just left", e);
                }
            }
        }
        ready.run();
    }
}
