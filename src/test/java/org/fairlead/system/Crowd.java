package org.fairlead.system;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Thousands of clients on one thread, each as slow or as silent as its {@link Manner} wants.
 *
 * <p>A tick of {@link #TICK} moves the slow ones. Thread-safe; counts may be a moment old.
 */
final class Crowd implements Closeable {
    /** How often a slow client does its next little bit. */
    static final Duration TICK = Duration.ofMillis(500);

    private static final int KEPT = 4096;

    private final Selector selector = Selector.open();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Client> clients = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(65_536);
    private final Thread thread = new Thread(this::run, "crowd");
    private volatile boolean closed;

    Crowd() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * What a client does.
     *
     * @param first what it sends at once; may be empty
     * @param drip what it sends at every tick; may be empty
     * @param readPerTick how many bytes it takes at each tick; −1 = all that come, at once
     */
    record Manner(byte[] first, byte[] drip, int readPerTick) {
        /** Sends a text, one byte per character, and reads what comes. */
        static Manner saying(String text) {
            return new Manner(text.getBytes(StandardCharsets.ISO_8859_1), new byte[0], -1);
        }

        Manner dripping(String text) {
            return new Manner(first, text.getBytes(StandardCharsets.ISO_8859_1), readPerTick);
        }

        Manner takingPerTick(int bytes) {
            return new Manner(first, drip, bytes);
        }
    }

    /** Clients of one manner. */
    final class Group {
        private final List<Client> members = new ArrayList<>();

        /** How many have connected and were not closed by the server since. */
        long open() {
            return members.stream()
                    .filter(client -> client.connected && !client.gone)
                    .count();
        }

        /** How many have received at least so many bytes. */
        long received(int bytes) {
            return members.stream().filter(client -> client.received >= bytes).count();
        }

        /** How many have received what ends so, within the first 4 KiB. */
        long heard(String ending) {
            return members.stream()
                    .filter(client -> client.text().endsWith(ending))
                    .count();
        }

        /** Lets each of them send. */
        void send(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            tasks.add(() -> members.forEach(client -> client.say(bytes)));
            selector.wakeup();
        }

        /** Ends them all, in order. */
        void leave() {
            tasks.add(() -> members.forEach(Client::end));
            selector.wakeup();
        }
    }

    /** Sends so many clients on their way; returns before they have connected. */
    Group join(int port, int count, Manner manner) {
        Group group = new Group();
        for (int i = 0; i < count; i++) {
            group.members.add(new Client(manner));
        }
        tasks.add(() -> {
            clients.addAll(group.members);
            group.members.forEach(client -> client.connect(port));
        });
        selector.wakeup();
        return group;
    }

    private void run() {
        long next = System.nanoTime() + TICK.toNanos();
        try (selector) {
            while (!closed) {
                long wait = (next - System.nanoTime()) / 1_000_000;
                selector.select(key -> ((Client) key.attachment()).act(key), Math.max(1, wait));
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                if (System.nanoTime() - next >= 0) {
                    next += TICK.toNanos();
                    clients.forEach(Client::tick);
                }
            }
            clients.forEach(Client::end);
        } catch (IOException e) {
            throw new IllegalStateException("the crowd has lost its selector", e);
        }
    }

    /** Ends all clients and the thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection; moved by the crowd's thread alone. */
    private final class Client {
        private final Manner manner;
        private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
        /** Guarded by itself. */
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        private SocketChannel channel;
        private int allowance;
        private volatile boolean connected;
        private volatile boolean gone;
        private volatile long received;

        Client(Manner manner) {
            this.manner = manner;
            this.allowance = Math.max(0, manner.readPerTick());
            unsent.writeBytes(manner.first());
        }

        void connect(int port) {
            try {
                channel = SocketChannel.open();
                channel.configureBlocking(false);
                if (manner.readPerTick() >= 0) {
                    // Else the system's own buffers would take megabytes in a slow reader's place.
                    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
                }
                channel.connect(new InetSocketAddress(Loopback.address(), port));
                channel.register(selector, SelectionKey.OP_CONNECT, this);
            } catch (IOException e) {
                end();
            }
        }

        void act(SelectionKey key) {
            try {
                if (key.isConnectable() && channel.finishConnect()) {
                    connected = true;
                    key.interestOps(SelectionKey.OP_READ);
                    write();
                } else if (key.isReadable()) {
                    read(key);
                } else if (key.isWritable()) {
                    key.interestOps(SelectionKey.OP_READ);
                    write();
                }
            } catch (IOException e) {
                end();
            }
        }

        private void read(SelectionKey key) throws IOException {
            buffer.clear();
            if (manner.readPerTick() >= 0) {
                buffer.limit(Math.min(buffer.capacity(), allowance));
            }
            int n = channel.read(buffer);
            if (n < 0) {
                end();
                return;
            }
            received += n;
            synchronized (kept) {
                kept.write(buffer.array(), 0, Math.min(n, KEPT - kept.size()));
            }
            if (manner.readPerTick() >= 0) {
                allowance -= n;
                if (allowance == 0) {
                    key.interestOps(0);
                }
            }
        }

        void tick() {
            if (!connected || gone) {
                return;
            }
            say(manner.drip());
            if (manner.readPerTick() >= 0) {
                allowance = manner.readPerTick();
                channel.keyFor(selector).interestOpsOr(SelectionKey.OP_READ);
            }
        }

        void say(byte[] bytes) {
            if (bytes.length == 0 || gone) {
                return;
            }
            unsent.writeBytes(bytes);
            if (connected) {
                try {
                    write();
                } catch (IOException e) {
                    end();
                }
            }
        }

        private void write() throws IOException {
            if (unsent.size() == 0) {
                return;
            }
            ByteBuffer bytes = ByteBuffer.wrap(unsent.toByteArray());
            channel.write(bytes);
            unsent.reset();
            unsent.write(bytes.array(), bytes.position(), bytes.remaining());
            if (unsent.size() > 0) {
                channel.keyFor(selector).interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        }

        String text() {
            synchronized (kept) {
                return kept.toString(StandardCharsets.ISO_8859_1);
            }
        }

        void end() {
            gone = true;
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                throw new IllegalStateException("a socket that cannot be closed", e);
            }
        }
    }
}
