package org.fairlead.boot;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;

/** Tomcat's channel of a connection, which knows what has come and whether a request is on its way. */
interface WatchedChannel {
    /** Bytes that have been read from this connection. */
    long received();

    /** Counts a request that is over; returns how many there were before. */
    int ended();

    /** What Tomcat reads heads into; empty while nothing reads from the connection. */
    Optional<ByteBuffer> head();

    /** What a thread holds while it reads or serves a request. */
    AtomicBoolean busy();

    /**
     * The reader of requests that a connection has now. By itself Tomcat lets a connection hold the last one it had, with
     * its hundred kilobytes of buffers, also while it idles or is a tunnel. Whoever reads is held by those who let it.
     */
    final class LentHandler {
        private volatile WeakReference<ApplicationBufferHandler> lent = new WeakReference<>(null);

        void lend(ApplicationBufferHandler handler) {
            lent = new WeakReference<>(handler);
        }

        Optional<ByteBuffer> buffer() {
            return Optional.ofNullable(now()).map(ApplicationBufferHandler::getByteBuffer);
        }

        /** Null if there is none, as Tomcat wants it. */
        ApplicationBufferHandler now() {
            return lent.get();
        }
    }

    /** A connection without TLS; the reader of requests tells it when it begins and ends. */
    final class Plain extends NioChannel implements WatchedChannel {
        private final LentHandler handler = new LentHandler();
        private final AtomicBoolean busy = new AtomicBoolean();
        private final FrontBuffers buffers;
        private volatile long received;
        private int requests;
        private Optional<FrontProcessor> reader = Optional.empty();
        private boolean drained;

        Plain(FrontBuffers buffers) {
            super(buffers);
            this.buffers = buffers;
        }

        void begin(FrontProcessor processor) {
            reader = Optional.of(processor);
            drained = false;
            buffers.answering();
        }

        void end() {
            reader = Optional.empty();
            buffers.answered();
        }

        @Override
        public void reset(SocketChannel socket, NioEndpoint.NioSocketWrapper connection) throws IOException {
            super.reset(socket, connection);
            received = 0;
            requests = 0;
        }

        @Override
        public void setAppReadBufHandler(ApplicationBufferHandler reader) {
            handler.lend(reader);
        }

        @Override
        protected ApplicationBufferHandler getAppReadBufHandler() {
            return handler.now();
        }

        /**
         * After an answer Tomcat looks at once for the next request. The read before has told that there was none; if one
         * has come since then, the poller sees it.
         */
        @Override
        public int read(ByteBuffer target) throws IOException {
            if (drained && reader.isPresent() && reader.get().isKeptAlive()) {
                drained = false;
                return 0;
            }
            int room = target.remaining();
            int n = super.read(target);
            drained = n >= 0 && n < room;
            received += Math.max(0, n);
            return n;
        }

        @Override
        public long received() {
            return received;
        }

        @Override
        public int ended() {
            return requests++;
        }

        @Override
        public Optional<ByteBuffer> head() {
            return handler.buffer();
        }

        @Override
        public AtomicBoolean busy() {
            return busy;
        }
    }

    /** With TLS. */
    final class Secure extends SecureNioChannel implements WatchedChannel {
        private final LentHandler handler = new LentHandler();
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile long received;
        private int requests;

        Secure(SocketBufferHandler buffer, NioEndpoint endpoint) {
            super(buffer, endpoint);
        }

        @Override
        public void reset(SocketChannel socket, NioEndpoint.NioSocketWrapper connection) throws IOException {
            super.reset(socket, connection);
            received = 0;
            requests = 0;
        }

        @Override
        public void setAppReadBufHandler(ApplicationBufferHandler reader) {
            handler.lend(reader);
        }

        @Override
        protected ApplicationBufferHandler getAppReadBufHandler() {
            return handler.now();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int n = super.read(target);
            received += Math.max(0, n);
            return n;
        }

        @Override
        public long received() {
            return received;
        }

        @Override
        public int ended() {
            return requests++;
        }

        @Override
        public Optional<ByteBuffer> head() {
            return handler.buffer();
        }

        @Override
        public AtomicBoolean busy() {
            return busy;
        }
    }
}
