package org.fairlead.upstream;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.StrictConnPool;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.PendingResponse;
import org.fairlead.engine.Upstream;
import org.fairlead.engine.UpstreamException;
import org.fairlead.exchange.ReadinessNotifier;
import org.fairlead.health.Probe;
import org.fairlead.http.Headers;

/**
 * The client towards members: one pool of HttpCore's for each, and the exchange on its connections in the member's
 * protocol. Thread-safe.
 *
 * <p>{@code send} throws {@link IllegalArgumentException}, before anything is sent, for a head that must not be
 * written. That is a method or name that is no token, a target with a space or control character, a value with CR, LF
 * or NUL.
 *
 * <p>Closing it, like retiring one member, closes idle connections at once and busy ones as soon as they are done;
 * nothing is sent after that.
 */
public final class PooledUpstream implements Upstream, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PooledUpstream.class.getName());
    private static final int DEFAULT_BUFFER = 64 * 1024;

    private final ConcurrentHashMap<Member, MemberPool> pools = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, ByteArrayPool> stocks = new ConcurrentHashMap<>();
    private final TlsContexts contexts = new TlsContexts();
    private final ByteArrayPool buffers = new ByteArrayPool(DEFAULT_BUFFER);
    private final TimeoutMonitor watch;
    private final AtomicBoolean toldOfAddresses = new AtomicBoolean();

    /** An upstream whose calling threads block while they wait for members. */
    public PooledUpstream() {
        this(ReadinessNotifier.NONE);
    }

    /** @param readiness signals when a member responds, so that a thread need not wait for it */
    public PooledUpstream(ReadinessNotifier readiness) {
        watch = new TimeoutMonitor(readiness);
    }

    /**
     * Prepares this member's TLS and connections, so that a certificate that cannot be read is found before traffic
     * comes.
     *
     * @throws IllegalArgumentException if its TLS settings cannot be used; the message names the directive
     */
    public void prepare(Member member) {
        pool(member);
    }

    /**
     * Makes a connection without a member, so that its classes are loaded before a request waits for them. A container
     * that does not unpack its applications reads whole libraries for each class. The first request, or the first ones
     * of a new version that comes under load, would wait for seconds of CPU time.
     */
    public void warmUp() {
        StrictConnPool<PeerName, MemberConnection> pool = new StrictConnPool<>(1, 1);
        try (SocketChannel unconnected = SocketChannel.open()) {
            PoolEntry<PeerName, MemberConnection> entry =
                    pool.lease(PeerName.NONE, null).get();
            entry.assignConnection(new MemberConnection(entry, new PlainTransport(unconnected, watch), DEFAULT_BUFFER));
            pool.release(entry, false);
            WriteBuffer outlet = new WriteBuffer(buffers);
            outlet.release();
            int status = new ParsedHead(200, 1, new Headers()).status();
            LOG.log(System.Logger.Level.TRACE, "rehearsed until the answer {0}", status);
        } catch (IOException | ExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "no rehearsal", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public PendingResponse send(Member member, OutgoingRequest request, boolean freshConnection)
            throws UpstreamException {
        MemberClient client = MemberClient.of(member.config().address().protocol());
        return client.send(member, pool(member), request, freshConnection);
    }

    private MemberPool pool(Member member) {
        MemberPool known = pools.get(member);
        return known != null ? known : pools.computeIfAbsent(member, this::create);
    }

    private MemberPool create(Member member) {
        tellIfAddressesAreKept(member);
        int size = member.config().pool().ioBufferSize();
        ByteArrayPool stock = size == 0 ? buffers : stocks.computeIfAbsent(size, ByteArrayPool::new);
        MemberPool pool = new MemberPool(
                new Dialer(member, watch, contexts.of(member.config())),
                member.config().pool(),
                stock,
                watch);
        watch.notice(member.config().pool().timeout());
        watch.notice(member.config().pool().connectTimeout());
        watch.addSweeper(pool);
        return pool;
    }

    /**
     * In a shared container the setting is another application's; logged once, since it is the same for all members.
     */
    private void tellIfAddressesAreKept(Member member) {
        Duration kept = JvmAddressCache.ttl();
        Optional<Duration> asked = member.config().pool().addressTtl();
        if (asked.isPresent() && asked.get().compareTo(kept) < 0 && toldOfAddresses.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: addressttl={1}s does not hold, the JVM keeps addresses for {2} s (expected: -D"
                            + "sun.net.inetaddr.ttl=0, or networkaddress.cache.ttl=0 in its java.security)",
                    member.name(),
                    asked.get().toSeconds(),
                    kept.toSeconds());
        }
    }

    /**
     * The probe that connects to members in the same way (trust, source address, outbound proxy), without the pools.
     */
    public Probe probe() {
        return new HttpProbe(watch, contexts);
    }

    /** Closes the member's idle connections now and its busy ones as they come back. It may be used again after. */
    public void retire(Member member) {
        MemberPool pool = pools.remove(member);
        if (pool != null) {
            watch.removeSweeper(pool);
            pool.retire();
        }
    }

    /** The member's connections at this moment. */
    public PoolCounts counts(Member member) {
        MemberPool pool = pools.get(member);
        return pool == null ? PoolCounts.NONE : pool.counts();
    }

    @Override
    public void close() {
        pools.keySet().forEach(this::retire);
        watch.close();
    }
}
