package org.fairlead.system;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member for load: one thread, thousands of connections, and no record of what it was asked.
 *
 * <p>The path says what it does: {@code /bytes/N} answers N bytes, {@code /chunks/N} the same in chunks, {@code
 * /sum} the length and sum of the body that came, {@code /late/N} after N milliseconds, {@code /cut/N} closes in the
 * middle of N bytes, {@code /surplus} says more than its length, {@code /bad} is not HTTP, {@code /hold} answers
 * when it is {@link #release told}, {@code /tunnel} switches and gives back what comes. Thread-safe.
 */
final class BusyMember implements Closeable {
    private static final Pattern PATH = Pattern.compile("([A-Z]+) /([a-z]+)/?(\\d*)\\S* HTTP/1\\.[01]\r\n");
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
    private static final int PIECE = 65_536;
    private static final int PERIOD = 23;
    /** A whole number of periods, so that every piece of a body begins like the first. */
    private static final byte[] BLOCK = new byte[PERIOD * 700];

    static {
        for (int i = 0; i < BLOCK.length; i++) {
            BLOCK[i] = pattern(i);
        }
    }

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    private final PriorityQueue<Late> late = new PriorityQueue<>(Comparator.comparingLong(Late::due));
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final Thread thread = new Thread(this::run, "busy-member");
    private volatile boolean closed;

    private final List<Talk> held = new ArrayList<>();
    private final AtomicInteger heldCount = new AtomicInteger();
    private volatile boolean released;

    private record Late(long due, Talk talk) {}

    BusyMember() throws IOException {
        listener.bind(new InetSocketAddress(Loopback.address(), 0), 4096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    /** Said in a tunnel, it makes the member end it. */
    static final String LEAVE = "and now the member leaves";

    /** The byte at this place of every body. */
    static byte pattern(long position) {
        return (byte) ('a' + position % PERIOD);
    }

    /** Sums a body up so that lost, doubled and swapped bytes show. */
    static int sum(int before, byte next) {
        return before * 31 + next;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.socket().getLocalPort());
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /** How many connections are open now. */
    int openConnections() {
        return open.get();
    }

    /** How many requests wait to be released. */
    int held() {
        return heldCount.get();
    }

    /** Answers those that wait. */
    void release() {
        released = true;
        selector.wakeup();
    }

    /** How many heads have come. */
    long requests() {
        return requests.get();
    }

    private void run() {
        try (selector;
                listener) {
            while (!closed) {
                selector.select(this::act, late.isEmpty() ? 0 : 5);
                if (released) {
                    released = false;
                    held.forEach(talk -> talk.answerNow("200 OK", 2, false));
                    held.clear();
                    heldCount.set(0);
                }
                long now = System.nanoTime();
                while (!late.isEmpty() && late.peek().due() - now <= 0) {
                    late.remove().talk().answerNow("200 OK", 2, false);
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a member has lost its selector", e);
        }
    }

    private void act(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = listener.accept();
                if (channel != null) {
                    channel.configureBlocking(false);
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    // Else the system takes megabytes of an answer that nobody reads.
                    channel.setOption(StandardSocketOptions.SO_SNDBUF, PIECE);
                    open.incrementAndGet();
                    channel.register(selector, SelectionKey.OP_READ, new Talk(channel));
                }
            } else {
                ((Talk) key.attachment()).move(key);
            }
        } catch (IOException e) {
            if (key.attachment() instanceof Talk talk) {
                talk.end();
            }
        }
    }

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

    /** One connection; moved by the member's thread alone. */
    private final class Talk {
        private final SocketChannel channel;
        private final StringBuilder head = new StringBuilder();
        private final Deque<ByteBuffer> out = new ArrayDeque<>();
        private boolean tunnel;
        private boolean closing;
        private boolean over;

        /** Of the answer that goes out: bytes not made yet. */
        private long toMake;

        private boolean chunked;

        /** Of the request that comes in. */
        private String action = "";

        private long number;
        private long bodyLeft;
        private long bodyCame;
        private int bodySum;
        private boolean inBody;
        private boolean bodyInChunks;
        private final StringBuilder chunkHead = new StringBuilder();

        Talk(SocketChannel channel) {
            this.channel = channel;
        }

        void move(SelectionKey key) throws IOException {
            if (key.isReadable()) {
                buffer.clear();
                int n = channel.read(buffer);
                if (n < 0) {
                    end();
                    return;
                }
                buffer.flip();
                take(buffer);
            }
            flush();
        }

        private void take(ByteBuffer in) throws IOException {
            while (in.hasRemaining() && !over) {
                if (tunnel) {
                    ByteBuffer copy = ByteBuffer.allocate(in.remaining());
                    copy.put(in).flip();
                    if (copy.equals(ByteBuffer.wrap(LEAVE.getBytes(StandardCharsets.US_ASCII)))) {
                        end();
                        return;
                    }
                    out.add(copy);
                } else if (inBody) {
                    takeBody(in);
                } else {
                    head.append((char) (in.get() & 0xFF));
                    if (head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                        begin();
                    }
                }
            }
        }

        private void begin() throws IOException {
            requests.incrementAndGet();
            String text = head.toString();
            head.setLength(0);
            Matcher path = PATH.matcher(text);
            if (!path.lookingAt()) {
                throw new IOException("no such path: " + text);
            }
            action = path.group(2);
            number = path.group(3).isEmpty() ? 0 : Long.parseLong(path.group(3));
            String lower = text.toLowerCase(Locale.ROOT);
            Matcher length = LENGTH.matcher(lower);
            bodyLeft = length.find() ? Long.parseLong(length.group(1)) : 0;
            bodyInChunks = lower.contains("\r\ntransfer-encoding: chunked\r\n");
            bodyCame = 0;
            bodySum = 0;
            inBody = bodyInChunks || bodyLeft > 0;
            if (!inBody) {
                answer();
            }
        }

        private void takeBody(ByteBuffer in) throws IOException {
            if (bodyInChunks && bodyLeft == 0) {
                takeChunkHead((char) (in.get() & 0xFF));
                return;
            }
            while (in.hasRemaining() && bodyLeft > 0) {
                bodySum = sum(bodySum, in.get());
                bodyCame++;
                bodyLeft--;
            }
            if (bodyLeft == 0 && !bodyInChunks) {
                inBody = false;
                answer();
            }
        }

        /** Also reads over the line end behind a chunk; there are no trailers in these tests. */
        private void takeChunkHead(char next) throws IOException {
            chunkHead.append(next);
            if (next != '\n') {
                return;
            }
            String line = chunkHead.toString();
            if (line.equals("0\r\n")) {
                // Its empty line is still to come.
                return;
            }
            chunkHead.setLength(0);
            if (line.startsWith("0")) {
                inBody = false;
                answer();
            } else if (!line.isBlank()) {
                bodyLeft = Long.parseLong(line.strip(), 16);
            }
        }

        private void answer() throws IOException {
            switch (action) {
                case "bytes" -> answerNow("200 OK", number, false);
                case "chunks" -> answerNow("200 OK", number, true);
                case "sum" ->
                    say(ok(Long.toString(bodyCame).length()
                                    + 1
                                    + Integer.toString(bodySum).length()) + bodyCame + " " + bodySum);
                case "late" -> late.add(new Late(System.nanoTime() + number * 1_000_000, this));
                case "hold" -> {
                    held.add(this);
                    heldCount.incrementAndGet();
                }
                case "cut" -> {
                    say(ok(2 * number));
                    toMake = number;
                    closing = true;
                }
                case "surplus" -> say(ok(2) + "okHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                case "bad" -> say("This is not HTTP\r\n\r\n");
                case "tunnel" -> {
                    say("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                    tunnel = true;
                }
                default -> throw new IOException("no such action: " + action);
            }
        }

        void answerNow(String status, long length, boolean inChunks) {
            if (over) {
                return;
            }
            chunked = inChunks;
            toMake = length;
            say(inChunks ? "HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n" : ok(length));
            try {
                flush();
            } catch (IOException e) {
                end();
            }
        }

        private static String ok(long length) {
            return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n";
        }

        private void say(String text) {
            out.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        }

        private void flush() throws IOException {
            while (!over && (!out.isEmpty() || toMake > 0)) {
                if (out.isEmpty()) {
                    make();
                }
                channel.write(out.peekFirst());
                if (out.peekFirst().hasRemaining()) {
                    channel.keyFor(selector).interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                out.pollFirst();
            }
            if (closing) {
                end();
            } else if (!over) {
                channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
            }
        }

        private void make() {
            int n = (int) Math.min(toMake, BLOCK.length);
            toMake -= n;
            ByteBuffer piece = ByteBuffer.wrap(BLOCK, 0, n);
            if (chunked) {
                say(Integer.toHexString(n) + "\r\n");
                out.add(piece);
                say(toMake == 0 ? "\r\n0\r\n\r\n" : "\r\n");
            } else {
                out.add(piece);
            }
        }

        void end() {
            if (over) {
                return;
            }
            over = true;
            open.decrementAndGet();
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("a socket that cannot be closed", e);
            }
        }
    }
}
