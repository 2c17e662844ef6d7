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
 * Watches the connections of one listener. It is Tomcat's poller without its thread: the threads that serve requests look
 * themselves, one at a time, see {@link LeaderFollowerPool}.
 *
 * <p>It also asks less of the kernel. Tomcat stops watching a connection while somebody works on it, and begins again
 * afterwards, two system calls for each request. Here the selector goes on watching, and stops only if something comes
 * while nobody wants it. What is wanted of a connection, Tomcat's {@code interestOps}, and what the selector watches are
 * changed under the key's monitor. Looking is for one thread at a time; everything else is for any.
 */
final class NioPoller extends NioEndpoint.Poller implements LeaderFollowerPool.Pollable {
    private static final System.Logger LOG = System.getLogger(NioPoller.class.getName());

    private final FairleadNioEndpoint endpoint;
    private final Selector selector = getSelector();
    private final long longestMillis;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final Consumer<SelectionKey> onFound = this::found;
    private volatile boolean closed;

    /** @param longestMillis how long a look may take; connections that have timed out are found so often at least */
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

    /** Returns whether the selector has to be told. */
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

    /** Has the selector tell of what comes although nothing is wanted of the connection: see {@link AwaitedClient}. */
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

    /** Tomcat's word for: somebody works on it now. */
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
        // Whoever changes now what is wanted need not wake anybody.
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

    /** Whether something has come that nobody wants now. It is no longer watched for, and what is wanted comes again. */
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

    /** Closes the connections and the selector. Nobody looks any more. */
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
