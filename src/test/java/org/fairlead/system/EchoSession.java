package org.fairlead.system;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One WebSocket of the JDK's client, its messages put together and queued. One thread. */
final class EchoSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Ear ear = new Ear();
    private final WebSocket socket;

    private EchoSession(HttpClient client, URI uri) {
        socket = client.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(uri, ear)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Shakes hands. */
    static EchoSession open(HttpClient client, int port, String path) {
        return new EchoSession(client, URI.create("ws://127.0.0.1:" + port + path));
    }

    /**
     * Something that came.
     *
     * @param kind text, binary, pong or close
     * @param code of a close, else 0
     * @param text of a text or the reason of a close, else empty
     * @param bytes of a binary message or a pong, else empty
     */
    record Event(String kind, int code, String text, byte[] bytes) {}

    void send(String text) {
        done(socket.sendText(text, true));
    }

    void send(byte[] bytes) {
        done(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    void ping(byte[] bytes) {
        done(socket.sendPing(ByteBuffer.wrap(bytes)));
    }

    void sayClose(int code, String reason) {
        done(socket.sendClose(code, reason));
    }

    private static void done(CompletableFuture<WebSocket> sent) {
        sent.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Waits for the next event; fails after half a minute without one. */
    Event next() throws InterruptedException {
        Event event = ear.events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (event == null) {
            throw new IllegalStateException("nothing came for " + PATIENCE);
        }
        return event;
    }

    /** Whether a close was both sent and received. */
    boolean isOver() {
        return socket.isInputClosed() && socket.isOutputClosed();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Ear implements WebSocket.Listener {
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(new Event("text", 0, text.toString(), new byte[0]));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            binary.writeBytes(bytes(data));
            if (last) {
                events.add(new Event("binary", 0, "", binary.toByteArray()));
                binary.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket from, ByteBuffer data) {
            events.add(new Event("pong", 0, "", bytes(data)));
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            events.add(new Event("close", code, reason, new byte[0]));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            events.add(new Event("error", 0, error.toString(), new byte[0]));
        }

        private static byte[] bytes(ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            return bytes;
        }
    }
}
