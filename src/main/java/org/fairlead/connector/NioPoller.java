package org.fairlead.connector;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Poller of one listener's connections. It is Tomcat's poller without its thread: the threads that serve requests poll
 * themselves, one at a time, see {@link LeaderFollowerPool}.
 *
 * <p>It also makes fewer system calls. Tomcat stops watching a connection while a thread works on it, and begins again
 * afterwards: two system calls for each request. Here the selector goes on watching, and stops only if bytes arrive
 * while no reader wants them. Tomcat's {@code interestOps} say what is wanted of a connection; they and the selector's
 * interest are changed under the key's monitor. Polling is for one thread at a time; everything else is for any.
 */
final class NioPoller extends NioEndpoint.Poller implements LeaderFollowerPool.Pollable {
    private static final System.Logger LOG = System.getLogger(NioPoller.class.getName());

    private final FairleadNioEndpoint endpoint;
    private final Selector selector = getSelector();
    private final long longestMillis;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Consumer<SelectionKey> onFound = this::found;
    private volatile boolean closed;

    /** @param longestMillis maximum time of a poll; connections that have timed out are found so often at least */
    NioPoller(FairleadNioEndpoint endpoint, long longestMillis) throws IOException {
        endpoint.super();
        this.endpoint = endpoint;
        this.longestMillis = longestMillis;
    }

    @Override
    public void register(NioSocketWrapper connection) {
        connection.interestOps(SelectionKey.OP_READ);
        try {
            connection.getSocket().getIOChannel().register(selector, SelectionKey.OP_READ, connection);
            wake();
        } catch (IOException | ClosedSelectorException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection ended before it was watched", e);
            connection.close();
        }
    }

    @Override
    public void add(NioSocketWrapper connection, int operations) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        SelectionKey key = channel == null ? null : channel.keyFor(selector);
        if (key == null) {
            connection.close();
            return;
        }
        try {
            if (want(key, connection, operations)) {
                wake();
            }
        } catch (CancelledKeyException e) {
            connection.close();
        }
        if (closed) {
            endpoint.processSocket(connection, SocketEvent.STOP, false);
        }
    }

    /** Adds operations; returns whether the selector has to be woken. */
    private static boolean want(SelectionKey key, NioSocketWrapper connection, int operations) {
        synchronized (key) {
            connection.interestOps(connection.interestOps() | operations);
            int watched = key.interestOps();
            if ((watched | operations) == watched) {
                return false;
            }
            key.interestOps(watched | operations);
            return true;
        }
    }

    /** Makes the selector report arriving bytes although no reader wants them: see {@link AwaitedClient}. */
    void watchClient(NioSocketWrapper connection) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        SelectionKey key = channel == null ? null : channel.keyFor(selector);
        if (key == null) {
            return;
        }
        try {
            synchronized (key) {
                int watched = key.interestOps();
                if ((watched & SelectionKey.OP_READ) != 0) {
                    return;
                }
                key.interestOps(watched | SelectionKey.OP_READ);
            }
            wake();
        } catch (CancelledKeyException e) {
            LOG.log(System.Logger.Level.TRACE, "has just left", e);
        }
    }

    /** Called by Tomcat when a thread begins to work on the connection. */
    @Override
    protected void unreg(SelectionKey key, NioSocketWrapper connection, int operations) {
        synchronized (key) {
            connection.interestOps(connection.interestOps() & ~operations);
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
        return false;
    }

    @Override
    public void look(BooleanSupplier mayWait) {
        if (closed) {
            return;
        }
        try {
            asleep.set(true);
            boolean waits = mayWait.getAsBoolean();
            int found = waits ? selector.select(onFound, longestMillis) : selector.selectNow(onFound);
            boolean woken = !asleep.getAndSet(false);
            timeout(found, woken || !waits);
        } catch (IOException | ClosedSelectorException e) {
            LOG.log(closed ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR, "connections cannot be watched", e);
        } finally {
            asleep.set(false);
        }
    }

    private void found(SelectionKey key) {
        // Interest changed from here on is seen by the next select; no wakeup is needed.
        asleep.set(false);
        NioSocketWrapper connection = (NioSocketWrapper) key.attachment();
        try {
            if (!isUnwanted(key, connection)) {
                processKey(key, connection);
            } else if (connection instanceof ConnectionWrapper own) {
                own.lookAtClient();
            }
        } catch (CancelledKeyException e) {
            connection.close();
        }
    }

    /**
     * Whether an event has come that no reader wants now. Interest in it ends, and what is wanted is reported again.
     */
    private static boolean isUnwanted(SelectionKey key, NioSocketWrapper connection) {
        synchronized (key) {
            int wanted = connection.interestOps();
            if ((key.readyOps() & ~wanted) == 0) {
                return false;
            }
            key.interestOps(wanted);
            return true;
        }
    }

    /** Closes the connections and the selector. No thread polls any more. */
    void close() {
        closed = true;
        destroy();
        timeout(0, false);
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a selector", e);
        }
    }
}
