package org.fairlead.connector;

import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.fairlead.model.ListenerConfig;
import org.fairlead.model.ServerConfig;

/** Factory of Tomcat connectors from listeners in httpd's words. */
public final class Connectors {
    /** httpd's default, where each request takes a platform thread. */
    private static final int PLATFORM_WORKERS = 400;

    /** Requests at once on listeners for operators: pages of some consoles, a scrape and waiting orders. */
    private static final int OPERATOR_WORKERS = 40;

    /** Fields over the limit with which an HTTP/2 request is still read, so that its response is 431. */
    private static final int MAX_REFUSED_FIELDS = 1000;

    /** Of the whole process, as its heap is. */
    private static final PartialHeads PARTIAL_HEADS = PartialHeads.ofHeap();

    private static final System.Logger LOG = System.getLogger(Connectors.class.getName());

    private final ServerConfig server;
    private final Runnable accepted;
    private final RequestExecutor threads;
    /** The threads of listeners for operators alone; made with the first of these. */
    private Optional<RequestExecutor> operators = Optional.empty();

    /** @param accepted is told of every connection that is accepted, on whatever listener */
    public Connectors(ServerConfig server, Runnable accepted) {
        this.server = server;
        this.accepted = accepted;
        this.threads = RequestExecutor.start(workers(server));
        if (PARTIAL_HEADS.room(0) < server.maxConnections()) {
            LOG.log(System.Logger.Level.WARNING, memoryWarning(server, PARTIAL_HEADS));
        }
    }

    /** Warning for the operator where clients that stop within a head cannot be given all connections. */
    static String memoryWarning(ServerConfig server, PartialHeads heads) {
        return "MaxConnections " + server.maxConnections() + ": of " + heads.maxBytes() / 1024
                + " KiB of heap for request heads that have come in part, " + heads.room(0) + " short ones or "
                + heads.room(headSize(server)) + " of the greatest length (" + headSize(server)
                + " bytes) can be waited for at once; beyond that the oldest are closed."
                + " More heap (-Xmx) or a smaller MaxConnections avoids that";
    }

    RequestExecutor threads() {
        return threads;
    }

    /** A listener for operators has threads of its own, so that it serves while members hold all others. */
    private synchronized RequestExecutor threads(ListenerConfig listener) {
        if (!listener.operators()) {
            return threads;
        }
        if (operators.isEmpty()) {
            operators = Optional.of(RequestExecutor.start(OPERATOR_WORKERS));
        }
        return operators.get();
    }

    /** How many requests may be under way at once. */
    static int workers(ServerConfig server) {
        if (server.maxRequestWorkers() > 0) {
            return server.maxRequestWorkers();
        }
        return RequestExecutor.areVirtual() ? server.maxConnections() : PLATFORM_WORKERS;
    }

    /** The server's settings that belong to connectors, in any form that can be compared. */
    static List<Object> settings(ServerConfig server) {
        return List.of(
                server.timeout(),
                server.headTimeout(),
                server.keepAlive(),
                server.keepAliveTimeout(),
                server.maxKeepAliveRequests(),
                server.maxRequestWorkers(),
                server.maxConnections(),
                server.limitRequestLine(),
                server.limitRequestFieldSize(),
                server.limitRequestFields(),
                server.traceEnabled(),
                server.http2());
    }

    /**
     * Returns a connector that is not started.
     *
     * @param socket one that listens there already; empty = the connector opens one
     */
    public Connector open(ListenerConfig listener, Optional<ServerSocketChannel> socket) {
        TlsHosts hosts = new TlsHosts(listener.certificates());
        RequestExecutor workers = threads(listener);
        FairleadNioEndpoint endpoint =
                new FairleadNioEndpoint(accepted, server.timeout(), hosts, headSize(server), socket, workers);
        endpoint.proxyProtocol(listener.proxyProtocol());
        FairleadHttp11Protocol protocol = new FairleadHttp11Protocol(endpoint, server.headTimeout(), PARTIAL_HEADS);
        LeanConnector connector = new LeanConnector(protocol);
        protocol.refusals(connector::refusals);
        protocol.setPort(listener.port());
        if (!listener.address().isEmpty()) {
            connector.setProperty("address", listener.address());
        }
        connector.setAllowTrace(server.traceEnabled());
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        // Tomcat's reading of a path chooses the only context there is; a backslash there does no harm.
        connector.setAllowBackslash(true);
        connector.setURIEncoding("ISO-8859-1");
        connector.setXpoweredBy(false);
        // Otherwise a listener that stops would go on accepting until the last response is out.
        connector.setProperty("bindOnInit", "false");
        protocol.setConnectionTimeout((int) firstByteTimeout(server).toMillis());
        protocol.setDisableUploadTimeout(false);
        protocol.setConnectionUploadTimeout((int) server.timeout().toMillis());
        protocol.setKeepAliveTimeout((int) server.keepAliveTimeout().toMillis());
        protocol.setMaxKeepAliveRequests(maxKeepAliveRequests(server));
        protocol.setExecutor(workers);
        // To make a request processor costs more than to serve one request.
        protocol.setProcessorCache(Math.max(protocol.getProcessorCache(), RequestExecutor.usuallyAtOnce()));
        protocol.setMaxConnections(server.maxConnections());
        protocol.setAcceptCount(server.listenBacklog());
        protocol.setMaxHttpRequestHeaderSize(headSize(server));
        protocol.setMaxHeaderCount(server.limitRequestFields() == 0 ? -1 : server.limitRequestFields());
        protocol.setUseSendfile(false);
        // A client waiting with Expect: 100-continue sends its body when a member is there to take it.
        protocol.setContinueResponseTiming("onRead");
        if (listener.speaksHttp2()) {
            connector.addUpgradeProtocol(http2(server));
        }
        if (listener.isSecure()) {
            secure(connector, protocol, hosts);
        }
        return connector;
    }

    /** A new connection has as long for its first byte as for a head, like in httpd. */
    private static Duration firstByteTimeout(ServerConfig server) {
        Duration head = server.headTimeout().start();
        return server.headTimeout().isLimited() && head.compareTo(server.timeout()) < 0 ? head : server.timeout();
    }

    /** Tomcat's own bounds on floods of frames (its overhead counts) stay as they are. */
    private static Http2Protocol http2(ServerConfig server) {
        Http2Protocol protocol = new FairleadHttp2Protocol();
        int timeout = (int) server.timeout().toMillis();
        long streamTimeout =
                server.http2().streamTimeout().map(Duration::toMillis).orElse((long) timeout);
        protocol.setStreamReadTimeout(streamTimeout);
        protocol.setStreamWriteTimeout(streamTimeout);
        protocol.setWriteTimeout(timeout);
        protocol.setKeepAliveTimeout(server.keepAliveTimeout().toMillis());
        protocol.setMaxConcurrentStreams(server.http2().maxSessionStreams());
        // How many of them run is for the queue of the connection.
        protocol.setMaxConcurrentStreamExecution(server.http2().maxSessionStreams());
        protocol.setInitialWindowSize(server.http2().windowSize());
        protocol.setMaxHeaderCount(
                server.limitRequestFields() == 0 ? -1 : server.limitRequestFields() + MAX_REFUSED_FIELDS);
        protocol.setUseSendfile(false);
        return protocol;
    }

    /** {@code KeepAlive Off} is one request a connection; httpd's 0 means no limit, for which Tomcat has −1. */
    private static int maxKeepAliveRequests(ServerConfig server) {
        if (!server.keepAlive()) {
            return 1;
        }
        return server.maxKeepAliveRequests() == 0 ? -1 : server.maxKeepAliveRequests();
    }

    /** httpd limits each line, Tomcat the whole head: room for a longest target and three longest fields. */
    static int headSize(ServerConfig server) {
        return server.limitRequestLine() + 3 * server.limitRequestFieldSize();
    }

    private static void secure(Connector connector, FairleadHttp11Protocol protocol, TlsHosts hosts) {
        connector.setScheme("https");
        connector.setSecure(true);
        protocol.setSSLEnabled(true);
        hosts.configs().forEach(connector::addSslHostConfig);
    }
}
