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
 * Where a connector takes connections off a listening socket. It is shut until it is opened, while clients queue in the
 * kernel; and it can be left so that no connection is taken and then dropped, as Tomcat's own way of stopping does.
 *
 * <p>Several doors may stand around one socket, so that a connector can take over another one's. One thread takes
 * connections; the other methods may be called by any.
 */
final class AcceptGate {
    private enum State {
        /** Connections wait. */
        SHUT,
        /** Connections are taken. */
        OPEN,
        /** Those that wait already are taken, and then no more. */
        EMPTYING,
        /** No more are taken; those that wait are left to whoever else has the socket. */
        LEFT,
        /** The connector ends. */
        GONE
    }

    private final ServerSocketChannel channel;
    private final Selector selector;
    private final CountDownLatch left = new CountDownLatch(1);
    private final AtomicReference<State> state = new AtomicReference<>(State.SHUT);
    /** Of the acceptor alone. */
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
     * Waits for the next connection. Null when the connector ends, which Tomcat's acceptor has been told before.
     *
     * @throws IOException if the system refuses one, for want of file descriptors for instance
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
            // It ended while this thread was on its way to wait.
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
     * Stops taking connections, and returns when the acceptor has none in its hand any more.
     *
     * @param emptied whether those that wait already are taken first, as nobody else will; the socket is to be closed then
     * @return false if that took too long: the connector is at its limit of connections
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

    /** Lets {@link #next} return null from now on. */
    void end() {
        state.set(State.GONE);
        selector.wakeup();
    }

    /** Lets go of the socket, which stays open for others unless this one closes it. */
    void close(boolean socketToo) throws IOException {
        end();
        // First: a socket that some selector still looks at would be open until that looks again.
        selector.close();
        if (socketToo) {
            channel.close();
        }
    }
}
