package org.fairlead.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.util.buf.ByteBufferUtils;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.openssl.ciphers.Cipher;
import org.apache.tomcat.util.net.openssl.ciphers.Group;
import org.apache.tomcat.util.net.openssl.ciphers.SignatureScheme;

/**
 * Tomcat's channel of one connection that counts the bytes read and knows whether a request is in progress. It serves
 * no second connection: see {@link FairleadNioEndpoint}.
 */
interface CountingNioChannel {
    Progress progress();

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

    /** A connection with TLS. */
    final class Secure extends SecureNioChannel implements CountingNioChannel {
        private final Progress progress = new Progress();
        private final FairleadNioEndpoint endpoint;
        private Handshake handshake;
        private volatile Optional<TlsEndpoint> tls = Optional.empty();

        /** Result of SNI: the requested name, its TLS host, and the verifier of the client's certificate. */
        private record Handshake(String name, TlsHost host, ClientTrust trust) {
            static Handshake with(String name, TlsHosts hosts) {
                TlsHost host = hosts.host(hosts.key(name));
                return new Handshake(name, host, host.trust());
            }
        }

        Secure(SocketBufferHandler buffer, FairleadNioEndpoint endpoint) {
            super(buffer, endpoint);
            this.endpoint = endpoint;
            this.handshake = Handshake.with("", endpoint.tlsHosts());
        }

        /** Shows Tomcat the whole ClientHello in one record, however many records the client has spread it over. */
        @Override
        protected int processSNI() throws IOException {
            if (sc.read(netInBuffer) < 0) {
                return -1;
            }
            ClientHello.State state = ClientHello.state(netInBuffer);
            while (state == ClientHello.State.INCOMPLETE && !netInBuffer.hasRemaining() && mayGrow()) {
                netInBuffer = ByteBufferUtils.expand(netInBuffer, 2 * netInBuffer.capacity());
                if (sc.read(netInBuffer) < 0) {
                    return -1;
                }
                state = ClientHello.state(netInBuffer);
            }
            if (state == ClientHello.State.INCOMPLETE && netInBuffer.hasRemaining()) {
                return SelectionKey.OP_READ;
            }
            Optional<ByteBuffer> message = state == ClientHello.State.SEVERAL_RECORDS
                    ? ClientHello.inOneRecord(netInBuffer)
                    : Optional.empty();
            if (message.isEmpty()) {
                return super.processSNI();
            }
            ByteBuffer received = netInBuffer;
            netInBuffer = message.get();
            int next = super.processSNI();
            // Tomcat has made it as long as the engine requires.
            netInBuffer = ByteBufferUtils.expand(received, Math.max(received.capacity(), netInBuffer.capacity()));
            return next;
        }

        private boolean mayGrow() {
            return 2 * netInBuffer.capacity() <= endpoint.getSniParseLimit();
        }

        @Override
        protected void createSSLEngine(
                String name,
                List<Cipher> ciphers,
                List<String> applicationProtocols,
                List<String> protocols,
                List<Group> groups,
                List<SignatureScheme> signatures) {
            String sent = name == null ? "" : name;
            endpoint.hostsStay().lock();
            try {
                TlsHosts hosts = endpoint.tlsHosts();
                handshake = Handshake.with(sent, hosts);
                tls = Optional.empty();
                super.createSSLEngine(hosts.key(sent), ciphers, applicationProtocols, protocols, groups, signatures);
            } finally {
                endpoint.hostsStay().unlock();
            }
        }

        @Override
        public SSLSupport getSSLSupport() {
            if (tls.isEmpty() && isHandshakeComplete()) {
                try {
                    tls = Optional.of(
                            new TlsEndpoint(handshake.host, handshake.trust, handshake.name, super.getSSLSupport()));
                } catch (IOException e) {
                    throw new UncheckedIOException("a TLS session that says nothing of itself", e);
                }
            }
            return tls.<SSLSupport>map(known -> known).orElseGet(super::getSSLSupport);
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public void setAppReadBufHandler(ApplicationBufferHandler reader) {
            progress.reads(reader);
        }

        @Override
        protected ApplicationBufferHandler getAppReadBufHandler() {
            return progress.reader();
        }

        @Override
        public int readAhead(ByteBuffer target) throws IOException {
            return progress.came(super.read(target));
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int ahead = progress.client().take(target);
            return ahead > 0 ? ahead : readAhead(target);
        }
    }
}
