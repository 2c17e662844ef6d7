package org.fairlead.upstream;

import org.fairlead.balancer.Member;
import org.fairlead.engine.OutgoingRequest;
import org.fairlead.engine.PendingResponse;
import org.fairlead.engine.UpstreamException;

/** HTTP/1.1, plain or under TLS. */
final class HttpClient implements MemberClient {
    static final HttpClient INSTANCE = new HttpClient();

    private HttpClient() {}

    @Override
    public PendingResponse send(Member member, MemberPool pool, OutgoingRequest request, boolean freshConnection)
            throws UpstreamException {
        WriteBuffer outlet = new WriteBuffer(pool.buffers());
        try {
            HeadEncoder.encode(request, member.config().address(), pool.config(), outlet);
            PeerName name = PeerName.of(member.config().address(), request);
            MemberConnection connection = freshConnection ? pool.connect(name) : pool.lease(name, request.client());
            return new Attempt(member, request, pool, connection, outlet).send();
        } finally {
            outlet.release();
        }
    }
}
