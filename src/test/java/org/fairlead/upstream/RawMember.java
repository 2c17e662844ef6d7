package org.fairlead.upstream;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fairlead.balancer.Member;
import org.fairlead.model.MemberConfig;

/** A member made of raw bytes: each connection is played by a script. Failures of scripts fail {@link #close()}. */
final class RawMember implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

    /** What the member does on one connection. */
    interface Script {
        void play(Conversation with) throws Exception;
    }

    RawMember(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    RawMember(ServerSocket server, Script script) {
        this.server = server;
        Thread acceptor = new Thread(() -> accept(script), "raw-member");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    /** A member that sends one fixed answer to every request and keeps the connection open. */
    static RawMember answering(String bytes) throws IOException {
        return new RawMember(with -> {
            while (true) {
                with.readHead();
                with.send(bytes);
            }
        });
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                int number = connections.incrementAndGet();
                Thread player = new Thread(() -> play(script, socket, number), "raw-member-connection");
                player.setDaemon(true);
                player.start();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    failures.add(e);
                }
            }
        }
    }

    private void play(Script script, Socket socket, int number) {
        try (socket) {
            script.play(new Conversation(socket, number));
        } catch (EOFException e) {
            // The proxy has gone, which ends every script.
            return;
        } catch (IOException e) {
            // So does a reset.
            return;
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections have come so far. */
    int connections() {
        return connections.get();
    }

    Member member() {
        return new Member(MemberConfig.of("127.0.0.1", port()), java.util.Optional.empty());
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        Throwable failure = failures.poll();
        if (failure != null) {
            throw new AssertionError("the member's script failed", failure);
        }
    }

    /** One connection, seen from the member. */
    static final class Conversation {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final int number;

        Conversation(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.socket.setTcpNoDelay(true);
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
            this.number = number;
        }

        /** 1 for the first connection that came. */
        int number() {
            return number;
        }

        Socket socket() {
            return socket;
        }

        /** Everything up to the empty line, that included. */
        String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int matched = 0;
            while (matched < 4) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException();
                }
                head.write(b);
                matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        String read(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new EOFException();
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        /** Everything up to and including {@code end}. */
        String readTo(String end) throws IOException {
            StringBuilder text = new StringBuilder();
            int from = 0;
            while (text.indexOf(end, from) < 0) {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException();
                }
                text.append((char) b);
                from = Math.max(0, text.length() - end.length());
            }
            return text.toString();
        }

        /** Everything up to the proxy's end. */
        String readAll() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        int readByte() throws IOException {
            return in.read();
        }

        void send(String bytes) throws IOException {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void send(byte[] bytes, int count) throws IOException {
            out.write(bytes, 0, count);
        }

        /** Closes so that the proxy sees a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Takes from a queue that a script fills; waits for it at most 10 s. */
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T value = queue.poll(10, TimeUnit.SECONDS);
        if (value == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return value;
    }
}
