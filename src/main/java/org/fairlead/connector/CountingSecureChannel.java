package org.fairlead.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Optional;
import org.apache.tomcat.util.buf.ByteBufferUtils;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.openssl.ciphers.Cipher;
import org.apache.tomcat.util.net.openssl.ciphers.Group;
import org.apache.tomcat.util.net.openssl.ciphers.SignatureScheme;

/** Tomcat's channel of a connection with TLS, as {@link CountingNioChannel}. */
final class CountingSecureChannel extends SecureNioChannel implements CountingNioChannel {
    private final Progress progress = new Progress();
    private final ProxyHandshake proxy = new ProxyHandshake();
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

    CountingSecureChannel(SocketBufferHandler buffer, FairleadNioEndpoint endpoint) {
        super(buffer, endpoint);
        this.endpoint = endpoint;
        this.handshake = Handshake.with("", endpoint.tlsHosts());
    }

    @Override
    public ProxyHandshake proxyHandshake() {
        return proxy;
    }

    @Override
    public boolean isHandshakeComplete() {
        return proxy.isDone() && super.isHandshakeComplete();
    }

    @Override
    public int handshake(boolean readable, boolean writable) throws IOException {
        if (!proxy.isDone()) {
            int next = proxy.read(sc, (ConnectionWrapper) socketWrapper);
            if (next != 0) {
                return next;
            }
            proxy.take(netInBuffer);
        }
        return super.handshake(readable, writable);
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
        Optional<ByteBuffer> message =
                state == ClientHello.State.SEVERAL_RECORDS ? ClientHello.inOneRecord(netInBuffer) : Optional.empty();
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
