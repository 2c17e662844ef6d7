package org.fairlead.connector;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gate in front of a listening socket: controls when a connector accepts connections from it. It is shut until it is
 * opened, while clients queue in the kernel. It can also be left without accepting and then dropping a connection, as
 * Tomcat's own way of stopping does.
 *
 * <p>Several gates may share one socket, so that a connector can take over another one's. One thread accepts
 * connections; the other methods may be called by any thread.
 */
final class AcceptGate {
    private enum State {
        /** Connections wait in the kernel's queue. */
        SHUT,
        /** Connections are accepted. */
        OPEN,
        /** Connections that wait already are accepted, and then no more. */
        EMPTYING,
        /** No more are accepted; those that wait are left to other holders of the socket. */
        LEFT,
        /** The connector ends. */
        GONE
    }

    private final ServerSocketChannel channel;
    private final Selector selector;
    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicReference<State> state = new AtomicReference<>(State.SHUT);
    /** Used by the acceptor thread alone. */
    private boolean registered;

    /** @param channel is made non-blocking */
    AcceptGate(ServerSocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
    }

    ServerSocketChannel channel() {
        return channel;
    }

    void open() {
        state.compareAndSet(State.SHUT, State.OPEN);
        selector.wakeup();
    }

    /**
     * Waits for the next connection. Returns null when the connector ends, which Tomcat's acceptor has been told
     * before.
     *
     * @throws IOException if the system refuses a connection, for want of file descriptors for instance
     */
    SocketChannel next() throws IOException {
        try {
            State now = state.get();
            while (now != State.GONE) {
                if (now == State.OPEN || now == State.EMPTYING) {
                    SocketChannel connection = channel.accept();
                    if (connection != null) {
                        return connection;
                    }
                }
                if (now == State.EMPTYING) {
                    state.compareAndSet(State.EMPTYING, State.LEFT);
                } else {
                    rest(now);
                }
                now = state.get();
            }
        } catch (ClosedSelectorException e) {
            // The connector ended while this thread was about to wait.
            state.set(State.GONE);
        }
        left.countDown();
        return null;
    }

    private void rest(State now) throws IOException {
        if (now == State.LEFT) {
            left.countDown();
        }
        if (now == State.OPEN && !registered) {
            channel.register(selector, SelectionKey.OP_ACCEPT);
            registered = true;
        } else if (now == State.LEFT && registered) {
            selector.keys().forEach(SelectionKey::cancel);
            registered = false;
        }
        selector.select(key -> {});
    }

    /**
     * Stops accepting connections, and returns when the acceptor thread no longer holds one.
     *
     * @param emptied whether connections that wait already are accepted first, as no other process or connector will;
     *     the socket is to be closed then
     * @return false on timeout: the connector is at its limit of connections
     */
    boolean leave(boolean emptied, long millis) {
        state.updateAndGet(now -> now == State.GONE ? now : emptied ? State.EMPTYING : State.LEFT);
        selector.wakeup();
        try {
            return left.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Makes {@link #next} return null from now on. */
    void end() {
        state.set(State.GONE);
        selector.wakeup();
    }

    /** Releases the socket, which stays open for others unless this call closes it. */
    void close(boolean socketToo) throws IOException {
        end();
        // Before the socket: one that is still registered with a selector stays open until that selector's next select.
        selector.close();
        if (socketToo) {
            channel.close();
        }
    }
}
