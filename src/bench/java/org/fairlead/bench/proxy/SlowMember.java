package org.fairlead.bench.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A member that answers every GET after a while, thousands at once on one thread. */
final class SlowMember implements AutoCloseable {
    /** What every answer ends with. */
    static final String BODY = "slow\n";

    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY)
            .getBytes(StandardCharsets.ISO_8859_1);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(200);

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final long delay;
    private final boolean stalls;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 * 1024);

    private final Queue<CompletableFuture<Void>> partings = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private record Due(long at, SocketChannel channel) {}

    private SlowMember(long delayMillis, boolean stalls) throws IOException {
        this.delay = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        this.stalls = stalls;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8192);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** @param stalls whether it says nothing in the first 200 ms of every second */
    static SlowMember start(long delayMillis, boolean stalls) throws IOException {
        SlowMember member = new SlowMember(delayMillis, stalls);
        Thread thread = new Thread(member::run, "slow-member");
        thread.setDaemon(true);
        thread.start();
        return member;
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /**
     * Closes every connection as soon as all requests are answered, and returns when they are closed. An orderly end, as of
     * a server whose keep-alive time is over: what a proxy keeps for later is what it must be ready to lose.
     *
     * @throws IOException if this member works no more, or is still being asked after half a minute
     */
    void letGo() throws IOException, InterruptedException {
        CompletableFuture<Void> parted = new CompletableFuture<>();
        partings.add(parted);
        selector.wakeup();
        try {
            CompletableFuture.anyOf(parted, ended).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("slow member: " + e, e);
        }
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                select();
                answer();
                if (due.isEmpty() && !partings.isEmpty()) {
                    part();
                }
            }
        } catch (IOException | java.nio.channels.ClosedSelectorException e) {
            if (selector.isOpen()) {
                System.err.println("benchmark: slow member: " + e);
            }
            ended.completeExceptionally(e);
        }
    }

    private void part() throws IOException {
        for (SelectionKey key : selector.keys()) {
            if (key.channel() instanceof SocketChannel channel) {
                channel.close();
            }
        }
        // A registered channel keeps its descriptor until the selector has seen that it is closed.
        selector.selectNow();
        for (CompletableFuture<Void> parted = partings.poll(); parted != null; parted = partings.poll()) {
            parted.complete(null);
        }
    }

    private void select() throws IOException {
        long wait = due.isEmpty() ? SECOND : due.peek().at() - System.nanoTime();
        if (wait > 0) {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait + 999_999)));
        } else {
            selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isAcceptable()) {
                accept();
            } else if (key.isReadable()) {
                read((SocketChannel) key.channel());
            }
        }
        selector.selectedKeys().clear();
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    /** A head without a body comes in one read, and the next only after our answer. */
    private void read(SocketChannel channel) throws IOException {
        buffer.clear();
        int n;
        try {
            n = channel.read(buffer);
        } catch (IOException e) {
            n = -1;
        }
        if (n < 0) {
            channel.close();
        } else {
            due.add(new Due(answerAt(System.nanoTime()), channel));
        }
    }

    private long answerAt(long now) {
        long at = now + delay;
        long within = Math.floorMod(at, SECOND);
        return stalls && within < STALL ? at + STALL - within : at;
    }

    private void answer() throws IOException {
        long now = System.nanoTime();
        while (!due.isEmpty() && due.peek().at() <= now) {
            SocketChannel channel = due.poll().channel();
            if (channel.isOpen()) {
                try {
                    channel.write(ByteBuffer.wrap(ANSWER));
                } catch (IOException e) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        listener.close();
    }
}
