package org.fairlead.connector;

import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Connector;
import org.fairlead.model.CertificateConfig;
import org.fairlead.model.ListenerConfig;
import org.fairlead.runtime.ListenerControl;

/** Bound {@code Listen} directive, and the connector behind it. */
final class Listener {
    private static final System.Logger LOG = System.getLogger(Listener.class.getName());

    /** Wildcard address, of IPv6 too, in a URL that a client on this machine can use. */
    private static final String ALL_ADDRESSES = "0.0.0.0";

    private final ListenerConfig config;
    private final Service service;
    private final Connector connector;
    private final FairleadNioEndpoint endpoint;

    private Listener(ListenerConfig config, Service service, Connector connector) {
        this.config = config;
        this.service = service;
        this.connector = connector;
        this.endpoint = ((FairleadHttp11Protocol) connector.getProtocolHandler()).endpoint();
    }

    /** The listener cannot be opened; the message names it and the reason. */
    static final class PortException extends Exception {
        PortException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Binds the listener; clients queue until {@link #open}.
     *
     * @param socket one that is bound already; empty = a new one
     */
    static Listener bind(
            ListenerConfig config, Service service, Connectors connectors, Optional<ServerSocketChannel> socket)
            throws PortException {
        Listener listener;
        try {
            listener = new Listener(config, service, connectors.open(config, socket));
        } catch (IllegalArgumentException e) {
            throw unusable(config, e);
        }
        Connector connector = listener.connector;
        try {
            // By itself Tomcat logs a failure and continues without the connector.
            connector.setThrowOnFailure(true);
            connector.setService(service);
            connector.init();
            service.addConnector(connector);
        } catch (LifecycleException | IllegalArgumentException e) {
            listener.end();
            throw unusable(config, e);
        }
        return listener;
    }

    private static PortException unusable(ListenerConfig config, Exception e) {
        return new PortException("cannot listen on " + place(config, config.port()) + ": " + rootMessage(e), e);
    }

    private static String place(ListenerConfig listener, int port) {
        String address = listener.address().isEmpty() ? ALL_ADDRESSES : listener.address();
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return (listener.isSecure() ? "https://" : "http://") + host + ":" + port;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    ListenerConfig config() {
        return config;
    }

    /** URL of the listener, with the port really bound. */
    String url() {
        return place(config, connector.getLocalPort());
    }

    ServerSocketChannel socket() {
        return endpoint.getServerSocket();
    }

    /** The same listener, for a configuration that has it on another line, or shows other certificates. */
    Listener as(ListenerConfig next) {
        return new Listener(next, service, connector);
    }

    /**
     * Makes other TLS hosts ready to be shown.
     *
     * @throws PortException if one of the certificates cannot be used; the message names the listener
     */
    TlsHosts prepareHosts(List<CertificateConfig> certificates) throws PortException {
        try {
            TlsHosts hosts = new TlsHosts(certificates);
            endpoint.prepareHosts(hosts);
            return hosts;
        } catch (IllegalArgumentException e) {
            throw new PortException("cannot show other certificates on " + url() + ": " + rootMessage(e), e);
        }
    }

    void exchangeHosts(TlsHosts hosts) {
        endpoint.exchangeHosts(hosts);
    }

    void open() {
        endpoint.open();
    }

    /** Takes over the socket of a draining listener: its new connections come here. */
    void openInsteadOf(Listener leaving) {
        endpoint.closesSocket(leaving.endpoint.closesSocket());
        leaving.endpoint.closesSocket(false);
        open();
    }

    /** Accepts no more connections; each open one ends with its running request. */
    void leave() {
        endpoint.leave();
        connector.getProtocolHandler().closeServerSocketGraceful();
    }

    void closeIdle(Duration silence) {
        endpoint.current().closeIdle(silence);
    }

    /** Snapshot of the listener and its connections. */
    ListenerControl.OpenListener seen() {
        return new ListenerControl.OpenListener(
                url(), connector.getLocalPort(), endpoint.current().all().size());
    }

    boolean hasConnections() {
        return endpoint.current().areThere();
    }

    /** Cuts the connections that are still open, and stops the connector. */
    void end() {
        service.removeConnector(connector);
        try {
            connector.destroy();
        } catch (LifecycleException e) {
            LOG.log(System.Logger.Level.WARNING, "a listener did not end in order", e);
        }
    }
}
