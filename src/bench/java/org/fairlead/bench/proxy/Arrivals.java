package org.fairlead.bench.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A client whose requests come when they come, as those of many users do, however long the answers before take; each
 * on a kept connection that is free, or on a new one. A latency counts from when the request was to be sent.
 *
 * <p>A tail is measured so, and not by wrk: its connections wait for their answers, so a member that stalls quiets the
 * client too, and wrk then adds what it believes to have missed. Both hide which method sends few requests to such a
 * member. The gaps are random and the same for every peer.
 */
final class Arrivals implements AutoCloseable {
    private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

    private final InetSocketAddress address;
    private final byte[] request;
    private final Selector selector;
    private final Deque<Connection> free = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    private final double[] micros;
    private int answered;
    private int failed;

    private static final class Connection {
        final SocketChannel channel;
        final StringBuilder answer = new StringBuilder();
        long askedAt;
        boolean asked;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private Arrivals(int port, String path, int count) throws IOException {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        micros = new double[count];
        selector = Selector.open();
    }

    /** Asks a slow member through a proxy; an answer that has not come 10 s after the last request is an error. */
    static Load.Figures run(int port, String path, int perSecond, double seconds) throws IOException {
        try (Arrivals arrivals = new Arrivals(port, path, (int) Math.round(perSecond * seconds))) {
            arrivals.ask(perSecond);
            return arrivals.figures(seconds);
        }
    }

    private void ask(int perSecond) throws IOException {
        SplittableRandom random = new SplittableRandom(perSecond);
        long next = System.nanoTime();
        int sent = 0;
        while (answered + failed < micros.length) {
            long now = System.nanoTime();
            while (sent < micros.length && next <= now) {
                send(next);
                sent++;
                next += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
            }
            long until = sent < micros.length ? next : next + GRACE;
            if (until <= System.nanoTime() && sent == micros.length) {
                failed = sent - answered;
                return;
            }
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            for (SelectionKey key : selector.selectedKeys()) {
                read((Connection) key.attachment());
            }
            selector.selectedKeys().clear();
        }
    }

    private void send(long at) throws IOException {
        Connection connection = free.isEmpty() ? open() : free.pop();
        connection.askedAt = at;
        connection.asked = true;
        try {
            connection.channel.write(ByteBuffer.wrap(request));
        } catch (IOException e) {
            fail(connection);
        }
    }

    private Connection open() throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        Connection connection = new Connection(channel);
        channel.register(selector, SelectionKey.OP_READ, connection);
        return connection;
    }

    private void read(Connection connection) throws IOException {
        int n;
        try {
            n = connection.channel.read(buffer.clear());
        } catch (IOException e) {
            n = -1;
        }
        if (n < 0) {
            free.remove(connection);
            fail(connection);
            return;
        }
        connection.answer.append(new String(buffer.array(), 0, n, StandardCharsets.ISO_8859_1));
        if (connection.answer.length() > 12
                && !connection.answer.substring(9, 12).equals("200")) {
            fail(connection);
        } else if (connection.answer.indexOf(SlowMember.BODY) >= 0) {
            done(connection);
        }
    }

    private void done(Connection connection) throws IOException {
        micros[answered++] = (System.nanoTime() - connection.askedAt) / 1e3;
        boolean last = connection.answer.toString().toLowerCase(Locale.ROOT).contains("connection: close");
        connection.answer.setLength(0);
        connection.asked = false;
        if (last) {
            connection.channel.close();
        } else {
            free.push(connection);
        }
    }

    private void fail(Connection connection) throws IOException {
        failed += connection.asked ? 1 : 0;
        connection.asked = false;
        connection.channel.close();
    }

    private Load.Figures figures(double seconds) {
        double[] sorted = Arrays.copyOf(micros, answered);
        Arrays.sort(sorted);
        return new Load.Figures(
                answered, seconds, failed, share(sorted, 0.5), share(sorted, 0.99), share(sorted, 0.999));
    }

    private static double share(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * share)];
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
