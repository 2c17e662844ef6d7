package org.fairlead.connector;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's channel of one connection that counts the bytes read and knows whether a request is in progress. It serves
 * no second connection: see {@link FairleadNioEndpoint}.
 */
interface CountingNioChannel {
    Progress progress();

    /** Notes that a thread reads or serves a request on this connection now, or no longer. */
    static void busy(SocketWrapperBase<?> connection, boolean busy) {
        if (connection.getSocket() instanceof CountingNioChannel channel) {
            channel.progress().busy().set(busy);
        }
    }

    /** The reading of its PROXY header. */
    ProxyHandshake proxyHandshake();

    /** Reads for {@link AwaitedClient}, past what it has kept. */
    int readAhead(ByteBuffer target) throws IOException;

    /** How far a connection has come. */
    final class Progress {
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile WeakReference<ApplicationBufferHandler> reader = new WeakReference<>(null);
        private volatile long received;
        private int requests;
        private final AwaitedClient client = new AwaitedClient();

        /**
         * Notes the processor that reads this connection now. By itself Tomcat lets a connection hold the last one it
         * had, with its hundred kilobytes of buffers, also while it idles or is a tunnel. A processor at work is
         * referenced by its callers.
         */
        void reads(ApplicationBufferHandler handler) {
            reader = new WeakReference<>(handler);
        }

        /** The client while its request waits for a member. */
        AwaitedClient client() {
            return client;
        }

        /** The processor that reads this connection; null if there is none, as Tomcat requires. */
        ApplicationBufferHandler reader() {
            return reader.get();
        }

        /** Buffer into which Tomcat reads heads; empty while no processor reads from the connection. */
        Optional<ByteBuffer> head() {
            return Optional.ofNullable(reader()).map(ApplicationBufferHandler::getByteBuffer);
        }

        /** Notes how many bytes a read has brought, and returns that number. */
        int came(int bytes) {
            received += Math.max(0, bytes);
            return bytes;
        }

        /** Bytes that have been read from this connection. */
        long received() {
            return received;
        }

        /** Counts a request that is over; returns how many there were before. */
        int ended() {
            return requests++;
        }

        /** Flag that a thread holds while it reads or serves a request. */
        AtomicBoolean busy() {
            return busy;
        }
    }

    /** A connection without TLS; the processor notifies it at the beginning and end of a request. */
    final class Plain extends NioChannel implements CountingNioChannel {
        private final Progress progress = new Progress();
        private final SocketBuffers buffers;
        private final RequestHeaderBuffers heads;
        private final RequestHeaderBuffers.Source source = this::take;
        private final ProxyHandshake proxy = new ProxyHandshake();
        private Optional<FairleadHttp11Processor> reader = Optional.empty();
        private boolean drained;

        /** Bytes of a head that goes on now, while the processor holds none of it. */
        private Optional<ByteBuffer> kept = Optional.empty();

        Plain(SocketBuffers buffers, RequestHeaderBuffers heads) {
            super(buffers);
            this.buffers = buffers;
            this.heads = heads;
        }

        void begin(FairleadHttp11Processor processor) {
            reader = processor.present();
            drained = false;
            buffers.answering();
        }

        /** As {@link #begin}, for a request whose head was read before. */
        void goOn(FairleadHttp11Processor processor) {
            reader = processor.present();
            buffers.answering();
        }

        /** Whether the last read has taken all there was. */
        boolean isDrained() {
            return drained && !progress.client().isAhead();
        }

        @Override
        public ProxyHandshake proxyHandshake() {
            return proxy;
        }

        @Override
        public boolean isHandshakeComplete() {
            return proxy.isDone();
        }

        @Override
        public int handshake(boolean readable, boolean writable) throws IOException {
            return proxy.isDone() ? 0 : proxy.read(sc, (ConnectionWrapper) socketWrapper);
        }

        /** Buffers from which big responses are sent. */
        DirectBufferPool bulk() {
            return buffers.bulk();
        }

        void end() {
            reader = Optional.empty();
            buffers.answered();
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public void setAppReadBufHandler(ApplicationBufferHandler reader) {
            progress.reads(reader);
            kept = heads.begin(reader, kept);
        }

        @Override
        protected ApplicationBufferHandler getAppReadBufHandler() {
            return progress.reader();
        }

        /**
         * After a response Tomcat reads at once for the next request. The read before has shown that there was none; if
         * one has arrived since then, the poller sees it.
         */
        @Override
        public int read(ByteBuffer target) throws IOException {
            if (isDrained() && reader.isPresent() && reader.get().isKeptAlive()) {
                drained = false;
                return 0;
            }
            ApplicationBufferHandler request = progress.reader();
            return request != null && request.getByteBuffer() == target ? readHead(request, target) : take(target);
        }

        private int readHead(ApplicationBufferHandler request, ByteBuffer target) throws IOException {
            Optional<ByteBuffer> before = kept;
            kept = Optional.empty();
            return heads.read(source, request, before, target);
        }

        @Override
        public int readAhead(ByteBuffer target) throws IOException {
            return progress.came(super.read(target));
        }

        private int take(ByteBuffer target) throws IOException {
            if (proxy.isAhead()) {
                drained = false;
                return progress.came(proxy.take(target));
            }
            int ahead = progress.client().take(target);
            if (ahead > 0) {
                drained = false;
                return ahead;
            }
            int room = target.remaining();
            int n = super.read(target);
            drained = n >= 0 && n < room;
            return progress.came(n);
        }
    }
}
