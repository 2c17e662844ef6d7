package org.fairlead.upstream;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.ModalCloseable;
import org.apache.hc.core5.pool.PoolEntry;

/**
 * One connection to a member, which HttpCore's pool lends and ages: a transport with our writer and our strict parser.
 *
 * <p>It belongs to one thread between {@link MemberPool#lease} and its return; only {@link #close} may come from
 * another.
 */
final class MemberConnection implements ModalCloseable {
    /** The use of a connection; each end of a lease or of idling happens once, whichever thread it comes from. */
    private enum Use {
        LENT,
        IDLE,
        RETURNED
    }

    private final PoolEntry<PeerName, MemberConnection> entry;
    private final Transport wire;
    private final ReadBuffer inlet;
    private final HeadParser parser;
    private final AtomicReference<Use> use = new AtomicReference<>(Use.LENT);
    private long mayIdleMillis = Long.MAX_VALUE;
    private int requests;
    private boolean bound;
    private Optional<String> client = Optional.empty();

    /**
     * @param entry the pool's entry for it, whose route is the name that TLS was agreed on for
     * @param maxLine {@code responsefieldsize}
     */
    MemberConnection(PoolEntry<PeerName, MemberConnection> entry, Transport wire, int maxLine) {
        this.entry = entry;
        this.wire = wire;
        this.inlet = new ReadBuffer(wire);
        this.parser = new HeadParser(inlet, maxLine);
    }

    PoolEntry<PeerName, MemberConnection> entry() {
        return entry;
    }

    /** Ends the lease; returns whether this call did. */
    boolean endsLease() {
        return use.compareAndSet(Use.LENT, Use.RETURNED);
    }

    /** Notes that it idles from now on. */
    void beginsIdling() {
        use.set(Use.IDLE);
    }

    /** Ends idling, as it is lent or closed; returns whether it idled. */
    boolean endsIdling() {
        return use.compareAndSet(Use.IDLE, Use.LENT);
    }

    /** Sends a head, and the bytes behind it in its write buffer. */
    void send(WriteBuffer outlet) throws IOException {
        requests++;
        wire.answerBegins();
        wire.write(outlet.bytes, 0, outlet.end);
    }

    /**
     * Sends the bytes that begin a request of another protocol, whose own code reads the response. Such a response
     * comes in packets that are flushed one by one, so that its pieces say nothing of the next wait.
     */
    void begin(WriteBuffer outlet) throws IOException {
        requests++;
        wire.write(outlet.bytes, 0, outlet.end);
    }

    /** Reads one head, interim ones included. Blocks. */
    ParsedHead receive() throws IOException {
        return parser.read();
    }

    Transport wire() {
        return wire;
    }

    ReadBuffer inlet() {
        return inlet;
    }

    HeadParser parser() {
        return parser;
    }

    /**
     * Binds it from now on to the client's connection whose login it carries.
     *
     * @param to empty = that connection is not known, so this one carries no further request
     */
    void bind(Optional<String> to) {
        if (!bound) {
            bound = true;
            client = to;
        }
    }

    /** Whether it carries a login, so that other clients must not use it. */
    boolean isBound() {
        return bound;
    }

    /** The client's connection that it is bound to; empty where none is, or none is known. */
    Optional<String> client() {
        return client;
    }

    /** Whether it has carried a request before this one. */
    boolean isReused() {
        return requests > 0;
    }

    /** Sets the member's limit for its idle time ({@code Keep-Alive: timeout=}). */
    void mayIdle(long nanos) {
        mayIdleMillis = TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** The member's limit for its idle time; {@link Long#MAX_VALUE} without one. */
    long mayIdleMillis() {
        return mayIdleMillis;
    }

    /**
     * Whether nothing has happened on it since its last response: neither a stray byte, which would become the next
     * user's response, nor the member's close. Costs one read that never waits.
     */
    boolean isQuiet() {
        try {
            return wire.isOpen() && inlet.isEmpty() && inlet.fillNow() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Closes it without waiting: in order, which says so to the member under TLS, or at once. */
    @Override
    public void close(CloseMode mode) {
        if (mode == CloseMode.GRACEFUL) {
            wire.closeNotify();
        }
        wire.close();
    }

    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }
}
