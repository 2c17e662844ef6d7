package org.fairlead.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;
import org.fairlead.model.MemberAddress;
import org.fairlead.model.PoolConfig;
import org.fairlead.model.PoolConfig.RemoteProxy;

/**
 * The connector to one member: over TCP to each of its addresses in turn, over a Unix-domain socket, through an
 * outbound proxy, and with TLS on top where the member is {@code https}. Thread-safe.
 */
final class Dialer {
    private static final Duration NO_TIMEOUT = Duration.ofDays(365);

    private final Member member;
    private final MemberAddress address;
    private final PoolConfig config;
    private final TimeoutMonitor watch;
    private final Optional<MemberTls> tls;
    private volatile Resolved resolved = new Resolved(new InetAddress[0], 0);

    private record Resolved(InetAddress[] addresses, long atNanos) {}

    /** @param tls present if and only if the member's address is secure */
    Dialer(Member member, TimeoutMonitor watch, Optional<MemberTls> tls) {
        this.member = member;
        this.address = member.config().address();
        this.config = member.config().pool();
        this.watch = watch;
        this.tls = tls;
    }

    /**
     * Connects, with a TLS handshake for this name if the member is secure. Blocks no longer than the connection
     * timeout for each address and the timeout for each silence of a handshake.
     *
     * @throws UpstreamException {@code CONNECT} or {@code TLS}; nothing of a request was sent
     */
    Transport dial(PeerName name) throws UpstreamException {
        return dial(name, config.connectTimeout(), NO_TIMEOUT, config.timeout());
    }

    /** As {@link #dial(PeerName)} for a probe: all addresses and each silence of a handshake have one limit. */
    Transport dial(Duration limit) throws UpstreamException {
        return dial(PeerName.of(address), limit, limit, limit);
    }

    private Transport dial(PeerName name, Duration each, Duration all, Duration silence) throws UpstreamException {
        PlainTransport plain = connect(each, all);
        plain.limit(silence);
        boolean done = false;
        try {
            if (tls.isPresent() && config.remote().isPresent()) {
                ConnectRequest.send(plain, address.host(), address.port(), config.responseFieldSize());
            }
            Transport wire = tls.isPresent() ? TlsTransport.handshake(plain, tls.get(), name, address.port()) : plain;
            done = true;
            return wire;
        } catch (UpstreamException e) {
            throw e;
        } catch (javax.net.ssl.SSLException e) {
            throw failure(Kind.TLS, TlsFailure.describe(e), e);
        } catch (IOException e) {
            throw failure(tls.isPresent() ? Kind.TLS : Kind.CONNECT, "handshake failed: " + e.getMessage(), e);
        } finally {
            if (!done) {
                plain.close();
            }
        }
    }

    private PlainTransport connect(Duration each, Duration all) throws UpstreamException {
        try {
            Optional<Path> unix = address.unixSocket();
            return new PlainTransport(unix.isPresent() ? connectUnix(unix.get(), each) : connectTcp(each, all), watch);
        } catch (IOException e) {
            throw failure(Kind.CONNECT, reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof java.net.UnknownHostException) {
            return "no address for host '" + e.getMessage() + "'";
        }
        String text = e.getMessage();
        return text == null ? "not connected (" + e.getClass().getSimpleName() + ")" : text;
    }

    private UpstreamException failure(Kind kind, String message, IOException cause) {
        return new UpstreamException(kind, member.name() + ": " + message, false, false, cause);
    }

    private SocketChannel connectTcp(Duration each, Duration all) throws IOException {
        long start = System.nanoTime();
        IOException last = new IOException("no address");
        int port = config.remote().map(RemoteProxy::port).orElse(address.port());
        for (InetAddress candidate : addresses()) {
            Duration left = all.minusNanos(System.nanoTime() - start);
            if (left.isNegative()) {
                break;
            }
            try {
                return connectTcp(new InetSocketAddress(candidate, port), left.compareTo(each) < 0 ? left : each);
            } catch (IOException e) {
                e.addSuppressed(last);
                last = e;
            }
        }
        throw last;
    }

    private SocketChannel connectTcp(SocketAddress target, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, config.keepAlive());
            if (config.receiveBufferSize() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, config.receiveBufferSize());
            }
            if (config.sourceAddress().isPresent()) {
                channel.bind(new InetSocketAddress(
                        InetAddress.getByName(config.sourceAddress().get()), 0));
            }
            channel.socket().connect(target, Math.max(1, (int) Math.min(Integer.MAX_VALUE, limit.toMillis())));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** A Unix-domain connect waits only while the listener's queue is full, and then without limit of its own. */
    private SocketChannel connectUnix(Path path, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        long deadline = System.nanoTime() + limit.toNanos();
        TimeoutMonitor.Monitored guard = now -> {
            if (now - deadline > 0) {
                closeQuietly(channel);
            }
        };
        watch.add(guard);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            watch.remove(guard);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(Dialer.class.getName()).log(System.Logger.Level.DEBUG, "closing an overdue connect", e);
        }
    }

    /** The addresses now: the member's own one, or what its name (or its outbound proxy's) resolves to. */
    private InetAddress[] addresses() throws IOException {
        if (config.remote().isEmpty() && member.address().isPresent()) {
            return new InetAddress[] {member.address().get()};
        }
        String host = config.remote().map(RemoteProxy::host).orElse(address.host());
        Optional<Duration> ttl = config.addressTtl().or(JvmAddressCache::replacedRule);
        if (ttl.isEmpty()) {
            return InetAddress.getAllByName(host);
        }
        Resolved known = resolved;
        long now = System.nanoTime();
        if (known.addresses().length > 0 && now - known.atNanos() < ttl.get().toNanos()) {
            return known.addresses();
        }
        InetAddress[] found = InetAddress.getAllByName(host);
        resolved = new Resolved(found, now);
        return found;
    }
}
