package org.fairlead.connector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.net.ssl.SSLEngine;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.openssl.ciphers.Cipher;
import org.apache.tomcat.util.net.openssl.ciphers.Group;
import org.apache.tomcat.util.net.openssl.ciphers.SignatureScheme;
import org.fairlead.model.ProxyProtocolConfig;

/** Tomcat's NIO endpoint that counts accepted connections and watches each while a head comes in. */
final class FairleadNioEndpoint extends NioEndpoint {
    private static final System.Logger LOG = System.getLogger(FairleadNioEndpoint.class.getName());

    private static final long LEAVING_MILLIS = 1000;
    private static final int MAX_DIRECT_BUFFERS = 256;

    private final Runnable accepted;
    private final Duration timeout;
    private final ReadWriteLock exchange = new ReentrantReadWriteLock();
    private volatile TlsHosts tlsHosts;
    private final Optional<ServerSocketChannel> given;
    private volatile boolean closesSocket;
    private volatile Optional<AcceptGate> door = Optional.empty();
    private volatile boolean leaving;
    private final DirectBufferPool small = new DirectBufferPool(SocketBuffers.BUFFER_BYTES, MAX_DIRECT_BUFFERS);
    private final DirectBufferPool bulk = new DirectBufferPool(SocketBuffers.BULK, MAX_DIRECT_BUFFERS);
    private final RequestHeaderBuffers heads;
    private final RequestExecutor threads;
    private volatile ProxyProtocol proxyProtocol = new ProxyProtocol(ProxyProtocolConfig.OFF);
    private volatile Optional<NioPoller> poller = Optional.empty();
    private Optional<LeaderFollowerPool.PollSlot> post = Optional.empty();

    /**
     * @param accepted is told of every connection
     * @param timeout how long a client may read nothing of a response, and send nothing within a head
     * @param tlsHosts none where no TLS is spoken
     * @param longestHead bytes that a head may have
     * @param given a listening socket of another connector or of the supervisor, not to be closed; empty = one is
     *     opened, and closed in the end
     * @param threads serve the requests, and poll for them
     */
    FairleadNioEndpoint(
            Runnable accepted,
            Duration timeout,
            TlsHosts tlsHosts,
            int longestHead,
            Optional<ServerSocketChannel> given,
            RequestExecutor threads) {
        this.accepted = accepted;
        this.timeout = timeout;
        this.tlsHosts = tlsHosts;
        // Tomcat would reuse a closed connection's channel, while a thread may still be leaving the first connection.
        socketProperties.setBufferPool(0);
        this.heads = new RequestHeaderBuffers(longestHead);
        this.given = given;
        this.threads = threads;
        this.closesSocket = given.isEmpty();
        // The host that a request finds judges what may come on a connection, not Tomcat's list of names.
        setStrictSni(false);
    }

    @Override
    protected void initServerSocket() throws Exception {
        if (!isSSLEnabled()) {
            // A plain connection gets its own buffers, see below.
            socketProperties.setAppReadBufSize(0);
            socketProperties.setAppWriteBufSize(0);
        }
        if (given.isPresent()) {
            door = Optional.of(new AcceptGate(given.get()));
            return;
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            socketProperties.setProperties(channel.socket());
            channel.bind(new InetSocketAddress(getAddress(), getPortWithOffset()), getAcceptCount());
            door = Optional.of(new AcceptGate(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The listening socket; null before it is open and after it was closed, as Tomcat requires. */
    @Override
    protected ServerSocketChannel getServerSocket() {
        return door.map(AcceptGate::channel).orElse(null);
    }

    @Override
    protected void doCloseServerSocket() throws IOException {
        Optional<AcceptGate> closed = door;
        door = Optional.empty();
        if (closed.isPresent()) {
            closed.get().close(closesSocket);
        }
    }

    /** The next connection; null when the acceptor is to end: see {@link #destroySocket}. */
    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        Optional<AcceptGate> open = door;
        return open.isPresent() ? open.get().next() : null;
    }

    @Override
    protected void unlockAccept() {
        // Tomcat would connect to itself, and the acceptor would drop the first connection that comes.
        door.ifPresent(AcceptGate::end);
    }

    @Override
    protected void destroySocket(SocketChannel socket) {
        if (socket == null) {
            countDownConnection();
        } else {
            super.destroySocket(socket);
        }
    }

    /** Sets which connections begin with a PROXY header; before the first one is accepted. */
    void proxyProtocol(ProxyProtocolConfig config) {
        proxyProtocol = new ProxyProtocol(config);
    }

    /** Begins to accept connections, which have queued since the start of this endpoint. */
    void open() {
        door.ifPresent(AcceptGate::open);
    }

    /**
     * Sets whether this endpoint closes the socket in the end.
     *
     * @param closes false if another endpoint takes it over
     */
    void closesSocket(boolean closes) {
        closesSocket = closes;
    }

    boolean closesSocket() {
        return closesSocket;
    }

    /** Accepts no more connections, except those that wait already where no other holder of the socket accepts them. */
    void leave() {
        leaving = true;
        if (door.isPresent() && !door.get().leave(closesSocket, LEAVING_MILLIS)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: MaxConnections is reached, connections that wait may be lost",
                    getName());
        }
    }

    /** Whether each connection ends with its running request. */
    boolean isLeaving() {
        return leaving;
    }

    /**
     * Makes the TLS hosts ready that {@link #exchangeHosts} will show.
     *
     * @throws IllegalArgumentException if one of them cannot be used
     */
    void prepareHosts(TlsHosts hosts) {
        hosts.configs().forEach(this::createSSLContext);
    }

    /** Shows these hosts from the next handshake on; open connections keep what they have. */
    void exchangeHosts(TlsHosts hosts) {
        Map<String, SSLHostConfig> byName = new LinkedHashMap<>();
        hosts.configs().forEach(host -> byName.put(host.getHostName(), host));
        exchange.writeLock().lock();
        try {
            tlsHosts = hosts;
            sslHostConfigs.putAll(byName);
            sslHostConfigs.keySet().retainAll(byName.keySet());
        } finally {
            exchange.writeLock().unlock();
        }
    }

    TlsHosts tlsHosts() {
        return tlsHosts;
    }

    /** Lock to be held while a handshake is prepared, so that all of it uses the same hosts. */
    Lock hostsStay() {
        return exchange.readLock();
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffer) {
        return isSSLEnabled()
                ? new CountingSecureChannel(buffer, this)
                : new CountingNioChannel.Plain(new SocketBuffers(small, bulk), heads);
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
        tlsHosts.host(key).configure(engine);
        return engine;
    }

    /** Tomcat's own poller is started too, and has nothing to do. */
    @Override
    public void startInternal() throws Exception {
        if (!running) {
            NioPoller created = new NioPoller(this, socketProperties.getTimeoutInterval());
            poller = Optional.of(created);
            post = Optional.of(threads.attach(created));
        }
        super.startInternal();
    }

    @Override
    public void stopInternal() {
        super.stopInternal();
        post.ifPresent(threads::detach);
        post = Optional.empty();
        poller.ifPresent(NioPoller::close);
    }

    @Override
    protected Poller getPoller() {
        return poller();
    }

    NioPoller poller() {
        return poller.orElseThrow();
    }

    @Override
    public int getKeepAliveCount() {
        return poller.map(NioPoller::getKeyCount).orElse(0);
    }

    /** As Tomcat does it; but there Tomcat's own poller watches connections. */
    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        boolean known = false;
        try {
            NioChannel channel = createChannel(new SocketBufferHandler(
                    socketProperties.getAppReadBufSize(),
                    socketProperties.getAppWriteBufSize(),
                    socketProperties.getDirectBuffer()));
            NioSocketWrapper connection = new ConnectionWrapper(channel, this);
            channel.reset(socket, connection);
            ((CountingNioChannel) channel).proxyHandshake().begin(proxyProtocol.header(socket));
            connections.put(socket, connection);
            known = true;
            socket.configureBlocking(false);
            socketProperties.setProperties(socket.socket());
            connection.setReadTimeout(getConnectionTimeout());
            // Tomcat has one timeout for a first byte and for a client that reads its response slowly.
            connection.setWriteTimeout(timeout.toMillis());
            connection.setKeepAliveLeft(getMaxKeepAliveRequests());
            getPoller().register(connection);
            accepted.run();
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a connection cannot be served", e);
            if (!known) {
                destroySocket(socket);
            }
            return false;
        }
    }

    RequestExecutor threads() {
        return threads;
    }

    ConnectionHandler current() {
        return new ConnectionHandler(connections.values(), timeout);
    }
}
