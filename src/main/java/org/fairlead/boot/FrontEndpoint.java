package org.fairlead.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.net.openssl.ciphers.Cipher;
import org.apache.tomcat.util.net.openssl.ciphers.Group;
import org.apache.tomcat.util.net.openssl.ciphers.SignatureScheme;
import org.fairlead.model.ReadTimeout;

/** Tomcat's connections, counted as they are accepted and watched while a head comes in. */
final class FrontEndpoint extends NioEndpoint {
    private final Runnable accepted;
    private final Duration writeTimeout;
    private final TlsHosts tlsHosts;
    private final BulkBuffers bulk = new BulkBuffers();

    /**
     * @param accepted is told of every connection
     * @param writeTimeout how long a client may take nothing of an answer
     * @param tlsHosts none where no TLS is spoken
     */
    FrontEndpoint(Runnable accepted, Duration writeTimeout, TlsHosts tlsHosts) {
        this.accepted = accepted;
        this.writeTimeout = writeTimeout;
        this.tlsHosts = tlsHosts;
        // What may come on a connection is judged by the host that a request finds, not by Tomcat's list of names.
        setStrictSni(false);
    }

    /** Knows how many bytes have been read from it. */
    private interface Counted {
        long received();
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffer) {
        return isSSLEnabled() ? new SecureChannel(buffer, this) : new PlainChannel(new FrontBuffers(buffer, bulk));
    }

    /** @param key of the host, as {@link TlsHosts} has it */
    @Override
    protected SSLEngine createSSLEngine(
            String key,
            List<Cipher> ciphers,
            List<String> applicationProtocols,
            List<String> protocols,
            List<Group> groups,
            List<SignatureScheme> signatures) {
        SSLEngine engine = super.createSSLEngine(key, ciphers, applicationProtocols, protocols, groups, signatures);
        switch (tlsHosts.host(key).config().clients().verify()) {
            case NONE -> {}
            case REQUIRE -> engine.setNeedClientAuth(true);
            case OPTIONAL, OPTIONAL_NO_CA -> engine.setWantClientAuth(true);
        }
        return engine;
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        boolean taken = super.setSocketOptions(socket);
        if (taken) {
            SocketWrapperBase<NioChannel> connection = connections.get(socket);
            if (connection != null) {
                // Tomcat has one time for a first byte and for a client that takes its answer slowly.
                connection.setWriteTimeout(writeTimeout.toMillis());
            }
            accepted.run();
        }
        return taken;
    }

    void cutSlowHeads(ReadTimeout limit, long now) {
        for (SocketWrapperBase<NioChannel> connection : connections.values()) {
            if (connection.getCurrentProcessor() instanceof FrontProcessor processor
                    && connection.getSocket() instanceof Counted counted
                    && processor.isHeadOverdue(limit, counted.received(), now)) {
                connection.close();
            }
        }
    }

    void closeIdle() {
        for (SocketWrapperBase<NioChannel> connection : connections.values()) {
            if (isIdle(connection)) {
                connection.close();
            }
        }
    }

    /** Tomcat takes the processor away while it works, and has none for a connection that has not said a word. */
    private static boolean isIdle(SocketWrapperBase<NioChannel> connection) {
        if (connection.getCurrentProcessor() instanceof FrontProcessor processor) {
            return processor.isIdle();
        }
        return connection.getCurrentProcessor() == null
                && connection.getSocket() instanceof Counted counted
                && counted.received() == 0;
    }

    /**
     * The reader of requests that a connection has now. By itself Tomcat lets a connection hold the last one it had, with
     * its hundred kilobytes of buffers, also while it idles or is a tunnel. Whoever reads is held by those who let it.
     */
    private static final class LentHandler {
        private volatile WeakReference<ApplicationBufferHandler> lent = new WeakReference<>(null);

        void lend(ApplicationBufferHandler handler) {
            lent = new WeakReference<>(handler);
        }

        /** Null if there is none, as Tomcat wants it. */
        ApplicationBufferHandler now() {
            return lent.get();
        }
    }

    /** A connection without TLS; the reader of requests tells it when it begins and ends. */
    static final class PlainChannel extends NioChannel implements Counted {
        private final LentHandler handler = new LentHandler();
        private final FrontBuffers buffers;
        private volatile long received;
        private Optional<FrontProcessor> reader = Optional.empty();
        private boolean drained;

        PlainChannel(FrontBuffers buffers) {
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
    }

    private static final class SecureChannel extends SecureNioChannel implements Counted {
        private final LentHandler handler = new LentHandler();
        private final TlsHosts hosts;
        private volatile long received;
        private Handshake handshake;
        private volatile Optional<FrontTls> tls = Optional.empty();

        /** Whom the client has asked for, and who will judge it. */
        private record Handshake(String name, TlsHost host, ClientTrust trust) {}

        SecureChannel(SocketBufferHandler buffer, FrontEndpoint endpoint) {
            super(buffer, endpoint);
            this.hosts = endpoint.tlsHosts;
            this.handshake = new Handshake(
                    "", hosts.host(hosts.key("")), hosts.host(hosts.key("")).trust());
        }

        /** A channel serves one connection after the other, so this is where a new one begins. */
        @Override
        protected void createSSLEngine(
                String name,
                List<Cipher> ciphers,
                List<String> applicationProtocols,
                List<String> protocols,
                List<Group> groups,
                List<SignatureScheme> signatures) {
            String sent = name == null ? "" : name;
            String key = hosts.key(sent);
            handshake = new Handshake(sent, hosts.host(key), hosts.host(key).trust());
            tls = Optional.empty();
            super.createSSLEngine(key, ciphers, applicationProtocols, protocols, groups, signatures);
        }

        @Override
        public SSLSupport getSSLSupport() {
            if (tls.isEmpty() && isHandshakeComplete()) {
                try {
                    tls = Optional.of(
                            new FrontTls(handshake.host, handshake.trust, handshake.name, super.getSSLSupport()));
                } catch (IOException e) {
                    throw new UncheckedIOException("a TLS session that says nothing of itself", e);
                }
            }
            return tls.<SSLSupport>map(known -> known).orElseGet(super::getSSLSupport);
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
    }
}
