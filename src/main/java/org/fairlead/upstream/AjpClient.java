package org.fairlead.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.PendingResponse;
import org.fairlead.engine.UpstreamException;
import org.fairlead.engine.UpstreamException.Kind;

/** AJP 1.3, as mod_proxy_ajp speaks it to the AJP connector of a servlet container. */
final class AjpClient implements MemberClient {
    static final AjpClient INSTANCE = new AjpClient();

    private AjpClient() {}

    @Override
    public PendingResponse send(Member member, MemberPool pool, OutgoingRequest request, boolean freshConnection)
            throws UpstreamException {
        WriteBuffer outlet = new WriteBuffer(pool.buffers());
        try {
            AjpRequestEncoder.encode(request, pool.config(), outlet);
            MemberConnection connection = answering(member, pool, request, freshConnection);
            return new AjpAttempt(member, request, pool, connection, outlet).send();
        } finally {
            outlet.release();
        }
    }

    /**
     * Leases a connection and, with {@code ping=}, lets it answer CPING first. One that does not may have gone stale,
     * so that a new one is asked too, as in mod_proxy_ajp.
     */
    private static MemberConnection answering(
            Member member, MemberPool pool, OutgoingRequest request, boolean freshConnection) throws UpstreamException {
        MemberConnection leased =
                freshConnection ? pool.connect(PeerName.NONE) : pool.lease(PeerName.NONE, request.client());
        Duration ping = pool.config().ping();
        if (ping.isZero() || pinged(leased, ping, pool).isEmpty()) {
            return leased;
        }
        MemberConnection fresh = pool.connect(PeerName.NONE);
        Optional<IOException> failure = pinged(fresh, ping, pool);
        if (failure.isPresent()) {
            String text = member.name() + ": " + failure.get().getMessage();
            throw new UpstreamException(Kind.PING, text, false, false, failure.get());
        }
        return fresh;
    }

    /** Returns why the connection did not answer, and aborts it then. */
    private static Optional<IOException> pinged(MemberConnection connection, Duration limit, MemberPool pool) {
        try {
            AjpPing.exchange(connection.wire(), connection.inlet(), limit);
            return Optional.empty();
        } catch (IOException e) {
            pool.abort(connection);
            return Optional.of(e);
        }
    }
}
